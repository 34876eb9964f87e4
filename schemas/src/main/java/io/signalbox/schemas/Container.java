package io.signalbox.schemas;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The full picture of one container as its engine's inspection gave it, allow-listed.
 *
 * @param id the engine's full id
 * @param name without the leading slash
 * @param startedAt names the run; null before the first start
 * @param finishedAt null while it never ended
 * @param exitCode of the last end; 0 while it never ended
 * @param exposed ports the image or the container exposes
 * @param labels only the allow-listed ones, classes {@code key} and {@code password} already
 *     digested or hashed
 * @param environment only the allow-listed variables, likewise
 * @param stopTimeoutSeconds the configured stop time-out; 10 where none is configured
 */
public record Container(
        String id,
        String name,
        String image,
        State state,
        Health health,
        @Nullable Instant startedAt,
        @Nullable Instant finishedAt,
        int exitCode,
        boolean oomKilled,
        NetworkMode networkMode,
        List<NetworkAttachment> networks,
        List<PublishedPort> published,
        List<ExposedPort> exposed,
        Map<String, String> labels,
        Map<String, String> environment,
        int stopTimeoutSeconds) {

    public Container {
        networks = List.copyOf(networks);
        published = List.copyOf(published);
        exposed = List.copyOf(exposed);
        labels = sorted(labels);
        environment = sorted(environment);
    }

    static SortedMap<String, String> sorted(Map<String, String> map) {
        return java.util.Collections.unmodifiableSortedMap(new TreeMap<>(map));
    }

    /** Docker's own container states; {@code UNKNOWN} is one that this version does not know. */
    public enum State {
        CREATED,
        RUNNING,
        PAUSED,
        RESTARTING,
        REMOVING,
        EXITED,
        DEAD,
        UNKNOWN
    }

    /** Docker's health states; {@code NONE} for a container without a health check. */
    public enum Health {
        NONE,
        STARTING,
        HEALTHY,
        UNHEALTHY,
        UNKNOWN
    }

    /**
     * How the container is attached to networks.
     *
     * @param kind bridge and the like, the host's own, none, or another container's
     * @param container the other container's id where {@code kind} is {@code CONTAINER}, else empty
     */
    public record NetworkMode(Kind kind, String container) {

        /** The kinds that routing tells apart. */
        public enum Kind {
            NETWORKS,
            HOST,
            NONE,
            CONTAINER
        }
    }

    /**
     * One network the container is attached to.
     *
     * @param ipv4 null where it has none
     * @param ipv6 the global address; null where it has none
     * @param shared whether the network spans hosts (scope {@code swarm} or {@code global})
     */
    public record NetworkAttachment(
            String networkId,
            String name,
            @Nullable String ipv4,
            @Nullable String ipv6,
            boolean shared) {}

    /**
     * A port published on the host.
     *
     * @param hostIp the address it is bound to on the host ({@code 0.0.0.0}, {@code 127.0.0.1}, …)
     */
    public record PublishedPort(
            int containerPort, Protocol protocol, String hostIp, int hostPort) {}

    /** A port that the image or the container exposes. */
    public record ExposedPort(int port, Protocol protocol) {}

    /** Transport protocols that Docker knows. */
    public enum Protocol {
        TCP,
        UDP,
        SCTP,
        UNKNOWN
    }
}
