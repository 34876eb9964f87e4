package io.signalbox.renderer.core;

import io.signalbox.schemas.Cause;
import io.signalbox.schemas.Container.Health;
import io.signalbox.schemas.Container.NetworkAttachment;
import io.signalbox.schemas.Container.NetworkMode;
import io.signalbox.schemas.Container.Protocol;
import io.signalbox.schemas.Container.PublishedPort;
import io.signalbox.schemas.Container.State;
import io.signalbox.schemas.Declaration;
import io.signalbox.schemas.Declaration.Route;
import io.signalbox.schemas.Event;
import io.signalbox.schemas.Policy;
import io.signalbox.schemas.ServiceState.Instance;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A container of a service, for tests: running on host {@code h} unless said otherwise. */
public final class A {
    public static final Instant T0 = Instant.parse("2026-01-01T00:00:00Z");

    private String host = "h";
    private final String id;
    private String name;
    private final List<Declaration> declarations = new ArrayList<>();
    private final Map<String, String> labels = new TreeMap<>();
    private List<NetworkAttachment> networks =
            List.of(new NetworkAttachment("net-bridge", "bridge", "172.17.0.2", null, false));
    private final List<PublishedPort> published = new ArrayList<>();
    private NetworkMode mode = new NetworkMode(NetworkMode.Kind.NETWORKS, "");
    private State state = State.RUNNING;
    private Health health = Health.NONE;
    private @Nullable Instant startedAt = T0;
    private Instant shownAt = T0;
    private boolean gone;
    private boolean stopping;
    private boolean last = true;
    private String hostAddress = "10.0.0.1";
    private int partition;
    private String source = Event.DOCKER;

    private A(String id) {
        this.id = id;
        this.name = "name-" + id;
    }

    public static A container(String id) {
        return new A(id);
    }

    public A of(String service, Route... routes) {
        return of(service, 80, null, List.of("default"), routes);
    }

    public A of(
            String service,
            int port,
            @Nullable String network,
            List<String> groups,
            Route... routes) {
        declarations.add(
                new Declaration(
                        service, "signalbox", groups, port, network, List.of(routes), Policy.NONE));
        return this;
    }

    /** Declares a service in a dialect. */
    public A says(String dialect, String service, Route... routes) {
        declarations.add(declaration(service, dialect, 80, routes));
        return this;
    }

    /** Gives what was declared so far that drain time. */
    public A draining(Duration drain) {
        return with(new Policy(drain));
    }

    /** Gives what was declared so far that policy. */
    public A with(Policy policy) {
        declarations.replaceAll(
                one ->
                        new Declaration(
                                one.service(),
                                one.dialect(),
                                one.groups(),
                                one.port(),
                                one.network(),
                                one.routes(),
                                policy));
        return this;
    }

    /** What an operator or the API declares. */
    public static Declaration declaration(
            String service, String dialect, int port, Route... routes) {
        return new Declaration(
                service, dialect, List.of("default"), port, null, List.of(routes), Policy.NONE);
    }

    public static Route route(String host) {
        return new Route("default", host, "/");
    }

    public static Route route(String host, String path) {
        return new Route("default", host, path);
    }

    public A on(String newHost, int newPartition) {
        host = newHost;
        partition = newPartition;
        return this;
    }

    public A named(String newName) {
        name = newName;
        return this;
    }

    public A label(String key, String value) {
        labels.put(key, value);
        return this;
    }

    public A networks(NetworkAttachment... attached) {
        networks = List.of(attached);
        return this;
    }

    public A publishes(int port, String hostIp, int hostPort) {
        published.add(new PublishedPort(port, Protocol.TCP, hostIp, hostPort));
        return this;
    }

    public A mode(NetworkMode.Kind kind, String container) {
        mode = new NetworkMode(kind, container);
        return this;
    }

    public A state(State newState) {
        state = newState;
        return this;
    }

    public A health(Health newHealth) {
        health = newHealth;
        return this;
    }

    public A neverStarted() {
        startedAt = null;
        return this;
    }

    public A shownAt(int second) {
        shownAt = T0.plusSeconds(second);
        return this;
    }

    public A gone() {
        gone = true;
        return this;
    }

    public A stopping() {
        stopping = true;
        return this;
    }

    /** Makes it the picture of a Swarm service. */
    public A swarm() {
        source = Event.SWARM;
        return this;
    }

    public A notLast() {
        last = false;
        return this;
    }

    public A hostAddress(String address) {
        hostAddress = address;
        return this;
    }

    public A source(String seenBy) {
        source = seenBy;
        return this;
    }

    public static Cause cause(int partition, long offset) {
        return new Cause(partition, offset, "subject", null, T0, T0.plusMillis(offset), null);
    }

    public Instance at(long offset) {
        return new Instance(
                host,
                id,
                name,
                "image",
                gone,
                state,
                health,
                startedAt,
                stopping,
                shownAt,
                hostAddress,
                mode,
                networks,
                published,
                labels,
                declarations,
                List.of(),
                cause(partition, offset),
                last,
                source);
    }
}
