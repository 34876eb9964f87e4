package io.signalbox.bench.simulation;

import io.signalbox.schemas.Container;
import io.signalbox.schemas.Container.NetworkAttachment;
import io.signalbox.schemas.Container.PublishedPort;
import io.signalbox.schemas.Container.State;
import io.signalbox.schemas.Event;
import io.signalbox.schemas.Fact;
import io.signalbox.schemas.HostIdentity;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What the facts of one host add up to. Owned by {@link Ledger}. */
final class LedgerHost {
    private final String host;
    private final TreeMap<String, Known> containers = new TreeMap<>();
    private long session = Event.NO_SESSION;
    private long seq;
    private @Nullable HostIdentity identity;
    private @Nullable Seen seen;
    private Status status = Status.UP;

    private enum Status {
        UP,
        SUSPECTED,
        LOST,
        EXPIRED
    }

    /** What the open snapshot of one source has shown. */
    private record Seen(String source, Set<String> ids) {
        Seen(Fact.SnapshotBegan began) {
            this(began.snapshotSource(), new HashSet<>());
        }

        boolean misses(String id, Known known) {
            return known.source().equals(source) && !ids.contains(id);
        }
    }

    /** A container as its source saw it last. */
    private record Known(
            String source, Container picture, String hostAddress, boolean gone, boolean stopping) {
        Known with(boolean isGone, boolean isStopping) {
            return new Known(source, picture, hostAddress, isGone, isStopping);
        }

        boolean runs() {
            return !gone && picture.state() == State.RUNNING;
        }

        boolean isRun(@Nullable Instant startedAt) {
            return Objects.equals(picture.startedAt(), startedAt);
        }
    }

    LedgerHost(String host) {
        this.host = host;
    }

    long session() {
        return session;
    }

    void take(Event event) {
        switch (event.fact()) {
            case Fact.HostSuspected(long of) -> judge(of, Status.UP, Status.SUSPECTED);
            case Fact.HostLost(long of) -> {
                judge(of, Status.UP, Status.LOST);
                judge(of, Status.SUSPECTED, Status.LOST);
            }
            case Fact.HostReturned(long of) -> {
                status = of == session ? Status.UP : status;
            }
            case Fact.HostExpired(long of) -> {
                if (of == session && status == Status.LOST) {
                    status = Status.EXPIRED;
                    containers.replaceAll((_, known) -> known.with(true, known.stopping()));
                }
            }
            case Fact.Watched fact -> watched(event, fact);
            case Fact.Decided _ -> {}
        }
    }

    private void judge(long of, Status from, Status to) {
        if (of == session && status == from) {
            status = to;
        }
    }

    private void watched(Event event, Fact.Watched fact) {
        if (event.session() < session || fact instanceof Fact.SessionOpened) {
            return;
        }
        if (event.session() > session) {
            if (fact instanceof Fact.SnapshotBegan began && !refused(began)) {
                session = event.session();
                seq = event.seq();
                identity = began.identity();
                status = Status.UP;
                seen = new Seen(began);
            }
        } else if (event.seq() == seq + 1) {
            seq++;
            inSession(event.source(), fact);
        }
    }

    private boolean refused(Fact.SnapshotBegan began) {
        HostIdentity known = identity;
        return known != null
                && status == Status.UP
                && !known.engineId().equals(began.identity().engineId());
    }

    private void inSession(String source, Fact.Watched fact) {
        switch (fact) {
            case Fact.SnapshotBegan began -> seen = new Seen(began);
            case Fact.ContainerObserved(Container picture) -> observed(source, picture);
            case Fact.ContainerStopping(String id, Instant run) ->
                    containers.computeIfPresent(
                            id,
                            (_, known) ->
                                    known.runs() && known.isRun(run)
                                            ? known.with(false, true)
                                            : known);
            case Fact.ContainerStayed(String id, Instant run) ->
                    containers.computeIfPresent(
                            id,
                            (_, known) ->
                                    known.isRun(run) ? known.with(known.gone(), false) : known);
            case Fact.ContainerGone(String id) ->
                    containers.computeIfPresent(id, (_, known) -> known.with(true, false));
            case Fact.SnapshotEnded ended -> ended(ended);
            case Fact.SessionOpened _, Fact.Gap _, Fact.Drift _, Fact.Unknown _ -> {}
        }
    }

    private void observed(String source, Container picture) {
        if (seen != null && seen.source().equals(source)) {
            seen.ids().add(picture.id());
        }
        Known before = containers.get(picture.id());
        boolean stopping = before != null && before.stopping() && before.isRun(picture.startedAt());
        String address = identity == null ? "" : identity.address();
        containers.put(picture.id(), new Known(source, picture, address, false, stopping));
    }

    private void ended(Fact.SnapshotEnded ended) {
        Seen shown = seen;
        seen = null;
        if (shown != null
                && shown.source().equals(ended.snapshotSource())
                && shown.ids().size() == ended.count()) {
            containers.replaceAll(
                    (id, known) ->
                            shown.misses(id, known) ? known.with(true, known.stopping()) : known);
        }
    }

    /** Of a container that is gone nothing is known any more. */
    void forget(String id) {
        Known known = containers.get(id);
        if (known != null && known.gone()) {
            containers.remove(id);
        }
    }

    void addServers(Set<Justified> servers) {
        containers.forEach(
                (id, known) -> {
                    if (known.runs()) {
                        servers.add(
                                justified(
                                        host,
                                        known.picture(),
                                        known.hostAddress(),
                                        known.stopping()));
                    }
                });
    }

    /** The container as a server. */
    static Justified justified(
            String host, Container picture, String hostAddress, boolean stopping) {
        List<String> addresses = new ArrayList<>();
        for (NetworkAttachment network : picture.networks()) {
            addresses.add(network.ipv4() + ":" + Engine.PORT);
        }
        for (PublishedPort port : picture.published()) {
            addresses.add(hostAddress + ":" + port.hostPort());
        }
        String run = String.valueOf(picture.startedAt());
        return new Justified(host, picture.id(), run, addresses, stopping);
    }
}
