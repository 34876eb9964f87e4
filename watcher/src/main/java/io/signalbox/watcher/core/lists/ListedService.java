package io.signalbox.watcher.core.lists;

import java.util.List;
import java.util.SortedMap;

/**
 * A service as a static file or a setting lists it.
 *
 * @param port the port by which its labels know the application
 * @param labels what is said of all its servers, allow-listed
 */
public record ListedService(
        String name,
        int port,
        SortedMap<String, String> labels,
        List<Server> servers,
        List<Name> names) {

    public ListedService {
        servers = List.copyOf(servers);
        names = List.copyOf(names);
    }

    /**
     * One server.
     *
     * @param labels what is said of it, those of the service included
     */
    public record Server(Place place, SortedMap<String, String> labels, Origin origin) {}

    /**
     * A DNS name: each address that it has is a server.
     *
     * @param lookup how its addresses are found
     * @param port of every one of them
     */
    public record Name(Lookup lookup, int port, Origin origin) {}

    /**
     * What is looked up, and where.
     *
     * @param nameserver {@code address:port}; empty for those that are set, or the system's
     */
    public record Lookup(String name, String nameserver) {}
}
