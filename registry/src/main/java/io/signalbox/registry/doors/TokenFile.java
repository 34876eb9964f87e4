package io.signalbox.registry.doors;

import io.signalbox.process.Setting;
import io.signalbox.process.StartFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A file that holds a token: its only line. It is read again when it is asked for and a second has
 * passed, so that a new token counts without a restart; while it cannot be read, none does. Used by
 * the event loop.
 */
final class TokenFile implements Supplier<@Nullable String> {
    private static final Logger log = LoggerFactory.getLogger(TokenFile.class);
    private static final long KEPT_NANOS = 1_000_000_000L;
    private static final int LEAST = 16;
    private static final int MOST = 4_096;

    private final Path file;
    private @Nullable String token;
    private long readAtNanos;

    private TokenFile(Path file, @Nullable String token) {
        this.file = file;
        this.token = token;
        this.readAtNanos = System.nanoTime();
    }

    /**
     * Opens it; one that everybody may read is used, but said in the log.
     *
     * @throws StartFailure if it cannot be read or holds no token
     */
    static TokenFile open(Setting<?> setting, Path file) {
        try {
            String token =
                    read(file)
                            .orElseThrow(
                                    () ->
                                            new StartFailure(
                                                    "%s must be a file with a token of %d to %d printable characters: %s"
                                                            .formatted(
                                                                    setting.key(),
                                                                    LEAST,
                                                                    MOST,
                                                                    file)));
            if (othersMayRead(file)) {
                log.atWarn()
                        .addKeyValue("setting", setting.key())
                        .addKeyValue("file", file)
                        .log("token can be read by others than its owner: chmod 600");
            }
            return new TokenFile(file, token);
        } catch (IOException e) {
            throw new StartFailure(
                    "%s must be a file that can be read: %s (%s)"
                            .formatted(setting.key(), file, e.getClass().getSimpleName()),
                    e);
        }
    }

    @Override
    public @Nullable String get() {
        if (System.nanoTime() - readAtNanos > KEPT_NANOS) {
            readAtNanos = System.nanoTime();
            try {
                token = read(file).orElse(null);
            } catch (IOException e) {
                token = null;
            }
        }
        return token;
    }

    private static Optional<String> read(Path file) throws IOException {
        if (Files.size(file) > MOST + 1) {
            return Optional.empty();
        }
        String text = new String(Files.readAllBytes(file), java.nio.charset.StandardCharsets.UTF_8);
        String token = text.strip();
        boolean good = token.length() >= LEAST && token.chars().allMatch(c -> c > 0x20 && c < 0x7f);
        return good ? Optional.of(token) : Optional.empty();
    }

    private static boolean othersMayRead(Path file) throws IOException {
        if (!Files.getFileStore(file).supportsFileAttributeView("posix")) {
            return false;
        }
        Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
        return permissions.contains(PosixFilePermission.GROUP_READ)
                || permissions.contains(PosixFilePermission.OTHERS_READ);
    }
}
