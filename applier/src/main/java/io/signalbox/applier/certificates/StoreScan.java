package io.signalbox.applier.certificates;

import io.signalbox.haproxy.CertificateName;
import io.signalbox.haproxy.IllegalValue;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What lies in a store, without having read it: for each name its files and what tells whether they
 * changed.
 *
 * @param certificates {@code <name>.pem}, or {@code <name>.crt} and {@code <name>.key}
 * @param authorities {@code client-ca/<name>.pem}
 * @param strange files whose names cannot be names of certificates
 */
record StoreScan(
        SortedMap<CertificateName, Found> certificates,
        SortedMap<CertificateName, Found> authorities,
        List<String> strange) {

    static final String CLIENT_CA = "client-ca";
    private static final long LONGEST_FILE = 256L * 1024;

    /** Nothing. */
    static StoreScan empty() {
        return new StoreScan(new TreeMap<>(), new TreeMap<>(), List.of());
    }

    /**
     * The files of one name.
     *
     * @param stamp differs when one of them was changed or replaced
     */
    record Found(List<Path> files, String stamp) {
        Found {
            files = List.copyOf(files);
        }

        /** All that is in them. */
        String read() throws IOException, Refused {
            StringBuilder text = new StringBuilder();
            for (Path file : files) {
                if (Files.size(file) > LONGEST_FILE) {
                    throw new Refused("it is longer than 256 KB");
                }
                text.append(Files.readString(file, StandardCharsets.ISO_8859_1)).append('\n');
            }
            return text.toString();
        }

        private Found with(Found other) {
            List<Path> all = new ArrayList<>(files);
            all.addAll(other.files);
            return new Found(all.stream().sorted().toList(), stamp + ' ' + other.stamp);
        }
    }

    /**
     * Looks into a store; one that does not exist is empty.
     *
     * @throws IOException if it cannot be looked into: then nothing is known of it
     */
    static StoreScan of(Path store) throws IOException {
        StoreScan scan = empty();
        List<String> strange = new ArrayList<>();
        look(store, List.of(".pem", ".crt", ".key"), scan.certificates, strange);
        look(store.resolve(CLIENT_CA), List.of(".pem"), scan.authorities, strange);
        return new StoreScan(scan.certificates, scan.authorities, List.copyOf(strange));
    }

    private static void look(
            Path directory,
            List<String> endings,
            SortedMap<CertificateName, Found> found,
            List<String> strange)
            throws IOException {
        if (!Files.exists(directory)) {
            return;
        }
        List<Path> files;
        try (Stream<Path> listed = Files.list(directory)) {
            files = listed.sorted().toList();
        }
        for (Path file : files) {
            String name = file.getFileName().toString();
            if (!name.startsWith(".") && endings.stream().anyMatch(name::endsWith)) {
                add(
                        file,
                        name.substring(0, name.length() - endings.getFirst().length()),
                        found,
                        strange);
            }
        }
    }

    private static void add(
            Path file, String name, SortedMap<CertificateName, Found> found, List<String> strange)
            throws IOException {
        try {
            BasicFileAttributes about = Files.readAttributes(file, BasicFileAttributes.class);
            if (about.isRegularFile()) {
                String stamp =
                        file.getFileName()
                                + ":"
                                + about.size()
                                + ":"
                                + about.lastModifiedTime()
                                + ":"
                                + about.fileKey();
                found.merge(
                        new CertificateName(name), new Found(List.of(file), stamp), Found::with);
            }
        } catch (IllegalValue e) {
            strange.add(file.getFileName().toString());
        } catch (java.nio.file.NoSuchFileException e) {
            // It went while it was looked at, or is a link to nothing: it is not there.
        }
    }
}
