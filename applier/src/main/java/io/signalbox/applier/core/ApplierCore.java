package io.signalbox.applier.core;

import io.signalbox.applier.core.Bringing.Begun;
import io.signalbox.applier.core.ConfigReading.Accepted;
import io.signalbox.applier.core.Proxy.Ended;
import io.signalbox.applier.core.plan.ReloadReason;
import io.signalbox.applier.core.plan.Touched;
import io.signalbox.applier.core.plan.Version;
import io.signalbox.applier.core.plan.Wanted;
import io.signalbox.applier.core.plan.WantedServer.Run;
import io.signalbox.haproxy.MapName;
import io.signalbox.schemas.ConfigRecord;
import io.signalbox.schemas.ConfigRecord.Frame;
import io.signalbox.schemas.ConfigRecord.Manifest;
import io.signalbox.schemas.ConfigRecord.Note;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Everything that an applier decides, and in which order: reads the group's topic, accepts
 * manifests, brings HAProxy to them by commands or a reload, and sees to it that it serves. What it
 * needs of the world comes through {@link Ports}. One owner thread.
 */
public final class ApplierCore {
    /** Of no service, and still to be compared at each manifest. */
    private static final Set<String> FRAME_AND_VERSION = Set.of("");

    /** How often it is looked for a worker where there is none. */
    private static final Duration WITHOUT_WORKER = Duration.ofMillis(20);

    private final ConfigReading reading = new ConfigReading();
    private final Touched touched = new Touched();
    private final String adoptTopic;
    private final Worker worker;
    private final Ports ports;
    private final Goal goal;
    private final DiskCopy copy;
    private final Convergence convergence;
    private final Bringing bringing;
    private final Supervision supervision;
    private final List<Doors.Door> answers = new ArrayList<>();
    private boolean otherTopic;

    /**
     * What it works with.
     *
     * @param nanoTime tells how long something took
     */
    public record Ports(
            Proxy proxy,
            DiskWriter writer,
            Doors.Knocker knocker,
            Report report,
            LongSupplier nanoTime) {}

    /**
     * An applier that has done nothing yet.
     *
     * @param owned whether HAProxy is ours to start
     * @param adoptTopic the id of a topic that replaces the one known so far; empty for none
     */
    public ApplierCore(
            Desired desired, Worker worker, boolean owned, String adoptTopic, Ports ports) {
        this.worker = worker;
        this.adoptTopic = adoptTopic;
        this.ports = ports;
        this.goal = new Goal(desired);
        Knocking knocking = new Knocking(ports.knocker());
        this.copy = new DiskCopy(goal, worker, knocking, ports.writer());
        this.convergence = new Convergence(goal, worker, knocking, copy, touched, ports.report());
        this.bringing = new Bringing(ports.proxy(), copy, touched);
        this.supervision =
                new Supervision(
                        new Supervision.Watched(
                                ports.proxy(), owned, worker, new Sweep(worker, ports.nanoTime())),
                        goal,
                        convergence,
                        bringing,
                        touched,
                        ports.report());
    }

    /** Begins with what is on the disk and with an HAProxy that still serves. */
    public void begin(Instant now) throws InterruptedException {
        supervision.begin(now);
    }

    // ---------------------------------------------------------------- the group's topic

    /**
     * The group's topic is read from its first record; all that was read before counts no more. If
     * it is another topic than that of the configuration here, nothing of it is accepted, unless
     * that is what the operator wants.
     *
     * @param topicId the topic's id; empty where it has none
     */
    public void reads(String topicId) {
        String known = goal.topicId();
        boolean other = goal.known() && !known.isEmpty() && !topicId.equals(known);
        otherTopic = other && !topicId.equals(adoptTopic);
        reading.begin();
        if (otherTopic) {
            ports.report().otherTopic(known, topicId);
        } else if (!topicId.equals(known)) {
            goal.newTopic(topicId);
        }
    }

    /**
     * Takes the topic's next record.
     *
     * @param value null for a tombstone
     */
    public void read(
            long offset,
            String key,
            @Nullable ConfigRecord value,
            Instant appendedAt,
            Instant receivedAt) {
        if (!otherTopic) {
            reading.read(offset, key, value, appendedAt, receivedAt);
        }
    }

    /** The end that was found when reading began is reached. */
    public void reachedEnd() {
        if (!otherTopic) {
            reading.reachedEnd();
        }
    }

    /** Whether nothing is accepted, because the topic is not the one that is known. */
    public boolean otherTopic() {
        return otherTopic;
    }

    // ---------------------------------------------------------------- what is to be done

