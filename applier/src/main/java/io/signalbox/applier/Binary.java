package io.signalbox.applier;

import io.signalbox.haproxy.HaproxyVersion;
import io.signalbox.process.StartFailure;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * HAProxy's binary.
 *
 * @param version what it says of itself
 */
record Binary(Path path, HaproxyVersion version) {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /**
     * Asks the binary at that path.
     *
     * @throws StartFailure if there is none, or one that is too old
     */
    static Binary at(Path path) {
        try {
            String answer = Command.run(List.of(path.toString(), "-v"), PATIENCE).output();
            HaproxyVersion version =
                    HaproxyVersion.find(answer)
                            .orElseThrow(
                                    () ->
                                            new StartFailure(
                                                    ApplierSettings.HAPROXY.key()
                                                            + " must be HAProxy's binary: "
                                                            + path));
            if (version.compareTo(HaproxyVersion.OLDEST) < 0) {
                throw new StartFailure(
                        "HAProxy must be at least %s: %s is %s"
                                .formatted(HaproxyVersion.OLDEST, path, version));
            }
            return new Binary(path, version);
        } catch (IOException e) {
            throw new StartFailure(
                    "no HAProxy binary at "
                            + path
                            + " ("
                            + ApplierSettings.HAPROXY.key()
                            + "): install HAProxy 2.6 or newer",
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StartFailure("interrupted while asking HAProxy for its version", e);
        }
    }
}
