package io.signalbox.registry.core.doors;

import org.jspecify.annotations.Nullable;

/**
 * Who knocks at a door.
 *
 * @param address the connection's source, an IP address
 * @param authorization the header of that name; null where there is none
 * @param origin the header of that name, which browsers send for the page that asks; null where
 *     there is none
 */
public record Caller(String address, @Nullable String authorization, @Nullable String origin) {

    /** A caller that is no browser's page. */
    public Caller(String address, @Nullable String authorization) {
        this(address, authorization, null);
    }
}
