package io.signalbox.applier.core.plan;

import io.signalbox.schemas.ConfigRecord.ServerOptions;

/**
 * The server at which nobody listens, that a backend has for a moment after it lost its last one.
 */
public final class Hold {
    /** The name of the server; no container's server is called that. */
    public static final String SERVER = "_hold";

    private static final String NOBODY = "127.0.0.1";
    private static final int NOWHERE = 1;
    private static final ServerOptions UNCHECKED = new ServerOptions(0, 0, 0);

    private Hold() {}

    /** Whether it is such a server. */
    static boolean is(LiveServer server) {
        return server.name().equals(SERVER);
    }

    /** The server as it is added. */
    public static LiveServer server(int id) {
        return new LiveServer(SERVER, id, NOBODY, NOWHERE, 1, false, UNCHECKED, "");
    }
}
