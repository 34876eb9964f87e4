package io.signalbox.applier;

import io.signalbox.haproxy.HaproxyVersion;
import io.signalbox.process.StartFailure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * HAProxy's binary.
 *
 * @param version what it says of itself
 */
record Binary(Path path, HaproxyVersion version) {
    private static final int PATIENCE_SECONDS = 10;

    /**
     * Asks the binary at that path.
     *
     * @throws StartFailure if there is none, or one that is too old
     */
    static Binary at(Path path) {
        try {
            Process process =
                    new ProcessBuilder(path.toString(), "-v").redirectErrorStream(true).start();
            process.getOutputStream().close();
            String answer =
                    new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
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
