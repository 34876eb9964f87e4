package io.signalbox.bench.stack;

import io.signalbox.bench.faults.Command;
import io.signalbox.bench.faults.LogReader;
import io.signalbox.bench.faults.OwnEngine;
import io.signalbox.schemas.Event;
import io.signalbox.schemas.LogCodecs;
import io.signalbox.schemas.Topic;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The Compose file on an engine of its own that stops with all its containers and starts again, as
 * when a machine is rebooted.
 */
public final class StackReboot {
    private static final int REQUESTS_PER_SECOND = 20;
    private static final Duration PATIENCE = Duration.ofMinutes(4);

    private StackReboot() {}

    /** Whether everything came back, with the history from before. */
    public static boolean run(Path home, String project, Path directory)
            throws IOException, InterruptedException {
        try (OwnEngine engine = new OwnEngine(directory.resolve("engine"))) {
            engine.start();
            engine.liveRestore(false);
            String host = "unix://" + engine.socket();
            copyImages(host);
            Stack stack = Stack.extended(home, project, directory, Map.of("DOCKER_HOST", host));
            stack.up();
            awaitServed(stack);
            List<LogReader.Entry<Event>> before = facts(stack);
            System.out.printf("stopping the engine; %d facts in the log%n", before.size());
            engine.stop();
            long begin = System.nanoTime();
            engine.start();
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

    private static List<LogReader.Entry<Event>> facts(Stack stack) throws IOException {
        return stack.read(Topic.CONTAINER_EVENTS, LogCodecs::events);
    }

    /** The machine's engine has the images; this one has none. */
    private static void copyImages(String host) throws IOException {
        Command.run(
                Map.of("TO", host),
                "sh",
                "-c",
                "docker image ls --format '{{.Repository}}:{{.Tag}}' 'signalbox/*' | grep -e"
                        + " \":${SIGNALBOX_VERSION:-0.1.0}$\" -e sample: | grep -v /base: | xargs"
                        + " docker save | docker --host \"$TO\" load");
    }

    private static void awaitServed(Stack stack) throws IOException, InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        List<String> sample = stack.containers("sample");
        try (StackLoad load =
                StackLoad.start(stack.proxies(Stack.FLEETS), stack.host(), REQUESTS_PER_SECOND)) {
            while (!load.servedByAll(sample)) {
                if (System.nanoTime() > end) {
                    throw new IllegalStateException("the sample is not served: " + load.failures());
                }
                Thread.sleep(100);
            }
        }
    }
}
