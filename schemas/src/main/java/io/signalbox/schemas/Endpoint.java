package io.signalbox.schemas;

import java.util.List;

/** A server outside Docker that was registered by the API, with a time to live in seconds. */
public record Endpoint(
        String id, String address, int port, int ttlSeconds, List<Declaration> declarations) {

    public Endpoint {
        declarations = List.copyOf(declarations);
    }
}
