package io.signalbox.bench;

import io.signalbox.cli.EphemeralSignalbox;
import io.signalbox.cli.load.Containers;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code signalbox bench latency}: from the engine's event to the first, or last, request. */
@Command(
        name = "latency",
        mixinStandardHelpOptions = true,
        description =
                "Measures container start to first request, and stop signal to last request, on the real chain.")
final class LatencyCommand implements Callable<Integer> {

    private static final double SECONDS_PER_CHANGE = 1.6;

    @Option(
            names = "--runs",
            paramLabel = "N",
            defaultValue = "1",
            description = "Runs; medians over them are printed (default: 1, published: 5).")
    private int runs = 1;

    @Option(
            names = "--changes",
            paramLabel = "N",
            defaultValue = "50",
            description = "Changes of each kind in a run (default: 50, published: 200).")
    private int changes = 50;

    @Option(
            names = "--others",
            paramLabel = "N",
            defaultValue = "200",
            description =
                    "Other running, routed containers in the second half; 0 leaves it out (default: 200).")
    private int others = 200;

    @Override
    public Integer call() throws Exception {
        Machine.print();
        int halves = others > 0 ? 2 : 1;
        System.out.printf(
                Locale.ROOT,
                "%d run(s) of %d changes of each kind%s: about %.0f minutes%n",
                runs,
                changes,
                others > 0 ? ", alone and with " + others + " other containers" : "",
                Math.ceil((runs * changes * SECONDS_PER_CHANGE * halves + 60 + others * 0.4) / 60));
        System.out.println(
                "The measured application goes on serving for 300 ms after SIGTERM and then exits.");
        try (EphemeralSignalbox signalbox = EphemeralSignalbox.start(8080, LatencyCommand::failed);
                Containers docker = Containers.open("bench");
                EngineTimes engine = new EngineTimes()) {
            LatencyBench bench = new LatencyBench(signalbox, docker, engine);
            boolean good = measure(bench, "alone");
            if (others > 0) {
                System.out.println("starting " + others + " other containers");
                bench.startOthers(others);
                good &= measure(bench, "with " + others + " others");
            }
            return good ? 0 : 1;
        }
    }

    private boolean measure(LatencyBench bench, String title) throws Exception {
        List<LatencyBench.Run> done = new ArrayList<>();
        for (int run = 1; run <= runs; run++) {
            System.out.printf("%s, run %d of %d%n", title, run, runs);
            done.add(bench.run(changes));
        }
        System.out.printf("%n%s: median of %d run(s) of %d changes%n", title, runs, changes);
        print(
                "known service: start → first request",
                done.stream().map(LatencyBench.Run::known).toList());
        print(
                "known service: stop signal → last request",
                done.stream().map(LatencyBench.Run::stop).toList());
        print(
                "new service: start → first request",
                done.stream().map(LatencyBench.Run::fresh).toList());
        List<String> faults = done.stream().flatMap(run -> run.faults().stream()).toList();
        faults.forEach(fault -> System.out.println("FAULT " + fault));
        System.out.println();
        return faults.isEmpty();
    }

    private static void print(String name, List<Series> runs) {
        System.out.printf(
                Locale.ROOT,
                "  %-42s p50 %6.1f  p90 %6.1f  p99 %6.1f  max %6.1f ms   %s%n",
                name,
                median(runs, 0.5),
                median(runs, 0.9),
                median(runs, 0.99),
                median(runs, 1),
                runs.getLast().ways());
        System.out.println("      p50 by hop, ms: " + runs.getLast().hops());
    }

    /** The median over the runs of one quantile. */
    private static double median(List<Series> runs, double share) {
        Quantiles values = new Quantiles();
        runs.forEach(run -> values.add(run.whole().at(share)));
        return values.at(0.5);
    }

    private static void failed(Throwable failure) {
        System.out.println("FAULT a process failed: " + failure);
    }
}
