package io.signalbox.cli.demo;

import io.signalbox.cli.load.ApplyFeed;
import io.signalbox.cli.load.Containers;
import io.signalbox.cli.load.Load;
import io.signalbox.cli.load.LoadTally;
import java.io.Console;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The demonstration on a Signalbox that runs already: containers and load, until the time is over
 * or it is interrupted.
 */
public final class Demo {

    private static final int REQUESTS_PER_SECOND = 500;
    private static final long DRAW_MS = 250;

    private final InetSocketAddress proxy;
    private final ApplyFeed feed;
    private final DemoView view;
    private final DemoLog log = new DemoLog();
    private volatile boolean over;

    /**
     * Prepares it.
     *
     * @param proxy where HAProxy listens
     */
    public Demo(InetSocketAddress proxy, ApplyFeed feed) {
        this.proxy = proxy;
        this.feed = feed;
        this.view =
                new DemoView(
                        System.out,
                        Optional.ofNullable(System.console())
                                .map(Console::isTerminal)
                                .orElse(false));
    }

    /**
     * Runs it; removes all containers that it started.
     *
     * @param length null for until interrupted
     * @return 0 when no request was lost and HAProxy followed every change, else 1
     */
    public int run(@Nullable Duration length) {
        AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
        try (Containers docker = Containers.open("demo")) {
            DemoScript script = new DemoScript(docker, feed, log);
            script.begin();
            LoadTally tally;
            try (Load load =
                    Load.start(
                            proxy,
                            List.of(DemoScript.steadyHost(), "blog.demo"),
                            REQUESTS_PER_SECOND,
                            16,
                            4)) {
                tally = load.tally();
                Thread worker =
                        Thread.ofPlatform()
                                .name("demo-script")
                                .start(() -> rounds(script, load, failure));
                watch(script, load, worker, length);
                over = true;
                worker.interrupt();
                worker.join();
            }
            view.draw(script.services(), tally, log);
            view.summary(tally, log);
            return conclude(failure.get(), tally);
        } catch (TimeoutException e) {
            System.out.println(e.getMessage());
            return 1;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 1;
        }
    }

    private void watch(DemoScript script, Load load, Thread worker, @Nullable Duration length)
            throws InterruptedException {
        long end = length == null ? Long.MAX_VALUE : System.nanoTime() + length.toNanos();
        try {
            while (worker.isAlive() && System.nanoTime() < end) {
                view.draw(script.services(), load.tally(), log);
                worker.join(DRAW_MS);
            }
        } catch (InterruptedException e) {
            if (length != null) {
                throw e;
            }
        }
    }

    private void rounds(
            DemoScript script, Load load, AtomicReference<@Nullable Exception> failure) {
        try {
            while (!Thread.interrupted()) {
                script.round(load);
            }
        } catch (InterruptedException e) {
            // The time is over.
        } catch (TimeoutException | RuntimeException e) {
            if (!over) {
                failure.set(e);
            }
        }
    }

    private static int conclude(@Nullable Exception failure, LoadTally tally) {
        if (failure != null) {
            System.out.println(failure.getMessage());
            return 1;
        }
        return tally.failed() == 0 ? 0 : 1;
    }
}
