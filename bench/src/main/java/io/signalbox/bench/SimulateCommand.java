package io.signalbox.bench;

import io.signalbox.bench.simulation.Seeds;
import io.signalbox.bench.simulation.Simulation;
import io.signalbox.bench.simulation.Simulation.Outcome;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code signalbox simulate}: the whole of Signalbox in virtual time, under faults. */
@Command(
        name = "simulate",
        mixinStandardHelpOptions = true,
        description = {
            "Runs all of Signalbox' decisions on one seeded scheduler with virtual time, against"
                    + " engines, a log, HAProxys and disks that fail; checks its promises at every"
                    + " step, and that it converges once the faults stop.",
            "Exit code 1 when a promise was broken; the seed that is printed repeats it."
        })
final class SimulateCommand implements Callable<Integer> {
    private static final long SAY_EVERY_NANOS = TimeUnit.SECONDS.toNanos(2);

    @Option(
            names = "--seeds",
            paramLabel = "N",
            defaultValue = "1000",
            description = "How many seeds (default: 1000).")
    private long seeds = 1_000;

    @Option(
            names = "--first-seed",
            paramLabel = "N",
            defaultValue = "0",
            description = "The first of them (default: 0).")
    private long firstSeed;

    @Option(
            names = "--trace",
            description = "With one seed: prints all that happens, and a hash over it.")
    private boolean trace;

    private final long begun = System.nanoTime();
    private long done;
    private long steps;
    private long faults;
    private long failures;
    private long saidAt = System.nanoTime();

    @Override
    public Integer call() throws InterruptedException {
        if (trace && seeds != 1) {
            System.err.println("simulate: --trace is for one seed: add --seeds 1");
            return 2;
        }
        if (trace) {
            Outcome outcome = Simulation.run(firstSeed, true);
            outcome.trace().forEach(System.out::println);
            System.out.println("trace " + outcome.traceHash());
            boolean _ = ended(outcome);
        } else {
            new Seeds(firstSeed, seeds, this::ended)
                    .run(Runtime.getRuntime().availableProcessors());
        }
        System.out.printf(
                Locale.ROOT,
                "seeds %d, steps %d, faults injected %d, failures %d, in %.1f s%n",
                done,
                steps,
                faults,
                failures,
                (System.nanoTime() - begun) / 1e9);
        if (done < seeds) {
            System.out.printf("%d seeds broke off%n", seeds - done);
        }
        return failures == 0 && done == seeds ? 0 : 1;
    }

    /** Called for one run at a time. */
    private boolean ended(Outcome outcome) {
        done++;
        steps += outcome.steps();
        faults += outcome.faults();
        outcome.violation().ifPresent(violation -> failed(outcome.seed(), violation));
        long now = System.nanoTime();
        if (now - saidAt > SAY_EVERY_NANOS && done < seeds) {
            saidAt = now;
            System.out.printf(
                    Locale.ROOT,
                    "%d of %d seeds, %d failures, %.0f seeds/s%n",
                    done,
                    seeds,
                    failures,
                    done / ((now - begun) / 1e9));
        }
        return true;
    }

    private void failed(long seed, String violation) {
        failures++;
        System.out.println("seed " + seed + ": " + violation);
        System.out.println(
                "  again: ./signalbox simulate --first-seed " + seed + " --seeds 1 --trace");
    }
}
