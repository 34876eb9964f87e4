package io.signalbox.bench;

import io.signalbox.bench.fuzz.Fuzz;
import io.signalbox.bench.fuzz.Fuzz.Outcome;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code signalbox fuzz}: labels by chance, followed to the text of the configuration. */
@Command(
        name = "fuzz",
        mixinStandardHelpOptions = true,
        description = {
            "Makes labels by chance, good, nearly good and hostile ones; declares, renders and writes"
                    + " them as Signalbox does, and checks that nothing stands in the configuration"
                    + " that a container may not lead to, and that it says what was declared.",
            "Exit code 1 when a promise was broken; the seed that is printed repeats it."
        })
final class FuzzCommand implements Callable<Integer> {
    private static final long SAY_EVERY_NANOS = TimeUnit.SECONDS.toNanos(2);
    private static final int MOST_SHOWN = 5;

    @Option(
            names = "--inputs",
            paramLabel = "N",
            defaultValue = "1000000",
            description = "How many containers (default: 1000000).")
    private long inputs = 1_000_000;

    @Option(
            names = "--first-seed",
            paramLabel = "N",
            defaultValue = "0",
            description = "The first one's seed (default: 0).")
    private long firstSeed;

    private final long begun = System.nanoTime();
    private long saidAt = System.nanoTime();
    private long services;
    private long rejected;
    private long failures;

    @Override
    public Integer call() {
        for (long done = 0; done < inputs; done++) {
            Outcome outcome = Fuzz.run(firstSeed + done);
            services += outcome.services();
            rejected += outcome.rejected();
            if (outcome.problem().isPresent()) {
                show(firstSeed + done, outcome);
            }
            if (System.nanoTime() - saidAt > SAY_EVERY_NANOS) {
                saidAt = System.nanoTime();
                System.err.printf(
                        Locale.ROOT, "%d of %d inputs, %d failures%n", done, inputs, failures);
            }
        }
        System.out.printf(
                Locale.ROOT,
                "%d inputs, %d services rendered, %d labels rejected, %d failures, %.1f s%n",
                inputs,
                services,
                rejected,
                failures,
                (System.nanoTime() - begun) / 1e9);
        return failures == 0 ? 0 : 1;
    }

    private void show(long seed, Outcome outcome) {
        failures++;
        if (failures <= MOST_SHOWN) {
            System.out.println("seed " + seed + ": " + outcome.problem().orElse(""));
            outcome.labels()
                    .forEach(
                            (key, value) ->
                                    System.out.println(
                                            "    " + printable(key) + "=" + printable(value)));
        }
    }

    private static String printable(String text) {
        StringBuilder shown = new StringBuilder();
        text.chars()
                .forEach(
                        c ->
                                shown.append(
                                        c >= ' ' && c < 0x7f
                                                ? String.valueOf((char) c)
                                                : "\\u%04x".formatted(c)));
        return shown.toString();
    }
}
