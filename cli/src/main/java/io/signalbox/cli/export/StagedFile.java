package io.signalbox.cli.export;

import io.signalbox.cli.export.core.FileFacts;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A file that is written beside the one whose place it shall take, and the mark that stays beside
 * it until its reader was told. One thread.
 */
final class StagedFile {
    private static final int STANDARD_MODE = 0644;
    private static final String BUSY = "resource busy";

    private final TemplateResource resource;
    private final Path destination;
    private final Path staged;
    private final Path mark;

    private StagedFile(TemplateResource resource, Path destination) {
        this.resource = resource;
        this.destination = destination;
        this.staged = beside(".staged");
        this.mark = beside(".reload-due");
    }

    /** The place beside a resource's file; where that is a link, beside what it leads to. */
    static StagedFile of(TemplateResource resource) throws IOException {
        Path destination = resource.destination().toAbsolutePath().normalize();
        return new StagedFile(
                resource,
                Files.isSymbolicLink(destination) ? destination.toRealPath() : destination);
    }

    private Path beside(String suffix) {
        return destination.resolveSibling("." + destination.getFileName() + suffix);
    }

    Path path() {
        return staged;
    }

    /** What lies at the destination; null for nothing. */
    @Nullable FileFacts standing() throws IOException {
        return facts(destination);
    }

    /** Writes the text beside the destination, with the owner and mode that it shall have. */
    FileFacts write(String text, @Nullable FileFacts standing) throws IOException {
        remove();
        try (FileChannel out =
                FileChannel.open(
                        staged,
                        Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                        PosixFilePermissions.asFileAttribute(
                                PosixFilePermissions.fromString("rw-------")))) {
            writeAll(out, text);
        } catch (NoSuchFileException e) {
            throw new FileNotFoundException(
                    "the folder " + destination.getParent() + " is missing");
        }
        own(standing);
        int mode = resource.mode().orElse(standing == null ? STANDARD_MODE : standing.mode());
        Files.setAttribute(staged, "unix:mode", mode);
        return Objects.requireNonNull(facts(staged), "the staged file was removed");
    }

    private static void writeAll(FileChannel out, String text) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
            out.write(bytes);
        }
        out.force(true);
    }

    private void own(@Nullable FileFacts standing) throws IOException {
        var names = staged.getFileSystem().getUserPrincipalLookupService();
        FileFacts written = Objects.requireNonNull(facts(staged));
        if (resource.owner() != null) {
            Files.setAttribute(
                    staged, "posix:owner", names.lookupPrincipalByName(resource.owner()));
        } else if (standing != null && standing.uid() != written.uid()) {
            Files.setAttribute(staged, "unix:uid", standing.uid());
        }
        if (resource.group() != null) {
            Files.setAttribute(
                    staged, "posix:group", names.lookupPrincipalByGroupName(resource.group()));
        } else if (standing != null && standing.gid() != written.gid()) {
            Files.setAttribute(staged, "unix:gid", standing.gid());
        }
    }

    /** Removes it, if it is there. */
    void remove() throws IOException {
        Files.deleteIfExists(staged);
    }

    /**
     * Puts it in the destination's place in one step; where something is mounted there, its content
     * is written over instead.
     */
    void swap() throws IOException {
        try {
            Files.move(
                    staged,
                    destination,
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } catch (FileSystemException e) {
            if (!isMounted(e)) {
                throw e;
            }
            writeOver();
        }
        syncFolder();
    }

    private boolean isMounted(FileSystemException e) throws IOException {
        String reason = String.valueOf(e.getReason()).toLowerCase(Locale.ROOT);
        if (reason.contains(BUSY)) {
            return true;
        }
        String entry = " " + destination + " ";
        return Files.readAllLines(Path.of("/proc/self/mountinfo")).stream()
                .anyMatch(line -> line.contains(entry));
    }

    private void writeOver() throws IOException {
        FileFacts wanted = Objects.requireNonNull(facts(staged), "the staged file was removed");
        try (FileChannel out =
                FileChannel.open(
                        destination,
                        StandardOpenOption.WRITE,
                        StandardOpenOption.TRUNCATE_EXISTING)) {
            writeAll(out, Files.readString(staged));
        }
        FileFacts now = Objects.requireNonNull(facts(destination));
        if (now.uid() != wanted.uid() || now.gid() != wanted.gid()) {
            Files.setAttribute(destination, "unix:uid", wanted.uid());
            Files.setAttribute(destination, "unix:gid", wanted.gid());
        }
        if (now.mode() != wanted.mode()) {
            Files.setAttribute(destination, "unix:mode", wanted.mode());
        }
        remove();
    }

    private void syncFolder() throws IOException {
        Path folder = destination.getParent();
        if (folder != null) {
            try (FileChannel opened = FileChannel.open(folder, StandardOpenOption.READ)) {
                opened.force(true);
            }
        }
    }

    /** From here on a reload is due, whatever becomes of this process. */
    void markReloadDue() throws IOException {
        Files.writeString(
                mark,
                "signalbox export: the reload command has not succeeded since this file changed\n");
        syncFolder();
    }

    /** Whether a reload is due. */
    boolean isReloadDue() {
        return Files.exists(mark, LinkOption.NOFOLLOW_LINKS);
    }

    /** The reload succeeded. */
    void reloaded() throws IOException {
        Files.deleteIfExists(mark);
    }

    private static @Nullable FileFacts facts(Path file) throws IOException {
        try {
            int permissions = 07777;
            return new FileFacts(
                    Files.readString(file, StandardCharsets.ISO_8859_1),
                    number(file, "unix:mode") & permissions,
                    number(file, "unix:uid"),
                    number(file, "unix:gid"));
        } catch (NoSuchFileException e) {
            return null;
        }
    }

    private static int number(Path file, String attribute) throws IOException {
        return (int) Files.getAttribute(file, attribute);
    }
}
