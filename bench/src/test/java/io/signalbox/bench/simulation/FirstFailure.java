package io.signalbox.bench.simulation;

import io.signalbox.bench.simulation.Simulation.Outcome;
import java.util.Optional;
import java.util.concurrent.Callable;

/** Looks for a seed that fails; loaded beside the classes that it runs. */
public final class FirstFailure implements Callable<String> {
    private static final int SEEDS = 1_000;

    private final long from;
    private String failure = "";

    /** One that begins with that seed. */
    public FirstFailure(long from) {
        this.from = from;
    }

    /** The first that fails of 1,000 seeds, and how; empty if none does. */
    @Override
    public String call() throws InterruptedException {
        new Seeds(from, SEEDS, this::isFine).run(2);
        return failure;
    }

    /** Called for one run at a time. */
    private boolean isFine(Outcome outcome) {
        Optional<String> violation = outcome.violation();
        if (violation.isPresent() && failure.isEmpty()) {
            failure = "seed %d: %s".formatted(outcome.seed(), violation.get());
        }
        return violation.isEmpty();
    }
}
