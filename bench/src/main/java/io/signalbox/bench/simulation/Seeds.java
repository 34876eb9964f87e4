package io.signalbox.bench.simulation;

import io.signalbox.bench.simulation.Simulation.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/** Runs many seeds on several threads, each seed on one. Safe for all threads. */
public final class Seeds {
    private final long first;
    private final long count;
    private final Predicate<Outcome> each;
    private final AtomicLong next = new AtomicLong();

    /**
     * Some seeds that follow each other.
     *
     * @param each told how each run ended, in no order, one at a time; says whether to go on
     */
    public Seeds(long first, long count, Predicate<Outcome> each) {
        this.first = first;
        this.count = count;
        this.each = each;
    }

    /** Runs them all, or until told not to go on; returns when all threads have ended. */
    public void run(int threads) throws InterruptedException {
        List<Thread> running = new ArrayList<>();
        IntStream.range(0, threads)
                .forEach(
                        number ->
                                running.add(
                                        Thread.ofPlatform()
                                                .name("simulation-" + number)
                                                .start(this::work)));
        try {
            for (Thread thread : running) {
                thread.join();
            }
        } finally {
            stop();
        }
    }

    /** No further seed is begun. */
    private void stop() {
        next.set(count);
    }

    private void work() {
        long index = next.getAndIncrement();
        while (index < count) {
            Outcome outcome = Simulation.run(first + index, false);
            synchronized (this) {
                if (!each.test(outcome)) {
                    stop();
                }
            }
            index = next.getAndIncrement();
        }
    }
}
