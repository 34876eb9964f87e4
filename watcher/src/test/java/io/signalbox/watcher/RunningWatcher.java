package io.signalbox.watcher;

import io.signalbox.process.Metrics;
import io.signalbox.process.Outage;
import io.signalbox.process.Readiness;
import io.signalbox.schemas.Container;
import io.signalbox.schemas.Event;
import io.signalbox.schemas.Fact;
import io.signalbox.watcher.core.AllowList;
import io.signalbox.watcher.core.WatcherCore;
import io.signalbox.watcher.core.WatcherLimits;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import org.awaitility.Awaitility;
import org.slf4j.LoggerFactory;

/** A watcher on a real engine with a log in memory. */
final class RunningWatcher implements AutoCloseable {
    static final String HOST = "test-host";

    private final Readiness readiness = new Readiness("watcher");
    private final Metrics metrics = new Metrics("watcher");
    private final Inbox inbox = new Inbox(65_536);
    private final RecordingFactLog log = new RecordingFactLog(inbox);
    private final AtomicReference<Throwable> fatal = new AtomicReference<>();
    private final DockerSource source;
    private final Thread thread;
    private volatile boolean stopped;

    RunningWatcher(EngineAddress address, WatcherLimits limits, Duration deadline) {
        DockerSource.Settings settings =
                new DockerSource.Settings(
                        address,
                        deadline,
                        "192.0.2.10",
                        "boot",
                        AllowList.labels(List.of()),
                        AllowList.environment(List.of()));
        InstantSource clock = InstantSource.system();
        Outage away =
                new Outage(
                        LoggerFactory.getLogger(RunningWatcher.class),
                        readiness.condition("docker"),
                        clock);
        source = new DockerSource(settings, inbox, away, fatal::set, _ -> {});
        WatcherLoop loop =
                new WatcherLoop(
                        HOST,
                        new WatcherCore(HOST, limits, List.of()),
                        inbox,
                        source,
                        log,
                        new WatcherMetrics(metrics),
                        readiness.condition("snapshot"),
                        clock);
        thread = Thread.ofPlatform().name("watcher-loop").start(() -> run(loop));
    }

    static RunningWatcher onLocalEngine() {
        return new RunningWatcher(
                EngineAddress.of(EngineAddress.DEFAULT_HOST, Optional.empty()),
                WatcherLimits.DEFAULT,
                Duration.ofSeconds(5));
    }

    private void run(WatcherLoop loop) {
        try {
            loop.run(() -> stopped);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    RunningWatcher ready() {
        Awaitility.await().atMost(Duration.ofSeconds(20)).until(readiness::ready);
        return this;
    }

    Readiness readiness() {
        return readiness;
    }

    Metrics metrics() {
        return metrics;
    }

    Optional<Throwable> fatal() {
        return Optional.ofNullable(fatal.get());
    }

    List<Event> events() {
        return log.events();
    }

    /** Waits for an event from this place on, and answers it. */
    Event await(int from, Predicate<Fact> wanted) {
        return Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(5))
                .until(() -> find(from, wanted), Optional::isPresent)
                .orElseThrow();
    }

    Optional<Event> find(int from, Predicate<Fact> wanted) {
        return events().stream().skip(from).filter(event -> wanted.test(event.fact())).findFirst();
    }

    static Predicate<Fact> observed(String id, Predicate<Container> wanted) {
        return fact ->
                fact instanceof Fact.ContainerObserved(Container container)
                        && container.id().equals(id)
                        && wanted.test(container);
    }

    static Predicate<Fact> running(String id) {
        return observed(id, container -> container.state() == Container.State.RUNNING);
    }

    @Override
    public void close() {
        stopped = true;
        thread.interrupt();
        source.close();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
