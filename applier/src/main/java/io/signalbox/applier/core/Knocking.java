package io.signalbox.applier.core;

import io.signalbox.applier.core.plan.Step;
import io.signalbox.applier.core.plan.Step.EnableServer;
import io.signalbox.applier.core.plan.WantedServer;
import io.signalbox.applier.core.plan.WantedServer.Run;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;

/**
 * Which applications are knocked at, which have answered, and which are held back although they
 * have. One owner thread.
 */
final class Knocking {
    private final Doors doors;
    private final Damping damping = new Damping();
    private Set<String> saidHeld = Set.of();

    Knocking(Doors.Knocker knocker) {
        this.doors = new Doors(knocker);
    }

    /** Knocks at these servers of a service, and at no other of it. */
    void want(String service, Collection<WantedServer> pending) {
        doors.want(service, pending);
    }

    /**
     * A knock succeeded.
     *
     * @return false if it is of no interest any more
     */
    boolean answer(Run run) {
        return doors.answer(run);
    }

    /** Whether that start of an application has answered and does not serve yet. */
    boolean hasAnswered(Run run) {
        return doors.hasAnswered(run);
    }

    /** The services whose servers are waited for. */
    Set<String> services() {
        return doors.services();
    }

    /** Whether that start of an application may be given requests now. */
    boolean mayServe(Run run, Instant now) {
        return doors.hasAnswered(run) && damping.allows(run.server(), now);
    }

    /**
     * Steps were carried out.
     *
     * @return the servers that are held back since the last time, because they come and go
     */
    Set<String> carriedOut(List<Step> steps, Instant now) {
        for (Step step : steps) {
            if (step instanceof EnableServer enabled) {
                damping.enabled(enabled.server(), now);
            }
        }
        Set<String> held = damping.held().keySet();
        Set<String> newly = new TreeSet<>(held);
        newly.removeAll(saidHeld);
        saidHeld = held;
        return newly;
    }

    /** The servers that are held back because they come and go, and until when. */
    SortedMap<String, Instant> held() {
        return damping.held();
    }

    /** When the first of them may come back. */
    Instant due() {
        return damping.due();
    }

    /** The services of the servers that may come back now. */
    Set<String> release(Instant now) {
        Set<String> services = new TreeSet<>();
        for (String server : damping.release(now)) {
            doors.serviceOf(server).ifPresent(services::add);
        }
        return services;
    }

    /** The servers that have not answered yet. */
    Set<String> silent() {
        return doors.silent();
    }
}
