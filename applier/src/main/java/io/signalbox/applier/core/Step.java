package io.signalbox.applier.core;

import io.signalbox.haproxy.MapName;

/** One thing to do to a worker through its command socket. */
public sealed interface Step {

    /** A step that concerns one server. */
    sealed interface OfServer extends Step {
        /** The backend that has it. */
        String backend();

        /** Its name. */
        String server();
    }

    /** Adds a server, in maintenance. */
    record AddServer(String backend, LiveServer added) implements OfServer {
        @Override
        public String server() {
            return added.name();
        }
    }

    /** Gives the server no new requests; those under way go on. */
    record MaintainServer(String backend, String server) implements OfServer {}

    /**
     * Gives the server requests.
     *
     * @param run the start of its application that it is enabled for
     * @param checked whether HAProxy's own check takes over from here
     */
    record EnableServer(String backend, String server, String run, boolean checked)
            implements OfServer {}

    /** Changes its weight. */
    record SetWeight(String backend, String server, int weight) implements OfServer {}

    /** Changes its address; the server is in maintenance. */
    record SetAddress(String backend, String server, String address, int port)
            implements OfServer {}

    /** Deletes a server in maintenance; refused while it has connections, and then tried later. */
    record DeleteServer(String backend, String server) implements OfServer {}

    /** Adds an entry that the map does not have. */
    record AddEntry(MapName map, String key, String value) implements Step {}

    /** Changes the value of an entry. */
    record SetEntry(MapName map, String key, String value) implements Step {}

    /** Removes an entry. */
    record DeleteEntry(MapName map, String key) implements Step {}
}
