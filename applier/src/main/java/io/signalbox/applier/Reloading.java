package io.signalbox.applier;

import io.signalbox.applier.core.Desired;
import io.signalbox.applier.core.Proxy;
import io.signalbox.applier.core.Worker;
import io.signalbox.applier.core.disk.Deployed;
import io.signalbox.applier.core.disk.Saved;
import io.signalbox.haproxy.ConfigPath;
import io.signalbox.process.StartFailure;
import io.signalbox.schemas.GroupDefinition.EntryPoint;
import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts HAProxy or makes it take over another structure: written, checked by HAProxy itself, and
 * only then put in force; back to the old one if the new one does not come up. Owned by the loop,
 * which waits meanwhile.
 */
final class Reloading implements Proxy {
    private static final Logger log = LoggerFactory.getLogger(Reloading.class);

    /** For each of: a reload, and the new worker's first answer. The loop waits meanwhile. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final Duration PAUSE = Duration.ofMillis(2);
    private static final int TRIES = 4;

    private final Haproxy haproxy;
    private final Worker worker;
    private final Deployment deployment;
    private final Desired desired;
    private final RefusedServices refusals;
    private @Nullable Deployed good;
    private @Nullable Ended ended;
    private boolean began;

    Reloading(Haproxy haproxy, Worker worker, Deployment deployment, Desired desired) {
        this.haproxy = haproxy;
        this.worker = worker;
        this.deployment = deployment;
        this.desired = desired;
        this.refusals = new RefusedServices(worker, deployment, desired);
    }

    @Override
    public boolean alive() {
        return haproxy.alive();
    }

    @Override
    public Optional<Deployed> lastKnownGood() throws IOException {
        return deployment.lastKnownGood();
    }

    @Override
    public Optional<Saved> read(ConfigPath directory) {
        return deployment.read(directory);
    }

    @Override
    public void stop() throws InterruptedException {
        haproxy.stop();
    }

    @Override
    public void isGood(Deployed deployed) {
        good = deployed;
        deployment.use(Set.of(deployed.path()));
    }

    @Override
    public void serves(ConfigPath directory) {
        Deployed last = good;
        began = true;
        Set<ConfigPath> used = new HashSet<>(Set.of(directory));
        if (last != null) {
            used.add(last.path());
        }
        deployment.use(used);
    }

    /**
     * Starts HAProxy with a configuration as it lies on the disk.
     *
     * @throws StartFailure if it never served and cannot listen
     */
    @Override
    public void startFrom(Deployed deployed) throws IOException, InterruptedException {
        if (!began) {
            checkPorts(deployed);
        }
        deployment.turn(deployed.path());
        haproxy.start();
        worker.started(deployed);
        began = true;
        isGood(deployed);
    }

    private static void checkPorts(Deployed deployed) {
        occupied(deployed.saved().wanted().frame().entryPoints())
                .ifPresent(
                        problem -> {
                            throw new StartFailure(problem);
                        });
    }

    /** Which of these HAProxy cannot listen at, and why; empty if it can at all. */
    private static Optional<String> occupied(List<EntryPoint> entries) {
        for (EntryPoint entry : entries) {
            Optional<String> obstacle = PortCheck.obstacle(entry.listen());
            if (obstacle.isPresent()) {
                return Optional.of(
                        "HAProxy cannot listen on %s (entry point %s): %s"
                                .formatted(
                                        PortCheck.name(entry.listen()),
                                        entry.name(),
                                        obstacle.get()));
            }
        }
        return Optional.empty();
    }

    /**
     * What of the new configuration's ports is occupied by others. HAProxy would find that out
     * itself, but while it tries it makes the old worker refuse connections, for a second or more.
     */
    private Optional<String> occupiedNew(Deployed next) {
        Deployed last = good;
        if (last == null) {
            return Optional.empty();
        }
        Set<Integer> held = new HashSet<>();
        last.saved().wanted().frame().entryPoints().forEach(e -> held.add(e.listen().port()));
        return occupied(
                next.saved().wanted().frame().entryPoints().stream()
                        .filter(entry -> !held.contains(entry.listen().port()))
                        .toList());
    }

    @Override
    public Optional<Ended> ended() {
        Ended last = ended;
        ended = null;
        return Optional.ofNullable(last);
    }

    /**
     * Puts what the supplier gives in force, and returns when that has ended.
     *
     * @throws StartFailure if HAProxy is to be started and cannot listen
     */
    @Override
    public void bring(Supplier<Saved> wanted) throws InterruptedException {
        try {
            ended = brought(wanted);
        } catch (IOException e) {
            worker.forget();
            ended = new Ended.Failed(e.toString());
        }
    }

