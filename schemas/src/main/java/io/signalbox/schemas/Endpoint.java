package io.signalbox.schemas;

import java.util.List;

/**
 * A server outside Docker that was registered by the API.
 *
 * @param ttlSeconds after so long without a renewal it is gone; 0 for never
 * @param declarations of which services it is a server; empty where it is known and not served
 */
public record Endpoint(
        String id, String address, int port, int ttlSeconds, List<Declaration> declarations) {

    public Endpoint {
        declarations = List.copyOf(declarations);
    }
}
