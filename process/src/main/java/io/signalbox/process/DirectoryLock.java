package io.signalbox.process;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * That a directory is worked in by one process at a time: a lock on its file {@code lock}, which
 * goes with the process however that ends. Thread-safe.
 */
public final class DirectoryLock implements AutoCloseable {
    /**
     * What this process holds, by real paths: to open such a file again and close it would end the
     * lock on it.
     */
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    private final Path held;
    private final FileChannel channel;

    private DirectoryLock(Path held, FileChannel channel) {
        this.held = held;
        this.channel = channel;
    }

    /**
     * Makes the directory if it is missing, and holds it until this is closed.
     *
     * @param what what the directory is, for the message, such as {@code data directory}
     * @throws StartFailure if somebody holds it, another part of this process included, or if it
     *     cannot be written
     */
    public static DirectoryLock hold(Path directory, String what) {
        try {
            Path real = Files.createDirectories(directory).toRealPath();
            if (!HELD.add(real)) {
                throw inUse(directory, what);
            }
            boolean locked = false;
            try {
                FileChannel channel = open(real);
                locked = channel.tryLock() != null;
                if (!locked) {
                    channel.close();
                    throw inUse(directory, what);
                }
                return new DirectoryLock(real, channel);
            } finally {
                if (!locked) {
                    HELD.remove(real);
                }
            }
        } catch (AccessDeniedException e) {
            throw new StartFailure(
                    what + " " + directory + " cannot be written: permission denied", e);
        } catch (IOException e) {
            throw new StartFailure(
                    what + " " + directory + " cannot be used: " + e.getMessage(), e);
        }
    }

    private static FileChannel open(Path directory) throws IOException {
        return FileChannel.open(
                directory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    }

    private static StartFailure inUse(Path directory, String what) {
        return new StartFailure(what + " " + directory + " is in use by another signalbox");
    }

    @Override
    public void close() throws IOException {
        if (channel.isOpen()) {
            channel.close();
            HELD.remove(held);
        }
    }
}
