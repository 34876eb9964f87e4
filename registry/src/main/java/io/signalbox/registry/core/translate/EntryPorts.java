package io.signalbox.registry.core.translate;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The ports at which requests come in. A proxy that listens by number is one with entry points by
 * name here: 80 is the plain scheme, 443 the one through TLS, and any other port the entry point
 * {@code port-<number>} of the group, without which the route is not served and a note says so.
 */
public final class EntryPorts {
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,5}");

    private EntryPorts() {}

    /** The condition of a route, by its key behind the route's name; empty for no port. */
    public static Optional<NativeWord> of(Said from, String port) {
        if (!NUMBER.matcher(port).matches()) {
            return Optional.empty();
        }
        int number = Integer.parseInt(port);
        if (number < 1 || number > 65_535) {
            return Optional.empty();
        }
        return Optional.of(
                switch (number) {
                    case 80 -> new NativeWord("scheme", "http", from);
                    case 443 -> new NativeWord("scheme", "https", from);
                    default -> new NativeWord("entrypoint", "port-" + number, from);
                });
    }
}
