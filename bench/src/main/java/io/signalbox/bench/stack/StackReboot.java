package io.signalbox.bench.stack;

import io.signalbox.bench.NotReady;
import io.signalbox.bench.faults.Command;
import io.signalbox.bench.faults.LogReader;
import io.signalbox.schemas.Event;
import io.signalbox.schemas.LogCodecs;
import io.signalbox.schemas.Topic;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The Compose file on an engine that stops with all its containers and starts again, as when a
 * machine is rebooted. The engine is the machine's, and only one that was started for this command.
 */
public final class StackReboot {
    private static final int REQUESTS_PER_SECOND = 20;
    private static final Duration PATIENCE = Duration.ofMinutes(4);

    private StackReboot() {}

    /**
     * Whether everything came back, with the history from before.
     *
     * @throws IOException if the engine is somebody else's, besides what fails otherwise
     */
    public static boolean run(Path home, String project, Path directory)
            throws IOException, InterruptedException {
        engine(home, "is-ours");
        try (Stack stack = Stack.extended(home, project, directory)) {
            stack.up();
            awaitServed(stack);
            List<LogReader.Entry<Event>> before = facts(stack);
            System.out.printf("stopping the engine; %d facts in the log%n", before.size());
            engine(home, "stop", "--with-containers");
            long begin = System.nanoTime();
            engine(home, "start");
            stack.awaitHealthy(PATIENCE);
            awaitServed(stack);
            System.out.printf(
                    Locale.ROOT,
                    "all healthy, and the sample served through both fleets, %.1f s after the"
                            + " engine's start%n",
                    (System.nanoTime() - begin) / 1e9);
            stack.scale("sample", 2);
            awaitServed(stack);
            List<LogReader.Entry<Event>> after = facts(stack);
            boolean kept = after.size() > before.size() && after.containsAll(before);
            System.out.printf(
                    "%d facts in the log, %s; %s",
                    after.size(),
                    kept ? "all from before among them" : "SOME FROM BEFORE ARE MISSING",
                    stack.cli("replay --check"));
            return kept;
        }
    }

    private static void engine(Path home, String... words) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(home.resolve("compose/prerequisites/docker-engine").toString());
        command.addAll(List.of(words));
        Command.run(command.toArray(String[]::new));
    }

    private static List<LogReader.Entry<Event>> facts(Stack stack) throws IOException {
        return stack.read(Topic.CONTAINER_EVENTS, LogCodecs::events);
    }

    private static void awaitServed(Stack stack) throws IOException, InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        List<String> sample = stack.containers("sample");
        try (StackLoad load =
                StackLoad.start(stack.proxies(Stack.FLEETS), stack.host(), REQUESTS_PER_SECOND)) {
            while (!load.servedByAll(sample)) {
                if (System.nanoTime() > end) {
                    throw new NotReady(
                            "the sample is not served after %d s: %s"
                                    .formatted(PATIENCE.toSeconds(), load.failures()),
                            "start compose/compose.yaml alone and ask: signalbox why sample");
                }
                Thread.sleep(100);
            }
        }
    }
}
