package io.signalbox.bench;

import io.signalbox.bench.stack.Stack;
import io.signalbox.bench.stack.StackReboot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code signalbox bench stack}: the Compose file as a whole, on this machine's engine. */
@Command(
        name = "stack",
        mixinStandardHelpOptions = true,
        description = {
            "Brings up compose/compose.yaml as a project of its own, scales its sample under load,",
            "adds a fleet, cuts an HAProxy off from Kafka, and takes everything away."
        })
final class StackCommand implements Callable<Integer> {
    private static final String PROJECT = "signalbox-bench";
    private static final Path GROUPS = Path.of("/sys/fs/cgroup/cpu");
    private static final long USUAL_SHARES = 1024;

    @Option(
            names = "--rounds",
            paramLabel = "N",
            defaultValue = "5",
            description = "How often the sample is scaled up and down (default: 5).")
    private int rounds = 5;

    @Option(
            names = "--servers",
            paramLabel = "N",
            defaultValue = "20",
            description = "To how many containers (default: 20).")
    private int servers = 20;

    @Option(
            names = "--rate",
            paramLabel = "N",
            defaultValue = "50",
            description = "Requests a second on each HAProxy (default: 50).")
    private int rate = 50;

    @Option(
            names = "--cut",
            paramLabel = "SECONDS",
            defaultValue = "300",
            description = "How long an HAProxy is cut off from Kafka (default: 300).")
    private int cutSeconds = 300;

    @Option(
            names = "--reboot",
            description =
                    "Instead: the engine is stopped and started again, and the history must go on."
                            + " Not with an engine that ran before this command.")
    private boolean reboot;

    @Override
    public Integer call() throws Exception {
        Machine.print();
        sayWeight();
        Path home = Path.of(System.getProperty("signalbox.home", "."));
        Path directory = Files.createTempDirectory("signalbox-stack");
        try {
            return reboot
                    ? StackReboot.run(home, PROJECT, directory) ? 0 : 1
                    : measure(home, directory);
        } finally {
            delete(directory);
        }
    }

    /** Without systemd all containers share one weight, by which the figures rise and fall. */
    private static void sayWeight() throws IOException {
        Path shares = GROUPS.resolve("docker/cpu.shares");
        if (Files.isReadable(shares)) {
            System.out.printf(
                    "all containers together weigh %d times as much as %s%n",
                    Long.parseLong(Files.readString(shares).strip()) / USUAL_SHARES,
                    Files.exists(GROUPS.resolve("signalbox-engine"))
                            ? "the engine, a control group of its own"
                            : "each thread of the engine");
        }
    }

    private int measure(Path home, Path directory) throws IOException, InterruptedException {
        AtomicBoolean ended = new AtomicBoolean();
        try (Stack stack = Stack.extended(home, PROJECT, directory)) {
            Runtime.getRuntime()
                    .addShutdownHook(new Thread(() -> end(stack, ended), "stack-signal"));
            StackBench bench = new StackBench(stack, rate);
            bench.bringUp();
            bench.scale(rounds, servers);
            bench.addFleet();
            bench.cutOff(Duration.ofSeconds(cutSeconds));
            List<String> missed = bench.missed();
            missed.forEach(line -> System.out.println("MISSED " + line));
            return missed.isEmpty() ? 0 : 1;
        } finally {
            ended.set(true);
        }
    }

    /** Takes everything away when this is ended before its end. */
    private static void end(Stack stack, AtomicBoolean ended) {
        if (ended.getAndSet(true)) {
            return;
        }
        try {
            stack.close();
        } catch (IOException e) {
            System.err.println("not everything was taken away: " + e);
        }
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
