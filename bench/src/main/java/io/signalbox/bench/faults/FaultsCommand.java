package io.signalbox.bench.faults;

import io.signalbox.process.StartFailure;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * {@code signalbox faults}: injects faults into a whole Signalbox and judges what comes of them.
 */
@Command(
        name = "faults",
        mixinStandardHelpOptions = true,
        description =
                "Injects faults into real processes under load, and judges by the engine, HAProxy and requests.")
public final class FaultsCommand implements Callable<Integer> {
    @Option(
            names = "--case",
            paramLabel = "NAME",
            description = "Only this case; may be given several times (default: all).")
    private List<String> cases = new ArrayList<>();

    @Option(
            names = "--rounds",
            paramLabel = "N",
            description = "How often each fault is injected (default: as each case wants).")
    private int rounds;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "Of everything that is random (default: another one each time).")
    private long seed = System.nanoTime() % 1_000_000;

    @Option(
            names = "--slack",
            paramLabel = "N",
            description =
                    "How many times longer everything may take than on a machine with nothing else to do (default: 1).")
    private int slack = 1;

    @Option(names = "--list", description = "Lists the cases and ends.")
    private boolean list;

    /** Whether each case met its criterion: 0, else 1. */
    @Override
    public Integer call() throws IOException, InterruptedException {
        if (list) {
            Cases.ALL.forEach(one -> System.out.printf("%-28s %s%n", one.name(), one.about()));
            return 0;
        }
        List<FaultCase> wanted = wanted();
        long begin = System.nanoTime();
        System.out.printf("%d cases, seed %d%n", wanted.size(), seed);
        List<String> failed = new ArrayList<>();
        Path home = Path.of(System.getProperty("signalbox.home", "."));
        try (Suite suite = new Suite(home, FaultsCommand::say, seed, slack)) {
            Runtime.getRuntime().addShutdownHook(new Thread(() -> end(suite), "faults-signal"));
            for (FaultCase one : wanted) {
                if (!suite.run(one, rounds == 0 ? one.rounds() : rounds).good()) {
                    failed.add(one.name());
                }
            }
        }
        System.out.printf(
                Locale.ROOT,
                "%d cases passed, %d failed%s, in %d s, seed %d%n",
                wanted.size() - failed.size(),
                failed.size(),
                failed.isEmpty() ? "" : " (" + String.join(", ", failed) + ")",
                (System.nanoTime() - begin) / 1_000_000_000,
                seed);
        return failed.isEmpty() ? 0 : 1;
    }

    private List<FaultCase> wanted() {
        List<FaultCase> wanted =
                Cases.ALL.stream()
                        .filter(one -> cases.isEmpty() || cases.contains(one.name()))
                        .toList();
        cases.stream()
                .filter(name -> wanted.stream().noneMatch(one -> one.name().equals(name)))
                .findFirst()
                .ifPresent(
                        name -> {
                            throw new StartFailure(
                                    "there is no case '" + name + "'; --list names all");
                        });
        return wanted;
    }

    private static void say(String line) {
        System.out.println(line);
    }

    private static void end(Suite suite) {
        try {
            suite.close();
        } catch (IOException e) {
            System.err.println("not everything was ended: " + e);
        }
    }
}
