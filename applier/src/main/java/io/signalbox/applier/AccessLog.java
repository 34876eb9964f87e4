package io.signalbox.applier;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * The file that an owned HAProxy writes its requests to. HAProxy holds it open itself, so it goes
 * on writing when the applier is gone; the file is therefore rotated by copying it and cutting it
 * to nothing. Lines written between the two are lost. One thread.
 */
public final class AccessLog {
    private final Path file;
    private final long mostBytes;

    /** The log at that path, rotated when it has more bytes than that. */
    public AccessLog(Path file, long mostBytes) {
        this.file = file;
        this.mostBytes = mostBytes;
    }

    /** Where it is; the one generation kept has {@code .1} appended. */
    public Path file() {
        return file;
    }

    /** Rotates it if it has become too long; true if it did. */
    public boolean rotate() throws IOException {
        if (!Files.exists(file) || Files.size(file) <= mostBytes) {
            return false;
        }
        Path kept = file.resolveSibling(file.getFileName() + ".1");
        Files.copy(file, kept, StandardCopyOption.REPLACE_EXISTING);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate(0);
        }
        return true;
    }
}