    /** Certificates serve only after a reload. */
    public void certificatesWait(String why) {
        touched.add(new ReloadReason(ReloadReason.Kind.CERTIFICATES, why));
    }

    /** A list of users changed, which takes effect by a reload. */
    public void usersWait(String why) {
        touched.add(new ReloadReason(ReloadReason.Kind.USERS, why));
    }

    /** There may be something else to say than in the last result. */
    public void sayAgain() {
        touched.add(FRAME_AND_VERSION);
    }

    /** A knock succeeded. */
    public void answered(Run run, String service) {
        answers.add(new Doors.Door(run, service));
    }

    /** When there is something to do without further input; {@link Instant#MAX} for nothing. */
    public Instant due(Instant now) {
        if (bringing.begun() != null) {
            return now;
        }
        if (!worker.known()) {
            return goal.known() ? now.plus(WITHOUT_WORKER) : Instant.MAX;
        }
        Instant byCommands = convergence.due(now);
        Instant byReload = goal.isBehind(worker) ? Instant.MAX : bringing.due(now);
        return byCommands.isBefore(byReload) ? byCommands : byReload;
    }

    /**
     * Does what is to be done now.
     *
     * @return whether the topic is to be read once more from its first record
     */
    public boolean act(Instant now) throws InterruptedException {
        if (waits(now)) {
            return false;
        }
        // Not before a reload's end was reported: they are enabled only from here on.
        answers.forEach(door -> convergence.answered(door.run(), door.service()));
        answers.clear();
        reading.take(goal.floor()).ifPresent(this::accept);
        if (worker.known()) {
            convergence.byCommands(now);
        }
        if (worker.known() && !goal.isBehind(worker)) {
            bringing.byReload(now);
        }
        if (bringing.begun() == null) {
            supervision.look(now);
        }
        return remedy(now);
    }

    /** Whether a start or reload is under way, which everything else waits for. */
    private boolean waits(Instant now) {
        Begun begun = bringing.begun();
        if (begun == null) {
            return false;
        }
        Optional<Ended> ended = ports.proxy().ended();
        if (ended.isEmpty()) {
            return true;
        }
        bringing.ended(ended.get(), now);
        supervision.ended(ended.get(), now);
        if (ended.get() instanceof Ended.Serving) {
            convergence.knockEverywhere();
        }
        ports.report().ended(ended.get(), begun.how(), begun.reason(), convergence.standing());
        return false;
    }

    private void accept(Accepted accepted) {
        Optional<Frame> before = goal.desired().frame();
        Set<String> changed = goal.accept(accepted);
        if (!goal.desired().frame().equals(before)) {
            bringing.otherFrame();
            supervision.otherFrame();
        }
        touched.add(changed);
        touched.add(FRAME_AND_VERSION);
        if (accepted.whole()) {
            touched.addEverything();
        }
        ports.report().accepted(accepted);
        List<Note> refusals = goal.desired().refusals(changed);
        ports.report().refused(refusals);
        if (!goal.known() && !refusals.isEmpty()) {
            ports.report().rejected(refusals.getFirst().message(), convergence.standing());
        }
    }

    private boolean remedy(Instant now) {
        return switch (reading.remedy(now)) {
            case NONE -> false;
            case READ_AGAIN -> true;
            case SAY_INCOMPLETE -> {
                Manifest manifest = reading.unmatched();
                if (manifest != null) {
                    ports.report().incomplete(manifest, convergence.standing());
                }
                yield false;
            }
        };
    }

    /** At the end: writes at once what would be written to the disk soon. */
    public void end() {
        boolean settled = worker.known() && !touched.urgent() && bringing.begun() == null;
        if (settled && !goal.isBehind(worker)) {
            copy.flush();
        } else {
            ports.writer().write();
        }
    }

    // ---------------------------------------------------------------- how it stands

    /** Whether there is anything to serve. */
    public boolean known() {
        return goal.known();
    }

    /** What is desired; something is {@link #known}. */
    public Wanted wanted() {
        return goal.wanted();
    }

    /** The version that is desired. */
    public Version target() {
        return goal.target();
    }

    /** The version that HAProxy has; lower than all where that is not known. */
    public Version inForce() {
        if (!worker.known()) {
            return Version.NONE;
        }
        return worker.maps().contains(MapName.VERSION) ? worker.running().version() : goal.target();
    }

    /** Whether HAProxy has all that is desired, as far as is known. */
    public boolean settled() {
        return bringing.begun() == null
                && worker.known()
                && !goal.isBehind(worker)
                && !touched.any()
                && touched.reasons().isEmpty()
                && inForce().equals(goal.target());
    }
}
