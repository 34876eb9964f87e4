package io.signalbox.registry.core.doors;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a door answers.
 *
 * @param body in UTF-8
 * @param headers further ones
 */
public record Reply(
        int status, String contentType, String body, SortedMap<String, String> headers) {

    public Reply {
        headers = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(headers));
    }

    /** A text as it stands. */
    public static Reply text(int status, String body) {
        return new Reply(status, "text/plain; charset=utf-8", body, new TreeMap<>());
    }

    /** Figures in Prometheus's form. */
    public static Reply figures(String body) {
        return new Reply(200, "text/plain; version=0.0.4; charset=utf-8", body, new TreeMap<>());
    }

    /** A JSON text. */
    public static Reply json(int status, String body) {
        return new Reply(status, "application/json", body, new TreeMap<>());
    }

    /** The same with a header more. */
    public Reply with(String name, String value) {
        TreeMap<String, String> more = new TreeMap<>(headers);
        more.putAll(Map.of(name, value));
        return new Reply(status, contentType, body, more);
    }
}
