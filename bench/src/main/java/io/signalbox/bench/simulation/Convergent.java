package io.signalbox.bench.simulation;

import io.signalbox.applier.core.ApplyPlanner;
import io.signalbox.applier.core.ConfigReading.Accepted;
import io.signalbox.applier.core.Desired;
import io.signalbox.applier.core.Doors;
import io.signalbox.applier.core.Plan;
import io.signalbox.applier.core.ReloadLimit;
import io.signalbox.applier.core.ReloadReason;
import io.signalbox.applier.core.ReloadReason.Kind;
import io.signalbox.applier.core.Running;
import io.signalbox.applier.core.Saved;
import io.signalbox.applier.core.Step;
import io.signalbox.applier.core.Touched;
import io.signalbox.applier.core.Version;
import io.signalbox.applier.core.Wanted;
import io.signalbox.applier.core.WantedServer;
import io.signalbox.applier.core.WantedService;
import io.signalbox.haproxy.MapName;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What an applier does to its HAProxy, in the order in which the process does it: by commands at
 * once, by reload when due, and again when it is found to differ. One thread.
 */
final class Convergent implements Doors.Knocker {
    private static final String TOPIC = "group";
    private static final Duration FILES_REST = Duration.ofMillis(300);
    private static final Duration DELETE_REST = Duration.ofMillis(200);
    private static final Duration LOOK = Duration.ofSeconds(1);
    private static final Duration KNOCK_FIRST = Duration.ofMillis(300);

    private final World world;
    private final Haproxy haproxy;
    private final Disk disk;
    private final Desired desired;
    private final Predicate<WantedServer.Run> listens;
    private final WorkerView worker;
    private final Touched touched = new Touched();
    private final ReloadLimit limit = new ReloadLimit();
    private final Doors doors = new Doors(this);
    private final Set<Doors.Door> knocked = new HashSet<>();
    private final Set<String> lingering = new TreeSet<>();
    private final Sweep sweep;
    private Version target = Version.NONE;
    private boolean heard;
    private int refusals;
    private Instant deleteAgain = Instant.MAX;
    private Instant filesDue = Instant.MAX;
    private Instant nextLook = Instant.MIN;
    private @Nullable Instant knockingSince;
    private @Nullable Good good;
    private @Nullable Good coming;
    private long pidBefore;

    /** A configuration on the disk, and what it says. */
    private record Good(long file, Saved saved) {}

    Convergent(
            World world,
            Haproxy haproxy,
            Disk disk,
            Desired desired,
            Predicate<WantedServer.Run> listens) {
        this.world = world;
        this.haproxy = haproxy;
        this.disk = disk;
        this.desired = desired;
        this.listens = listens;
        this.worker = new WorkerView(haproxy, disk);
        this.sweep = new Sweep(worker);
    }

    /** Begins with what is on the disk and with an HAProxy that still serves. */
    void begin() {
        lastKnownGood()
                .ifPresent(
                        last -> {
                            desired.begin(last.saved().wanted());
                            target = last.saved().wanted().version();
                            good = last;
                        });
        look();
    }

    private Optional<Good> lastKnownGood() {
        return disk.lastKnownGood()
                .flatMap(file -> disk.read(file).map(saved -> new Good(file, saved)));
    }

    Version target() {
        return target;
    }

    void accept(Accepted accepted) {
        touched.add(desired.accept(accepted.parts(), accepted.whole()));
        if (accepted.whole()) {
            touched.addEverything();
        }
        target = accepted.version();
        heard = true;
    }

    /** Whether a reload is under way, which everything else waits for. */
    boolean waits() {
        Good next = coming;
        if (next == null) {
            return false;
        }
        if (haproxy.reloading()) {
            return true;
        }
        coming = null;
        if (haproxy.alive() && haproxy.pid() != pidBefore) {
            worker.started(next.saved());
            good = next;
            limit.succeeded();
            touched.reloaded();
        } else {
            limit.failed(world.now);
            Good last = good;
            if (last != null) {
                disk.turn(last.file(), inUse());
                disk.discard(next.file());
            }
        }
        return false;
    }

    void act() {
        knock();
        byCommands();
        if (worker.known()) {
            byReload();
        }
        look();
    }

    // ---------------------------------------------------------------- commands

    private void byCommands() {
        if (!world.now.isBefore(deleteAgain)) {
            deleteAgain = Instant.MAX;
            touched.add(lingering);
        }
        for (int tries = 0; touched.any() && usable() && tries < 3; tries++) {
            update();
        }
        if (!world.now.isBefore(filesDue) && worker.known() && !touched.urgent()) {
            filesDue = Instant.MAX;
            disk.turn(disk.write(saved()), inUse());
        }
    }

    private boolean usable() {
        if (worker.known() && !haproxy.alive()) {
            worker.forget();
        }
        return worker.known();
    }

    private void update() {
        Wanted wanted = desired.wanted(target);
        Running running = worker.running();
        Set<String> names = touched.names(wanted);
        Plan plan = touched.plan(wanted, running, doors::hasAnswered);
        List<Step> steps = new ArrayList<>(plan.steps());
        touched.planned(plan);
        if (!touched.urgent() && !running.version().equals(target)) {
            steps.add(entry(running, MapName.EPOCH, target.epoch()));
            steps.add(entry(running, MapName.GENERATION, target.generation()));
        }
        WorkerView.Outcome outcome = worker.execute(steps);
        for (String name : names) {
            WantedService service = wanted.services().get(name);
            doors.want(name, service == null ? List.of() : ApplyPlanner.pending(service, running));
        }
        judge(outcome);
        if (!outcome.done().isEmpty() && filesDue.equals(Instant.MAX)) {
            filesDue = world.now.plus(FILES_REST);
        }
    }

