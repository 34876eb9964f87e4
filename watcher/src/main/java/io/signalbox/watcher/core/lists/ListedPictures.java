package io.signalbox.watcher.core.lists;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.signalbox.schemas.Container;
import io.signalbox.schemas.Container.ExposedPort;
import io.signalbox.schemas.Container.Health;
import io.signalbox.schemas.Container.NetworkMode;
import io.signalbox.schemas.Container.Protocol;
import io.signalbox.schemas.Container.PublishedPort;
import io.signalbox.schemas.Container.State;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/**
 * Makes a listed server look like a container, so that it is declared, routed and explained like
 * one: it always runs, and is reached by a port that is published under its address.
 */
public final class ListedPictures {
    private final String host;
    private final String source;

    /**
     * Pictures of one source.
     *
     * @param host the watcher's host id
     */
    public ListedPictures(String host, String source) {
        this.host = host;
        this.source = source;
    }

    /**
     * The picture of one server. Its id follows from host, source, service and place: another place
     * is another server, and whatever else changes is a change of this one.
     *
     * @param from for people, where it is listed
     */
    public Container of(
            ListedService service, Place place, SortedMap<String, String> labels, String from) {
        return new Container(
                id(service.name(), place),
                service.name() + "@" + place,
                from,
                State.RUNNING,
                Health.NONE,
                Instant.EPOCH,
                null,
                0,
                false,
                new NetworkMode(NetworkMode.Kind.NETWORKS, ""),
                List.of(),
                List.of(
                        new PublishedPort(
                                service.port(), Protocol.TCP, place.address(), place.port())),
                List.of(new ExposedPort(service.port(), Protocol.TCP)),
                labels,
                Map.of(),
                0);
    }

    /** In the form of a container's id: names of servers are made of its beginning. */
    private String id(String service, Place place) {
        String key = String.join("\n", host, source, service, place.toString());
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(key.getBytes(UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
