package io.signalbox.applier;

import java.nio.file.Path;
import java.util.stream.Stream;

/** The HAProxy versions that tests run on. */
final class Binaries {
    private Binaries() {}

    static Stream<Path> all() {
        return Stream.of(named("SIGNALBOX_TEST_HAPROXY_26"), named("SIGNALBOX_TEST_HAPROXY_30"));
    }

    private static Path named(String variable) {
        String path = System.getenv(variable);
        if (path == null || path.isEmpty()) {
            throw new IllegalStateException(variable + " must name an HAProxy binary");
        }
        return Path.of(path);
    }
}
