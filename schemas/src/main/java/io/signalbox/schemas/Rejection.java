package io.signalbox.schemas;

import org.jspecify.annotations.Nullable;

/**
 * Why something a container said is not followed: the thing, the rule and the value.
 *
 * @param code stable name of the rule, such as {@code unknown-key}
 * @param key the label or variable
 * @param value what it said, cut to a printable length
 * @param message one sentence for people
 * @param suggestion a likely spelling; null when there is none
 */
public record Rejection(
        String code, String key, String value, String message, @Nullable String suggestion) {}
