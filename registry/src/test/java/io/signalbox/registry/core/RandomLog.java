package io.signalbox.registry.core;

import static io.signalbox.registry.core.Facts.RUN;
import static io.signalbox.registry.core.Facts.began;
import static io.signalbox.registry.core.Facts.container;
import static io.signalbox.registry.core.Facts.decided;
import static io.signalbox.registry.core.Facts.ended;
import static io.signalbox.registry.core.Facts.event;
import static io.signalbox.registry.core.Facts.observed;
import static io.signalbox.registry.core.Facts.opened;

import io.signalbox.schemas.Container.State;
import io.signalbox.schemas.Declaration;
import io.signalbox.schemas.Endpoint;
import io.signalbox.schemas.Event;
import io.signalbox.schemas.Fact;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * A partition's facts as several watchers, standbys, zombies and registries might have left them:
 * sessions, snapshots whole and broken off, gaps, repeats, stop signals, host facts, endpoints and
 * declared services.
 */
public final class RandomLog {
    private static final int HOSTS = 3;
    private static final int CONTAINERS = 5;

    /** The facts in the order of their offsets. */
    public final List<Event> events = new ArrayList<>();

    private final Random random;
    private final Map<String, Writer> writers = new HashMap<>();
    private final List<Writer> zombies = new ArrayList<>();

    /** As many facts as that. */
    public RandomLog(Random random, int length) {
        this.random = random;
        while (events.size() < length) {
            step();
        }
    }

    private void step() {
        String host = "h" + random.nextInt(HOSTS);
        Writer writer = writers.get(host);
        int choice = random.nextInt(100);
        if (writer == null || choice < 3) {
            if (writer != null) {
                zombies.add(writer);
            }
            writers.put(host, new Writer(host, random.nextInt(10) == 0 ? "engine-2" : "engine-1"));
        } else if (choice < 10 && !zombies.isEmpty()) {
            zombies.get(random.nextInt(zombies.size())).write();
        } else if (choice < 14) {
            hostFact(host, writer.session);
        } else if (choice < 20) {
            keyed();
        } else if (choice < 24) {
            events.add(events.get(random.nextInt(events.size())));
        } else if (choice < 26) {
            writer.seq++;
        } else {
            writer.write();
        }
    }

    private void hostFact(String host, long session) {
        Fact.Decided fact =
                switch (random.nextInt(6)) {
                    case 0, 1 -> new Fact.HostSuspected(session);
                    case 2 -> new Fact.HostLost(session);
                    case 3 -> new Fact.HostExpired(session);
                    default -> new Fact.HostReturned(session);
                };
        events.add(decided(host, fact));
    }

    private void keyed() {
        String id = "e" + random.nextInt(2);
        List<Declaration> none = List.of();
        Fact.Decided fact =
                switch (random.nextInt(5)) {
                    case 0, 1 ->
                            new Fact.EndpointRegistered(
                                    new Endpoint(
                                            id, "192.0.2.9", 80 + random.nextInt(2), 30, none));
                    case 2 ->
                            new Fact.EndpointExpired(
                                    id,
                                    random.nextBoolean()
                                            ? null
                                            : (long) random.nextInt(events.size() + 1));
                    case 3 -> new Fact.ServiceDeclared(id, none);
                    default -> new Fact.ServiceWithdrawn(id);
                };
        events.add(decided("x/" + id, fact));
    }

    /** One watcher's session, as it would go on writing. */
    private final class Writer {
        private final String host;
        private final String engine;
        private final long session;
        private long seq;
        private int open = -1;
        private int shown;

        private Writer(String host, String engine) {
            this.host = host;
            this.engine = engine;
            this.session = events.size();
            events.add(opened(host));
            begin();
        }

        private void begin() {
            Event began = began(host, session, ++seq);
            events.add(
                    engine.equals("engine-1")
                            ? began
                            : event(
                                    host,
                                    session,
                                    seq,
                                    new Fact.SnapshotBegan("docker", Facts.engine(engine))));
            open = 0;
            shown = 0;
        }

        private void write() {
            if (open < 0) {
                live();
                return;
            }
            if (open < CONTAINERS && random.nextInt(4) > 0) {
                if (random.nextInt(3) > 0) {
                    events.add(observed(host, session, ++seq, picture("c" + open)));
                    shown++;
                }
                open++;
            } else {
                events.add(ended(host, session, ++seq, shown + (random.nextInt(12) == 0 ? 1 : 0)));
                open = -1;
            }
        }

        private void live() {
            String id = "c" + random.nextInt(CONTAINERS);
            Fact fact =
                    switch (random.nextInt(12)) {
                        case 0, 1 -> new Fact.ContainerStopping(id, run());
                        case 2 -> new Fact.ContainerStayed(id, run());
                        case 3, 4 -> new Fact.ContainerGone(id);
                        case 5 -> new Fact.Drift(id, "state");
                        case 6 -> new Fact.Unknown("field 42");
                        default -> new Fact.ContainerObserved(picture(id));
                    };
            if (random.nextInt(25) == 0) {
                events.add(event(host, session, ++seq, new Fact.Gap("stream ended")));
                begin();
            } else {
                events.add(event(host, session, ++seq, fact));
            }
        }

        private io.signalbox.schemas.Container picture(String id) {
            State state = random.nextInt(4) == 0 ? State.EXITED : State.RUNNING;
            return container(id, state, run());
        }

        private java.time.Instant run() {
            return RUN.plusSeconds(random.nextInt(2));
        }
    }
}
