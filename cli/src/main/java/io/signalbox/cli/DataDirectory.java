package io.signalbox.cli;

import io.signalbox.process.DirectoryLock;
import io.signalbox.process.FreePort;
import io.signalbox.process.StartFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The directory in which {@code signalbox up} keeps everything, held by one process at a time.
 *
 * <p>{@code format} names its layout's version; {@code kafka}, {@code schema-registry} and {@code
 * applier} belong to those parts; {@code ports} keeps the loopback ports across restarts; {@code
 * endpoints} is a settings file for the other commands ({@code --config DIR/endpoints}).
 */
final class DataDirectory implements AutoCloseable {

    /** The layout that this version writes and reads. */
    static final int FORMAT = 1;

    private final Path directory;
    private final DirectoryLock lock;

    private DataDirectory(Path directory, DirectoryLock lock) {
        this.directory = directory;
        this.lock = lock;
    }

    /** Where {@code up} keeps its data unless told otherwise. */
    static Path byDefault() {
        String home = System.getProperty("user.home", "/");
        return Files.isWritable(Path.of("/var/lib"))
                ? Path.of("/var/lib/signalbox")
                : Path.of(home, ".local", "share", "signalbox");
    }

    /**
     * Makes it if needed and holds it.
     *
     * @throws StartFailure when it cannot be written, is held by another process, or has a newer
     *     format
     */
    static DataDirectory open(Path directory) {
        DirectoryLock lock = DirectoryLock.hold(directory, "data directory");
        try {
            checkFormat(directory.resolve("format"));
            return new DataDirectory(directory, lock);
        } catch (IOException e) {
            throw new StartFailure(
                    "data directory " + directory + " cannot be used: " + e.getMessage());
        }
    }

    Path path(String name) {
        return directory.resolve(name);
    }

    /**
     * The loopback port for a purpose: that of the last time if it is free, else the wanted one,
     * else any free one; never that of another purpose.
     *
     * @param wanted 0 for any free one
     */
    int port(String purpose, int wanted) {
        Properties ports = read(path("ports"));
        int last = Integer.parseInt(ports.getProperty(purpose, "0"));
        ports.remove(purpose);
        int port =
                IntStream.concat(
                                IntStream.of(last, wanted),
                                IntStream.generate(FreePort::onLoopback))
                        .filter(
                                candidate ->
                                        candidate != 0
                                                && !ports.containsValue(
                                                        Integer.toString(candidate)))
                        .filter(FreePort::isFree)
                        .findFirst()
                        .orElseThrow();
        ports.setProperty(purpose, Integer.toString(port));
        Map<String, String> lines = new LinkedHashMap<>();
        ports.stringPropertyNames().stream()
                .sorted()
                .forEach(name -> lines.put(name, ports.getProperty(name)));
        write("ports", lines);
        return port;
    }

    /** Replaces a small file of {@code key=value} lines in one step. */
    void write(String name, Map<String, String> values) {
        String text =
                values.entrySet().stream()
                        .map(e -> e.getKey() + "=" + e.getValue() + "\n")
                        .collect(Collectors.joining());
        try {
            Path staged = path(name + ".new");
            Files.writeString(staged, text);
            Files.move(
                    staged,
                    path(name),
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new StartFailure("cannot write " + path(name) + ": " + e.getMessage());
        }
    }

    @Override
    public void close() throws IOException {
        lock.close();
    }

    private static void checkFormat(Path file) throws IOException {
        if (!Files.exists(file)) {
            Files.writeString(file, FORMAT + "\n");
            return;
        }
        String text = Files.readString(file).strip();
        if (!text.matches("\\d{1,6}")) {
            throw new StartFailure(file + " must hold the format's number, not '" + text + "'");
        }
        if (Integer.parseInt(text) > FORMAT) {
            throw new StartFailure(
                    "data directory format "
                            + text
                            + " ("
                            + file
                            + ") is newer than "
                            + FORMAT
                            + ", the newest that this version of signalbox can read");
        }
    }

    private static Properties read(Path file) {
        Properties properties = new Properties();
        if (Files.exists(file)) {
            try (var in = Files.newBufferedReader(file)) {
                properties.load(in);
            } catch (IOException e) {
                throw new StartFailure("cannot read " + file + ": " + e.getMessage());
            }
        }
        return properties;
    }
}