    private static Step entry(Running running, String key, long value) {
        String text = Long.toString(value);
        return running.entries(MapName.VERSION).containsKey(key)
                ? new Step.SetEntry(MapName.VERSION, key, text)
                : new Step.AddEntry(MapName.VERSION, key, text);
    }

    private void judge(WorkerView.Outcome outcome) {
        Set<String> backends = new TreeSet<>();
        for (List<Step> steps : List.of(outcome.done(), outcome.refused())) {
            for (Step step : steps) {
                if (step instanceof Step.OfServer server) {
                    backends.add(server.backend());
                }
            }
        }
        Set<String> differing = worker.readBack(backends);
        lingering.clear();
        outcome.lingering().forEach(delete -> lingering.add(serviceOf(delete.backend())));
        if (!lingering.isEmpty()) {
            deleteAgain = world.now.plus(DELETE_REST);
        }
        if (outcome.refused().isEmpty() && differing.isEmpty()) {
            refusals = outcome.done().isEmpty() ? refusals : 0;
            return;
        }
        refusals++;
        if (refusals > 1) {
            refusals = 0;
            touched.add(new ReloadReason(Kind.REFUSED, "refused"));
        } else {
            for (MapName map : MapName.values()) {
                worker.readBack(map);
            }
            touched.addEverything();
        }
    }

    private String serviceOf(String backend) {
        String service = worker.running().serviceOf(backend);
        return service == null ? "" : service;
    }

    // ---------------------------------------------------------------- reloads

    private void byReload() {
        if (!touched.reasons().isEmpty()
                && !world.now.isBefore(limit.next(world.now, touched.urgent()))) {
            bring();
        }
    }

    private void bring() {
        limit.taken(world.now);
        filesDue = Instant.MAX;
        Saved saved = saved();
        Good next = new Good(disk.write(saved), saved);
        disk.turn(next.file(), inUse());
        if (haproxy.alive()) {
            worker.forget();
            pidBefore = haproxy.pid();
            haproxy.reload(next.file(), saved);
            coming = next;
        } else {
            start(next);
            limit.succeeded();
            touched.reloaded();
        }
    }

    private void start(Good from) {
        disk.turn(from.file(), inUse());
        haproxy.start(from.file(), from.saved());
        worker.started(from.saved());
        good = from;
    }

    private Set<Long> inUse() {
        Set<Long> used = new HashSet<>();
        if (haproxy.alive()) {
            used.add(haproxy.file());
        }
        Good last = good;
        if (last != null) {
            used.add(last.file());
        }
        return used;
    }

    private Saved saved() {
        Wanted wanted = desired.wanted(target);
        Set<String> quiet = new TreeSet<>();
        for (WantedService service : wanted.services().values()) {
            List<WantedServer> open =
                    worker.known()
                            ? ApplyPlanner.pending(service, worker.running())
                            : service.servers();
            open.stream()
                    .filter(server -> !doors.hasAnswered(server.key()))
                    .forEach(server -> quiet.add(server.name()));
        }
        return Saved.of(wanted, TOPIC, quiet);
    }

    // ---------------------------------------------------------------- supervision

    private void look() {
        if (coming != null) {
            return;
        }
        if (!haproxy.alive()) {
            worker.forget();
            dead();
        } else if (!worker.known()) {
            unknown();
        } else if (!world.now.isBefore(nextLook)) {
            nextLook = world.now.plus(LOOK);
            if (!worker.isSame()) {
                worker.forget();
            }
        } else if (sweep.findsDifference()) {
            touched.addEverything();
        }
    }

    private void dead() {
        if (!desired.known()) {
            return;
        }
        Optional<Good> last = lastKnownGood();
        if (last.isPresent()) {
            start(last.get());
            touched.addEverything();
        } else if (knockedFirst()) {
            bring();
        }
    }

    private boolean knockedFirst() {
        Instant since = knockingSince;
        if (since == null) {
            knockingSince = world.now;
            for (WantedService service : desired.wanted(target).services().values()) {
                doors.want(
                        service.name(),
                        service.servers().stream().filter(server -> !server.stopping()).toList());
            }
            return false;
        }
        return doors.silent().isEmpty() || world.now.isAfter(since.plus(KNOCK_FIRST));
    }

    private void unknown() {
        Optional<Good> last = lastKnownGood();
        if (last.isPresent() && worker.adopt(last.get().saved())) {
            if (heard || worker.running().version().compareTo(target) <= 0) {
                touched.addEverything();
            }
        } else if (desired.known()) {
            bring();
        }
    }

    // ---------------------------------------------------------------- knocks

    @Override
    public void knock(Doors.Door door, boolean proxied) {
        knocked.add(door);
    }

    @Override
    public void stop(Doors.Door door) {
        knocked.remove(door);
    }

    private void knock() {
        for (Doors.Door door : Set.copyOf(knocked)) {
            if (listens.test(door.run())) {
                knocked.remove(door);
                if (doors.answer(door.run())) {
                    touched.add(Set.of(door.service()));
                }
            }
        }
    }

    // ---------------------------------------------------------------- what is checked

    /** Whether HAProxy is what is wanted, as far as the applier knows. */
    boolean settled() {
        return coming == null
                && usable()
                && worker.isSame()
                && !touched.any()
                && touched.reasons().isEmpty()
                && worker.running().version().equals(target);
    }

    /** The servers that may get requests, by name. */
    Wanted wanted() {
        return desired.wanted(target);
    }
}
