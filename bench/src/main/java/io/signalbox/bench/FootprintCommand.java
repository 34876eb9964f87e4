package io.signalbox.bench;

import io.signalbox.cli.load.Containers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * {@code signalbox bench footprint}: how fast watcher and applier are ready, each as a process of
 * its own beside a running broker, and how much memory they hold after many changes.
 */
@Command(
        name = "footprint",
        mixinStandardHelpOptions = true,
        description =
                "Measures start and memory of watcher and applier, each as a process of its own.")
final class FootprintCommand implements Callable<Integer> {

    private static final List<String> MEASURED = List.of("watcher", "applier");
    private static final String IMAGE = "signalbox/sample:1";
    private static final int PARALLEL_CHANGES = 4;
    private static final double MOST_SECONDS = 2;
    private static final double MOST_MIB = 150;

    @Option(
            names = "--runs",
            paramLabel = "N",
            defaultValue = "5",
            description = "Starts of each process; medians are printed (default: 5).")
    private int runs = 5;

    @Option(
            names = "--containers",
            paramLabel = "N",
            defaultValue = "200",
            description = "Running, routed containers (default: 200).")
    private int containers = 200;

    @Option(
            names = "--changes",
            paramLabel = "N",
            defaultValue = "1000",
            description = "Starts and stops of containers before memory is read (default: 1000).")
    private int changes = 1000;

    @Override
    public Integer call() throws Exception {
        Machine.print();
        Path directory = Files.createTempDirectory("signalbox");
        Path launcher = Path.of(System.getProperty("signalbox.home", "."), "signalbox");
        AtomicBoolean ended = new AtomicBoolean();
        try (SeparateProcesses processes = new SeparateProcesses(launcher, directory);
                Containers docker = Containers.open("footprint")) {
            atSignal(ended, processes, docker);
            processes.start(SeparateProcesses.BROKER);
            List<String> ids = startContainers(docker);
            processes.awaitLog();
            for (String process : SeparateProcesses.PROCESSES) {
                processes.start(process);
                processes.awaitReady(process);
            }
            change(docker, ids);
            boolean good = true;
            for (String process : MEASURED) {
                good &= measureMemory(processes, process);
            }
            for (String process : MEASURED) {
                good &= measureStart(processes, process);
            }
            return good ? 0 : 1;
        } finally {
            ended.set(true);
            delete(directory);
        }
    }

    /** Ends everything when this is ended before its end. */
    private static void atSignal(
            AtomicBoolean ended, SeparateProcesses processes, Containers docker) {
        Runtime.getRuntime()
                .addShutdownHook(
                        new Thread(
                                () -> {
                                    if (ended.getAndSet(true)) {
                                        return;
                                    }
                                    try {
                                        processes.close();
                                    } catch (IOException e) {
                                        System.err.println("not all processes were ended: " + e);
                                    }
                                    docker.removeAll();
                                },
                                "footprint-signal"));
    }

    private List<String> startContainers(Containers docker) {
        System.out.printf("starting %d containers%n", containers);
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < containers; i++) {
            String service = "footprint-" + i / 10;
            Map<String, String> labels =
                    Map.of("signalbox.service", service, "signalbox.host", service + ".bench");
            String name = "signalbox-bench-footprint-" + i;
            ids.add(docker.create(IMAGE, name, labels, List.of("GRACE_MS=0")));
            docker.start(ids.getLast());
        }
        return ids;
    }

    /** Starts it again and again beside everything else. */
    private boolean measureStart(SeparateProcesses processes, String process)
            throws IOException, InterruptedException {
        Quantiles seconds = new Quantiles();
        for (int run = 0; run < runs; run++) {
            processes.stop(process);
            processes.start(process);
            seconds.add(processes.awaitReady(process).toNanos() / 1e9);
        }
        System.out.printf(
                Locale.ROOT,
                "%-8s exec to ready: median %.2f s, longest %.2f s of %d starts with %d containers (limit %.0f s)%n",
                process,
                seconds.at(0.5),
                seconds.at(1),
                runs,
                containers,
                MOST_SECONDS);
        return seconds.at(0.5) <= MOST_SECONDS;
    }

    /** Stops and starts the containers in turn, a few at a time. */
    private void change(Containers docker, List<String> ids) throws Exception {
        System.out.printf("%d changes%n", changes);
        List<Future<?>> done = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(PARALLEL_CHANGES)) {
            for (int pair = 0; pair < changes / 2; pair++) {
                String id = ids.get(pair % ids.size());
                done.add(
                        threads.submit(
                                () -> {
                                    docker.stop(id);
                                    docker.start(id);
                                }));
            }
            for (Future<?> change : done) {
                change.get();
            }
        }
    }

    private boolean measureMemory(SeparateProcesses processes, String process) throws IOException {
        double mib = residentKib(processes.pid(process)) / 1024.0;
        System.out.printf(
                Locale.ROOT,
                "%-8s VmRSS %.0f MiB after %d changes with %d containers (limit %.0f)%n",
                process,
                mib,
                changes,
                containers,
                MOST_MIB);
        return mib <= MOST_MIB;
    }

    private static long residentKib(long pid) throws IOException {
        try (Stream<String> lines = Files.lines(Path.of("/proc", Long.toString(pid), "status"))) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                    .map(line -> line.replaceAll("\\D", ""))
                    .mapToLong(Long::parseLong)
                    .findFirst()
                    .orElseThrow();
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
