package io.signalbox.process;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One running process: its named threads, what must be closed, and what every process has. Several
 * may run in one JVM; nothing here is global.
 *
 * <p>Closing goes backwards through what was registered, under one deadline: a thread that was
 * started after its producer was made is ended before that producer is closed. An exception that
 * leaves a thread's body is a bug (or a {@link StartFailure}); it is reported once, and whoever
 * runs the process closes it.
 */
public final class ProcessRuntime implements AutoCloseable {
    /** The longest an orderly end may take. */
    static final Duration CLOSE_DEADLINE = Duration.ofSeconds(10);

    private static final Duration WAKE_PATIENCE = Duration.ofSeconds(2);
    private static final Logger log = LoggerFactory.getLogger(ProcessRuntime.class);

    private final String name;
    private final CommonSettings common;
    private final Consumer<Throwable> onFatal;
    private final Readiness readiness;
    private final Metrics metrics;
    private final KafkaClients kafka;
    private final HttpEndpoint http;
    private final Deque<Step> steps = new ArrayDeque<>();
    private final AtomicBoolean failed = new AtomicBoolean();
    private final AtomicBoolean closed = new AtomicBoolean();

    private ProcessRuntime(
            ProcessDefinition definition, SettingValues values, Consumer<Throwable> onFatal) {
        this.name = definition.name();
        this.common = CommonSettings.from(values, definition.httpListen());
        this.onFatal = onFatal;
        this.readiness = new Readiness(name);
        this.metrics = new Metrics(name, definition.labels(values));
        this.kafka = KafkaClients.patient(name, common);
        gauges(Instant.now());
        this.http =
                HttpEndpoint.open(
                        name,
                        definition.httpListen().key(),
                        common.httpListen(),
                        readiness,
                        metrics);
    }

    /**
     * Starts a process and returns when its parts are made.
     *
     * @param onFatal told once, on the failing thread, of what ends the process; must not block
     * @throws StartFailure if it cannot run
     */
    public static ProcessRuntime start(
            ProcessDefinition definition, SettingValues values, Consumer<Throwable> onFatal) {
        ProcessRuntime runtime = new ProcessRuntime(definition, values, onFatal);
        runtime.closing("http endpoint", runtime.http);
        try {
            // Else the endpoint would say ready as long as no condition is declared.
            Readiness.Condition started = runtime.readiness.condition("start");
            definition.start(values, runtime);
            started.holds();
        } catch (RuntimeException e) {
            runtime.close();
            throw e;
        }
        return runtime;
    }

    private void gauges(Instant started) {
        metrics.gauge("ready", "1 while the process is ready.", () -> readiness.ready() ? 1 : 0);
        metrics.gauge(
                "start.time.seconds",
                "When the process was started, in seconds since 1970.",
                started::getEpochSecond);
        metrics.gauge(
                "lag.records", "Records of the log that the process has not read yet.", kafka::lag);
        metrics.gauge(
                "poll.age.seconds",
                "How long ago the one of its readers asked for records that has not for longest.",
                kafka::pollAge);
    }

    /** The process' name. */
    public String name() {
        return name;
    }

    /** The settings that every process has. */
    public CommonSettings common() {
        return common;
    }

    /** The conditions of being ready. */
    public Readiness readiness() {
        return readiness;
    }

    /** The process' meters. */
    public Metrics metrics() {
        return metrics;
    }

    /** Makes Kafka clients. */
    public KafkaClients kafka() {
        return kafka;
    }

    /** The process' Vert.x endpoint, already listening; routes may be added to its router. */
    public HttpEndpoint http() {
        return http;
    }

    /** Registers something to be closed at the end, before all that was registered earlier. */
    public synchronized <T extends AutoCloseable> T closing(String what, T resource) {
        steps.push(new Step(what, resource));
        return resource;
    }

    /** Runs a body on a thread {@code <process>-<role>}; at the end the thread is interrupted. */
    public Thread run(String role, Body body) {
        return start(new RoleThread(role, body, () -> {}, Duration.ZERO));
    }

    /**
     * Runs a body on a thread {@code <process>-<role>}. At the end its {@link Stop} turns true and
     * {@code wake} is called, such as {@code consumer::wakeup}; only if the thread has not ended
     * two seconds later is it interrupted.
     */
    public Thread run(String role, Body body, Runnable wake) {
        return start(new RoleThread(role, body, wake, WAKE_PATIENCE));
    }

    /** Reports what ends the process; only the first one counts. Returns at once. */
    public void fatal(Throwable failure) {
        if (!closed.get() && failed.compareAndSet(false, true)) {
            onFatal.accept(failure);
        }
    }

    /** Ends all threads and closes all that was registered, newest first, within ten seconds. */
    @Override
    public void close() {
        if (closed.getAndSet(true)) {
            return;
        }
        long started = System.nanoTime();
        for (Step step = next(); step != null; step = next()) {
            Duration remaining = CLOSE_DEADLINE.minusNanos(System.nanoTime() - started);
            close(step, remaining.dividedBy(2));
        }
        log.atInfo()
                .addKeyValue("process", name)
                .addKeyValue("tookMs", (System.nanoTime() - started) / 1_000_000)
                .log("stopped");
    }

    private Thread start(RoleThread role) {
        synchronized (this) {
            steps.push(new Step("thread " + role.thread.getName(), role::end));
        }
        role.thread.start();
        return role.thread;
    }

    private synchronized @Nullable Step next() {
        return steps.poll();
    }

    /**
     * Closes one thing within half of what remains, so that one that hangs leaves time for others.
     */
    private void close(Step step, Duration remaining) {
        Thread closer =
                Thread.ofPlatform().daemon().name(name + "-close").unstarted(() -> closeNow(step));
        closer.start();
        try {
            if (remaining.isPositive() && closer.join(remaining)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        closer.interrupt();
        log.atWarn()
                .addKeyValue("process", name)
                .addKeyValue("what", step.what())
                .log("did not stop in time");
    }

    private void closeNow(Step step) {
        try {
            step.closing().close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Exception e) {
            log.atWarn()
                    .addKeyValue("process", name)
                    .addKeyValue("what", step.what())
                    .addKeyValue("error", e)
                    .log("failed to close");
        }
    }

    /** What a thread does until it is told to stop; it may return only then. */
    @FunctionalInterface
    public interface Body {
        /** Runs until {@code stop} is requested. */
        void run(Stop stop) throws Exception;
    }

    /** Whether a thread should end. */
    @FunctionalInterface
    public interface Stop {
        /** Whether it should end now. */
        boolean requested();
    }

    private record Step(String what, AutoCloseable closing) {}

    /** A thread, how it is told to stop, and how long it may take until it is interrupted. */
    private final class RoleThread {
        private final Thread thread;
        private final Runnable wake;
        private final Duration patience;
        private volatile boolean stop;

        private RoleThread(String role, Body body, Runnable wake, Duration patience) {
            this.thread =
                    Thread.ofPlatform()
                            .daemon()
                            .name(name + "-" + role)
                            .unstarted(() -> guard(role, body));
            this.wake = wake;
            this.patience = patience;
        }

        private void guard(String role, Body body) {
            try {
                body.run(() -> stop);
                if (!stop) {
                    fatal(new IllegalStateException("thread " + role + " ended by itself"));
                }
            } catch (Throwable e) {
                if (!stop) {
                    fatal(e);
                }
            }
        }

        private void end() throws InterruptedException {
            stop = true;
            wake.run();
            if (patience.isZero() || !thread.join(patience)) {
                thread.interrupt();
                thread.join();
            }
        }
    }
}
