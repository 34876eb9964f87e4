package io.signalbox.registry.core.doors;

import org.jspecify.annotations.Nullable;

/**
 * Who knocks at a door.
 *
 * @param address the connection's source, an IP address
 * @param authorization the header of that name; null where there is none
 */
public record Caller(String address, @Nullable String authorization) {}
