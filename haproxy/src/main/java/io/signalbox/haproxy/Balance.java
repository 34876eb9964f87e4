package io.signalbox.haproxy;

import java.util.Arrays;
import java.util.Locale;

/** How requests are spread; only those that accept servers at run time in every version. */
public enum Balance {
    ROUNDROBIN,
    LEASTCONN,
    FIRST,
    RANDOM,
    /** By the client's address. */
    SOURCE;

    /**
     * From its name in a group's definition.
     *
     * @throws IllegalValue for any other
     */
    public static Balance of(String name) {
        return Arrays.stream(values())
                .filter(balance -> balance.keyword().equals(name))
                .findAny()
                .orElseThrow(
                        () ->
                                new IllegalValue(
                                        "balance",
                                        "must be roundrobin, leastconn, first, random or source",
                                        name));
    }

    String keyword() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether it needs {@code hash-type consistent}: other hashes take no servers at run time. */
    boolean hashes() {
        return this == SOURCE;
    }
}
