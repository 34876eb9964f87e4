package io.signalbox.process;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * That a directory is worked in by one process at a time: a lock on its file {@code lock}, which
 * goes with the process however that ends. Thread-safe.
 */
public final class DirectoryLock implements AutoCloseable {
    private final FileChannel channel;

    private DirectoryLock(FileChannel channel) {
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
            Files.createDirectories(directory);
            FileChannel channel =
                    FileChannel.open(
                            directory.resolve("lock"),
                            StandardOpenOption.CREATE,
                            StandardOpenOption.WRITE);
            if (tryLock(channel) == null) {
                channel.close();
                throw new StartFailure(what + " " + directory + " is in use by another signalbox");
            }
            return new DirectoryLock(channel);
        } catch (AccessDeniedException e) {
            throw new StartFailure(
                    what + " " + directory + " cannot be written: permission denied", e);
        } catch (IOException e) {
            throw new StartFailure(
                    what + " " + directory + " cannot be used: " + e.getMessage(), e);
        }
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
