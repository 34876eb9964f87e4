package io.signalbox.haproxy;

import io.signalbox.schemas.LiveOptions;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/**
 * A whole configuration as one machine wants it: the group's parts, and this machine's choices for
 * each service.
 *
 * @param backends in the order in which they stand in the file
 * @param spares empty backends behind them
 * @param routes what leads to which service
 * @param epoch of the manifest
 * @param generation of the manifest
 */
public record Configuration(
        Frame frame,
        List<Backend> backends,
        List<Spare> spares,
        Routes routes,
        long epoch,
        long generation) {

    public Configuration {
        backends = List.copyOf(backends);
        spares = List.copyOf(spares);
    }

    /** With routes that ask for nothing but host and path. */
    public Configuration(
            Frame frame,
            List<Backend> backends,
            List<Spare> spares,
            SortedMap<RouteKey, ServiceName> routes,
            long epoch,
            long generation) {
        this(frame, backends, spares, Routes.plain(routes), epoch, generation);
    }

    /** The files of this configuration; the same input always gives the same bytes. */
    public Files files(LocalSettings local, Capabilities capabilities) {
        return ConfigurationText.of(this, local, capabilities);
    }

    /**
     * The backend of one service.
     *
     * @param name which backend serves it: its own ({@link ServiceName#backend}) or a spare's
     * @param text its lines without header and servers
     * @param live what is said of it in the map {@code options}
     */
    public record Backend(
            ServiceName service,
            Identifier name,
            List<String> text,
            List<PlacedServer> servers,
            LiveOptions live) {

        /** One of which all is said by its text. */
        public Backend(
                ServiceName service,
                Identifier name,
                List<String> text,
                List<PlacedServer> servers) {
            this(service, name, text, servers, LiveOptions.NONE);
        }

        public Backend {
            text = List.copyOf(text);
            servers = List.copyOf(servers);
        }
    }

    /**
     * A server with this machine's choice of its state.
     *
     * @param ready false while the knock has not succeeded: it stands as disabled
     */
    public record PlacedServer(Server server, boolean ready) {}

    /** An empty backend, ready for a new service with the same text. */
    public record Spare(Identifier name, List<String> text) {
        public Spare {
            text = List.copyOf(text);
        }
    }

    /**
     * What is to be written.
     *
     * @param haproxyCfg the configuration file
     * @param maps the text of each map's file
     */
    public record Files(String haproxyCfg, Map<MapName, String> maps) {
        public Files {
            maps = Map.copyOf(maps);
        }
    }
}
