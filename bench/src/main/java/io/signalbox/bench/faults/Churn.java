package io.signalbox.bench.faults;

import io.signalbox.bench.faults.EngineClient.Found;
import io.signalbox.bench.faults.EngineClient.Wish;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;

/**
 * Changes containers as an installation does all the time: the service under load gets new ones and
 * loses old ones by {@code docker stop}, and other services come and go. Used by one thread.
 */
final class Churn {
    /** The service under load. */
    static final String STEADY = "steady";

    /** It has at least so many containers at any time. */
    static final int STEADY_CONTAINERS = 3;

    private static final int OTHER_SERVICES = 2;
    private static final int STOP_SECONDS = 10;

    private final EngineClient engine;
    private final Deque<String> steady = new ArrayDeque<>();
    private final Deque<String> others = new ArrayDeque<>();
    private int made;

    Churn(EngineClient engine) {
        this.engine = engine;
    }

    /** Brings the containers to what every round begins with, and removes all others. */
    void settle() {
        for (Found found : engine.list()) {
            boolean kept =
                    found.running()
                            && found.service().equals(STEADY)
                            && steady.contains(found.id());
            if (!kept) {
                steady.remove(found.id());
                engine.remove(found.id());
            }
        }
        others.clear();
        while (steady.size() < STEADY_CONTAINERS) {
            startSteady();
        }
    }

    /** One of each change: start, stop, a new service, the end of an old one. */
    void step() {
        startSteady();
        while (steady.size() > STEADY_CONTAINERS) {
            stopSteady();
        }
        others.addLast(engine.run(Wish.of("other-" + ++made)));
        if (others.size() > OTHER_SERVICES) {
            engine.remove(others.removeFirst());
        }
    }

    /** Starts one more container of the service under load; its id. */
    String startSteady() {
        String id = engine.run(Wish.of(STEADY));
        steady.addLast(id);
        return id;
    }

    /** Stops the oldest container of the service under load with grace, and removes it. */
    void stopSteady() {
        String oldest = steady.removeFirst();
        engine.stop(oldest, STOP_SECONDS);
        engine.remove(oldest);
    }

    /** The service under load has these containers from now on; those of before end with grace. */
    void replaceBy(Collection<String> containers) {
        while (!steady.isEmpty()) {
            stopSteady();
        }
        steady.addAll(containers);
    }

    /** The newest container of the service under load. */
    String newestSteady() {
        return steady.getLast();
    }
}
