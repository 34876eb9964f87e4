package io.signalbox.applier.core.plan;

import io.signalbox.haproxy.MapName;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/** One thing to do to a worker through its command socket. */
public sealed interface Step {

    /** A step that concerns one server. */
    sealed interface OfServer extends Step {
        /** The backend that has it. */
        String backend();

        /** Its name. */
        String server();
    }

    /** A step that changes one entry of a map. */
    sealed interface OfEntry extends Step {
        /** The map that has it. */
        MapName map();
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

    /** Ends what is under way at a server in maintenance. */
    record EndSessions(String backend, String server) implements OfServer {}

    /** Deletes a server in maintenance; refused while it has connections, and then tried later. */
    record DeleteServer(String backend, String server) implements OfServer {}

    /** Adds an entry that the map does not have. */
    record AddEntry(MapName map, String key, String value) implements OfEntry {}

    /** Changes the value of an entry. */
    record SetEntry(MapName map, String key, String value) implements OfEntry {}

    /** Removes an entry. */
    record DeleteEntry(MapName map, String key) implements OfEntry {}

    /** Gives a map these entries and no other, as a whole and at one go. */
    record ReplaceMap(MapName map, SortedMap<String, String> entries) implements Step {
        public ReplaceMap {
            entries = Collections.unmodifiableSortedMap(new TreeMap<>(entries));
        }

        @Override
        public String toString() {
            return "ReplaceMap[map=" + map + ", " + entries.size() + " entries]";
        }
    }
}
