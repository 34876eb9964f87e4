package io.signalbox.applier;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** The few things done to files that must survive a power failure, each a step of its own. */
interface Disk {
    /** Who may read a new file; no stranger may, since there are hashes of passwords in some. */
    enum Readers {
        /** Its owner alone. */
        OWNER("rw-------"),
        /** Its owner, and whoever is in the owner's group. */
        GROUP("rw-r-----");

        private final String permissions;

        Readers(String permissions) {
            this.permissions = permissions;
        }

        private FileAttribute<?> attribute() {
            return PosixFilePermissions.asFileAttribute(
                    PosixFilePermissions.fromString(permissions));
        }
    }

    /** Writes a new file and brings it to the disk. */
    void write(Path file, byte[] content) throws IOException;

    /** Brings the names in a directory to the disk. */
    void sync(Path directory) throws IOException;

    /** Makes a symbolic link point there, at one go. */
    void link(Path link, Path target) throws IOException;

    /** The real one, which makes files for these readers. */
    static Disk real(Readers readers) {
        return new Disk() {
            @Override
            public void write(Path file, byte[] content) throws IOException {
                try (FileChannel channel =
                        FileChannel.open(
                                file,
                                Set.of(
                                        StandardOpenOption.CREATE,
                                        StandardOpenOption.TRUNCATE_EXISTING,
                                        StandardOpenOption.WRITE),
                                readers.attribute())) {
                    ByteBuffer bytes = ByteBuffer.wrap(content);
                    while (bytes.hasRemaining()) {
                        channel.write(bytes);
                    }
                    channel.force(true);
                }
            }

            @Override
            public void sync(Path directory) throws IOException {
                try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
                    channel.force(true);
                }
            }

            @Override
            public void link(Path link, Path target) throws IOException {
                Path fresh = link.resolveSibling(link.getFileName() + ".new");
                Files.deleteIfExists(fresh);
                Files.createSymbolicLink(fresh, target);
                Files.move(fresh, link, StandardCopyOption.ATOMIC_MOVE);
            }
        };
    }
}
