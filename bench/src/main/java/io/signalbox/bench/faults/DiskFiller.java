package io.signalbox.bench.faults;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Takes all the room that a disk has left. */
final class DiskFiller {
    private static final int LARGE = 1 << 20;
    private static final int SMALL = 512;

    private DiskFiller() {}

    /** Writes to that file until there is no room for more. */
    static void fill(Path file) throws IOException {
        try (OutputStream out = Files.newOutputStream(file)) {
            fill(out, LARGE);
        }
        try (OutputStream out =
                Files.newOutputStream(file, java.nio.file.StandardOpenOption.APPEND)) {
            fill(out, SMALL);
        }
    }

    private static void fill(OutputStream out, int pieceBytes) {
        byte[] piece = new byte[pieceBytes];
        try {
            while (true) {
                out.write(piece);
            }
        } catch (IOException e) {
            // There is no room left.
        }
    }
}
