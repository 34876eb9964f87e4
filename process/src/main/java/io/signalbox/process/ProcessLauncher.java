package io.signalbox.process;

import java.lang.management.ManagementFactory;
import java.security.Security;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs a process, or several, as this JVM's purpose: until SIGTERM, Ctrl-C or a fatal failure. The
 * only place that knows of exit codes and shutdown hooks.
 *
 * <p>Exit codes: 0 after an orderly end, {@link StartFailure#EXIT_CODE} for what keeps it from
 * running (plain lines on standard error), 1 for a bug (logged).
 */
public final class ProcessLauncher {
    private static final Logger log = LoggerFactory.getLogger(ProcessLauncher.class);
    private static final int BUG_EXIT_CODE = 1;
    private static final Duration LAST_PATIENCE =
            ProcessRuntime.CLOSE_DEADLINE.plus(Duration.ofSeconds(10));

    private final String name;
    private final CountDownLatch stop = new CountDownLatch(1);
    private final CountDownLatch ended = new CountDownLatch(1);
    private final AtomicReference<Throwable> fatal = new AtomicReference<>();
    private volatile int exitCode = BUG_EXIT_CODE;

    private ProcessLauncher(String name) {
        this.name = name;
    }

    /** Starts what this JVM is for; the result is closed at the end. */
    @FunctionalInterface
    public interface Start {
        /** Starts it, handing on the callback for fatal failures. */
        AutoCloseable start(Consumer<Throwable> onFatal) throws Exception;
    }

    /** Runs one process with these settings until its end, and answers the exit code. */
    public static int run(ProcessDefinition definition, SettingSources sources) {
        return run(
                definition.name(),
                onFatal -> {
                    KnownSettings known = KnownSettings.load(List.of());
                    SettingValues values =
                            SettingValues.read(definition.settings(), known, sources);
                    Logging.configure(
                            values.get(CommonSettings.LOG_FORMAT),
                            values.get(CommonSettings.LOG_LEVEL));
                    print(definition.name(), values);
                    return ProcessRuntime.start(definition, values, onFatal);
                });
    }

    /** Runs anything until its end, and answers the exit code. */
    public static int run(String name, Start start) {
        return new ProcessLauncher(name).run(start);
    }

    /**
     * Has something loaded on a thread of its own, so that whoever needs it finds it loaded: a
     * start is quicker with two cores. What fails is left to that user to report.
     */
    public static void inAdvance(String name, Runnable loading) {
        Thread thread = Thread.ofPlatform().daemon().name(name + "-in-advance").unstarted(loading);
        thread.setUncaughtExceptionHandler((_, failure) -> log.atDebug().setCause(failure).log());
        thread.start();
    }

    /** Logs the settings that hold, secrets masked. */
    public static void print(String name, SettingValues values) {
        for (SettingValues.Effective value : values.effective()) {
            log.atInfo()
                    .addKeyValue("process", name)
                    .addKeyValue("key", value.key())
                    .addKeyValue("value", value.shown())
                    .addKeyValue("from", value.source())
                    .log("setting");
        }
    }

    private int run(Start start) {
        // Java would remember for ten seconds that a name could not be looked up, also when the
        // network is back.
        Security.setProperty("networkaddress.cache.negative.ttl", "0");
        // Kafka's clients register with it, which costs the first of them 0.13 s.
        inAdvance(name, ManagementFactory::getPlatformMBeanServer);
        Thread hook = new Thread(this::stopBySignal, name + "-signal");
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            AutoCloseable running = start.start(this::failed);
            stop.await();
            running.close();
        } catch (Exception e) {
            failed(e);
        }
        exitCode = outcome();
        ended.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The JVM is on its way down already: the hook ends it with the exit code.
        }
        return exitCode;
    }

    private void failed(Throwable failure) {
        fatal.compareAndSet(null, failure);
        stop.countDown();
    }

    private int outcome() {
        Throwable failure = fatal.get();
        if (failure == null) {
            return 0;
        }
        if (failure instanceof StartFailure refused) {
            return refuse(name, refused);
        }
        log.atError().addKeyValue("process", name).setCause(failure).log("stopped by a bug");
        return BUG_EXIT_CODE;
    }

    /** Ends the JVM with the launcher's exit code instead of the signal's. */
    private void stopBySignal() {
        stop.countDown();
        try {
            if (!ended.await(LAST_PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                log.atError().addKeyValue("process", name).log("did not end in time");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Runtime.getRuntime().halt(exitCode);
    }

    private static int refuse(String name, StartFailure failure) {
        failure.lines().forEach(line -> System.err.println("signalbox " + name + ": " + line));
        return StartFailure.EXIT_CODE;
    }
}
