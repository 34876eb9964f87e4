package io.signalbox.applier.certificates;

import io.signalbox.haproxy.CertificateFiles;
import io.signalbox.haproxy.CertificateName;
import io.signalbox.haproxy.ConfigPath;
import io.signalbox.haproxy.IllegalValue;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The certificates as HAProxy reads them when it starts: each file replaced at one go, readable by
 * nobody else, and the list written last. One thread at a time.
 */
final class DeployedCertificates {
    private static final String FRESH = ".new";

    private final CertificateFiles files;

    DeployedCertificates(CertificateFiles files) {
        this.files = files;
    }

    CertificateFiles files() {
        return files;
    }

    /** Whether HAProxy was ever given any. */
    boolean any() {
        return Files.exists(path(files.list()));
    }

    /** All that are chosen by the names in them. */
    SortedMap<CertificateName, Certificate> named() {
        SortedMap<CertificateName, Certificate> all = new TreeMap<>();
        for (CertificateName name : names(CertificateFiles.NAMED)) {
            named(name).ifPresent(certificate -> all.put(name, certificate));
        }
        return all;
    }

    /** The names of all who sign certificates of clients. */
    List<CertificateName> authorities() {
        return names(CertificateFiles.CLIENT_CA);
    }

    private List<CertificateName> names(String directory) {
        try (Stream<Path> listed = Files.list(path(files.directory()).resolve(directory))) {
            return listed.map(file -> file.getFileName().toString())
                    .filter(name -> !name.startsWith("."))
                    .map(CertificateName::new)
                    .toList();
        } catch (IOException | IllegalValue e) {
            return List.of();
        }
    }

    /** The last good certificate of that name; empty if there is none. */
    Optional<Certificate> named(CertificateName name) {
        return certificate(files.named(name));
    }

    /** The last good standard one; empty if there is none. */
    Optional<Certificate> standard() {
        return certificate(files.standard());
    }

    private static Optional<Certificate> certificate(ConfigPath file) {
        try {
            return Optional.of(
                    CertificateReader.any(
                            Files.readString(path(file), StandardCharsets.ISO_8859_1)));
        } catch (IOException | Refused e) {
            return Optional.empty();
        }
    }

    /** The last good signers of that name; empty if there are none. */
    Optional<String> authorities(CertificateName name) {
        try {
            return Optional.of(
                    CertificateReader.authorities(
                            Files.readString(
                                    path(files.clientCa(name)), StandardCharsets.ISO_8859_1)));
        } catch (IOException | Refused e) {
            return Optional.empty();
        }
    }

    /** Writes all of it; files that are no longer needed go last. */
    void write(Served served) throws IOException {
        Path root = path(files.directory());
        directory(root);
        directory(root.resolve(CertificateFiles.NAMED));
        directory(root.resolve(CertificateFiles.CLIENT_CA));
        Set<Path> needed = new HashSet<>();
        StringBuilder list = new StringBuilder();
        for (var entry : served.byFile(files).entrySet()) {
            put(path(entry.getKey()), entry.getValue().pem());
            needed.add(path(entry.getKey()));
            list.append(entry.getKey()).append('\n');
        }
        for (var entry : served.authorities().entrySet()) {
            Path file = path(files.clientCa(entry.getKey()));
            put(file, entry.getValue());
            needed.add(file);
        }
        put(path(files.list()), list.toString());
        clean(root.resolve(CertificateFiles.NAMED), needed);
        clean(root.resolve(CertificateFiles.CLIENT_CA), needed);
    }

    /** A file of that content for HAProxy to look at, and nobody else. */
    Path candidate(String name, String content) throws IOException {
        Path file = path(files.directory()).resolve(name);
        directory(path(files.directory()));
        directory(file.resolveSibling(""));
        put(file, content);
        return file;
    }

    private static void directory(Path directory) throws IOException {
        Files.createDirectories(directory);
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
    }

    private static void put(Path file, String content) throws IOException {
        byte[] bytes = content.getBytes(StandardCharsets.US_ASCII);
        if (Files.exists(file) && java.util.Arrays.equals(Files.readAllBytes(file), bytes)) {
            return;
        }
        writeSecretly(file, bytes);
    }

    /** Writes a file at one go that only its owner can read, not even while it is written. */
    static void writeSecretly(Path file, byte[] bytes) throws IOException {
        Path fresh = file.resolveSibling("." + file.getFileName() + FRESH);
        Files.deleteIfExists(fresh);
        Files.createFile(
                fresh,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try (FileChannel channel = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
            ByteBuffer content = ByteBuffer.wrap(bytes);
            while (content.hasRemaining()) {
                channel.write(content);
            }
            channel.force(true);
        }
        Files.move(
                fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static void clean(Path directory, Set<Path> needed) throws IOException {
        List<Path> found;
        try (Stream<Path> listed = Files.list(directory)) {
            found = listed.toList();
        }
        for (Path file : found) {
            if (!needed.contains(file)) {
                Files.delete(file);
            }
        }
    }

    private static Path path(ConfigPath file) {
        return Path.of(file.value());
    }
}
