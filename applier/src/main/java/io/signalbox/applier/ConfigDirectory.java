package io.signalbox.applier;

import io.signalbox.applier.core.disk.LastKnownGood;
import io.signalbox.applier.core.disk.Saved;
import io.signalbox.applier.core.disk.SavedText;
import io.signalbox.applier.core.plan.Version;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The configurations on disk: each in a directory of its own, {@code cfg/<epoch>-<generation>.<n>},
 * with its maps and, last written, the file {@code saved} that shows it is whole; the symbolic link
 * {@code current} names the one that HAProxy is started with. One thread at a time.
 */
public final class ConfigDirectory {
    /** HAProxy's configuration in each directory. */
    public static final String CONFIG = "haproxy.cfg";

    private static final String SAVED = "saved";

    private final Path root;
    private final Path configs;
    private final Disk disk;
    private long number;

    ConfigDirectory(Path root, Disk disk) throws IOException {
        this.root = root;
        this.configs = Files.createDirectories(root.resolve("cfg"));
        this.disk = disk;
        this.number = directories().stream().mapToLong(ConfigDirectory::numberOf).max().orElse(0);
    }

    /**
     * The configurations below that directory, which is made if it is missing.
     *
     * @param readers whoever HAProxy reads them as must be one
     */
    static ConfigDirectory open(Path root, Disk.Readers readers) throws IOException {
        return new ConfigDirectory(root, Disk.real(readers));
    }

    /** The configuration that HAProxy is started with, whichever that is by then. */
    public Path currentConfig() {
        return root.resolve("current").resolve(CONFIG);
    }

    /** A new directory for a configuration of that version; nothing refers to it yet. */
    public Path create(Version version) throws IOException {
        number++;
        return Files.createDirectories(configs.resolve(version + "." + number));
    }

    /** Fills a new directory: when this returns, it is whole and survives a power failure. */
    public void fill(Path directory, Map<String, String> files, Saved saved) throws IOException {
        for (Map.Entry<String, String> file : files.entrySet()) {
            disk.write(
                    directory.resolve(file.getKey()),
                    file.getValue().getBytes(StandardCharsets.UTF_8));
        }
        disk.write(directory.resolve(SAVED), SavedText.encode(saved));
        disk.sync(directory);
        disk.sync(configs);
    }

    /** Makes it the one that HAProxy is started with. */
    public void turn(Path directory) throws IOException {
        disk.link(root.resolve("current"), root.relativize(directory));
        disk.sync(root);
    }

    /** The directory that the link names; empty if there is none. */
    public Optional<Path> current() throws IOException {
        Path link = root.resolve("current");
        if (!Files.isSymbolicLink(link)) {
            return Optional.empty();
        }
        return Optional.of(root.resolve(Files.readSymbolicLink(link)).normalize());
    }

    /** What lies in a directory; empty if it is not whole. */
    public Optional<Saved> read(Path directory) {
        try {
            return SavedText.decode(Files.readAllBytes(directory.resolve(SAVED)));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** The current configuration, or if that is torn the newest one that is whole. */
    public Optional<Path> lastKnownGood() throws IOException {
        List<Path> newestFirst =
                directories().stream()
                        .sorted(Comparator.comparingLong(ConfigDirectory::numberOf).reversed())
                        .toList();
        return LastKnownGood.choose(current(), newestFirst, path -> read(path).isPresent());
    }

    /** Deletes all but these and the current one. */
    public void clean(Set<Path> keep) throws IOException {
        Optional<Path> current = current();
        for (Path directory : directories()) {
            if (!keep.contains(directory) && !current.equals(Optional.of(directory))) {
                delete(directory);
            }
        }
    }

    /** Deletes one configuration; one that is gone already is no failure. */
    public static void delete(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            return;
        }
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(directory);
    }

    private List<Path> directories() throws IOException {
        try (Stream<Path> found = Files.list(configs)) {
            return found.filter(Files::isDirectory).toList();
        }
    }

    private static long numberOf(Path directory) {
        String name = directory.getFileName().toString();
        String digits = name.substring(name.lastIndexOf('.') + 1);
        return digits.matches("[0-9]{1,18}") ? Long.parseLong(digits) : 0;
    }
}