    private Ended brought(Supplier<Saved> wanted) throws IOException, InterruptedException {
        desired.tryAgain();
        String words = "";
        for (int tries = 0; tries < TRIES; tries++) {
            Saved saved = wanted.get();
            Deployed deployed = deployment.write(saved, worker.capabilities());
            Optional<String> refusal = deployment.check(deployed);
            if (refusal.isEmpty()) {
                return haproxy.alive() ? reload(deployed) : start(deployed);
            }
            words = refusal.get();
            deployment.discard(deployed);
            if (!refusals.holdBack(saved, words, good)) {
                break;
            }
        }
        return new Ended.Refused(words);
    }

    private Ended start(Deployed deployed) throws IOException, InterruptedException {
        try {
            startFrom(deployed);
            return new Ended.Serving(deployed);
        } catch (IOException e) {
            haproxy.stop();
            return new Ended.Failed(String.valueOf(e.getMessage()));
        }
    }

    private Ended reload(Deployed deployed) throws IOException, InterruptedException {
        Optional<String> occupied = occupiedNew(deployed);
        if (occupied.isPresent()) {
            deployment.discard(deployed);
            return new Ended.Failed(occupied.get());
        }
        long before = answeringPid();
        worker.forget();
        deployment.turn(deployed.path());
        String failure;
        try {
            failure = haproxy.reload(worker.capabilities(), PATIENCE);
        } catch (IOException e) {
            // Whoever does not answer cannot be asked to go back either.
            turnBack(deployed);
            return new Ended.Failed(String.valueOf(e.getMessage()));
        }
        if (failure.isEmpty() && awaitOther(before)) {
            worker.started(deployed);
            isGood(deployed);
            return new Ended.Serving(deployed);
        }
        goBack(deployed);
        return new Ended.Failed(failure.isEmpty() ? "no new worker answers" : failure);
    }

    /**
     * Whoever answers now: somebody else may have reloaded it since it was looked at last. An
     * HAProxy that never had our command socket has no worker that could be mistaken.
     */
    private long answeringPid() throws IOException {
        try {
            return worker.answeringPid();
        } catch (IOException e) {
            if (worker.pid() < 0) {
                return worker.pid();
            }
            throw e;
        }
    }

    /** The old worker still serves; the master shall have a good file before it. */
    private void goBack(Deployed failed) throws IOException, InterruptedException {
        Optional<Deployed> back = turnBack(failed);
        if (back.isEmpty()) {
            return;
        }
        String failure = haproxy.reload(worker.capabilities(), PATIENCE);
        if (failure.isEmpty()) {
            isGood(back.get());
        } else {
            log.atError()
                    .addKeyValue("error", failure)
                    .log("HAProxy does not take back its last good configuration");
        }
    }

    /** What HAProxy is started with is the last good structure again; empty if there is none. */
    private Optional<Deployed> turnBack(Deployed failed) throws IOException, InterruptedException {
        Deployed last = good;
        if (last == null) {
            return Optional.empty();
        }
        Deployed back = withServicesOf(failed, last).orElse(last);
        deployment.turn(back.path());
        deployment.discard(failed);
        return Optional.of(back);
    }

    /**
     * The last good structure with the services of today: its file is as old as the last reload,
     * and a worker started with it would not know what came since, until it is told.
     */
    private Optional<Deployed> withServicesOf(Deployed failed, Deployed last)
            throws InterruptedException {
        Saved saved = last.saved();
        Saved today =
                new Saved(
                        saved.wanted().withServices(failed.saved().wanted().services()),
                        saved.topicId(),
                        failed.saved().quiet());
        if (today.equals(saved)) {
            return Optional.of(last);
        }
        try {
            Deployed written = deployment.write(today, worker.capabilities());
            if (deployment.check(written).isEmpty()) {
                return Optional.of(written);
            }
            deployment.discard(written);
        } catch (IOException e) {
            log.atWarn()
                    .addKeyValue("error", e.toString())
                    .log("back to the last good configuration as it was at the last reload");
        }
        return Optional.empty();
    }

    private boolean awaitOther(long before) throws InterruptedException {
        long until = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < until) {
            try {
                if (worker.answeringPid() != before) {
                    return true;
                }
            } catch (IOException e) {
                // The new worker takes the socket over: nobody answers for a moment.
            }
            Thread.sleep(PAUSE);
        }
        return false;
    }
}
