package io.signalbox.applier.core.plan;

import java.util.Set;

/**
 * HAProxy's numbers of servers: from the name, so that all HAProxy of a group mostly agree, and
 * unique in the backend.
 */
public final class ServerIds {
    private static final int MOST = 0x3fff_ffff;

    private ServerIds() {}

    /** The number of a server of that name where those are taken. */
    public static int idFor(String name, Set<Integer> taken) {
        int id = Math.floorMod(name.hashCode() * 0x9E37_79B1, MOST) + 1;
        while (taken.contains(id)) {
            id = id % MOST + 1;
        }
        return id;
    }
}
