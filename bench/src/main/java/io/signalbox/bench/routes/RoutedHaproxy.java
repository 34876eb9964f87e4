package io.signalbox.bench.routes;

import io.signalbox.applier.RuntimeSocket;
import io.signalbox.applier.core.AddressChoice;
import io.signalbox.applier.core.Desired;
import io.signalbox.applier.core.disk.ConfigFiles;
import io.signalbox.applier.core.disk.Saved;
import io.signalbox.applier.core.plan.Version;
import io.signalbox.haproxy.CertificateFiles;
import io.signalbox.haproxy.ConfigPath;
import io.signalbox.haproxy.Configuration;
import io.signalbox.haproxy.HaproxyVersion;
import io.signalbox.haproxy.LocalSettings;
import io.signalbox.haproxy.LocalSettings.LogTarget;
import io.signalbox.haproxy.MapName;
import io.signalbox.haproxy.Reply;
import io.signalbox.haproxy.RuntimeCommand;
import io.signalbox.haproxy.RuntimeLine;
import io.signalbox.renderer.core.GroupRenderer;
import io.signalbox.renderer.core.ServiceView;
import io.signalbox.schemas.ApplyResult.Reach;
import io.signalbox.schemas.Cause;
import io.signalbox.schemas.ConfigRecord.Candidate;
import io.signalbox.schemas.ConfigRecord.HeldRoute;
import io.signalbox.schemas.ConfigRecord.Part;
import io.signalbox.schemas.ConfigRecord.Server;
import io.signalbox.schemas.ConfigRecord.ServerOptions;
import io.signalbox.schemas.ConfigRecord.Service;
import io.signalbox.schemas.GroupDefinition;
import io.signalbox.schemas.GroupDefinition.Listen;
import io.signalbox.schemas.Policy;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ThreadLocalRandom;

/** A real HAProxy with one service and some routes to it, configured as an applier does it. */
final class RoutedHaproxy implements AutoCloseable {
    private static final String HOST = "h";
    private static final long NANOS_OF_TICK = 10_000_000;
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Cause CAUSE =
            new Cause(0, 1, "bench", null, Instant.EPOCH, Instant.EPOCH, null);

    private final Path directory;
    private final int port;
    private final Process process;

    /** Starts it; what it is made of lies in the directory. */
    RoutedHaproxy(Path binary, Path directory, List<HeldRoute> routes, int application)
            throws IOException, InterruptedException {
        this.directory = Files.createDirectories(directory);
        this.port = freePort();
        Configuration.Files files = files(parts(routes, application));
        Path config = directory.resolve("haproxy.cfg");
        Files.writeString(config, files.haproxyCfg());
        Files.createDirectories(directory.resolve("maps"));
        for (Map.Entry<MapName, String> map : files.maps().entrySet()) {
            Files.writeString(
                    directory.resolve("maps").resolve(map.getKey().fileName()), map.getValue());
        }
        process =
                new ProcessBuilder(binary.toString(), "-db", "-f", config.toString())
                        .redirectErrorStream(true)
                        .redirectOutput(directory.resolve("log").toFile())
                        .start();
        awaitSocket();
    }

    private void awaitSocket() throws IOException, InterruptedException {
        long until = System.nanoTime() + PATIENCE.toNanos();
        while (!Files.exists(socket()) && process.isAlive() && System.nanoTime() < until) {
            Thread.sleep(10);
        }
        if (!Files.exists(socket())) {
            process.destroy();
            throw new IOException(
                    "HAProxy did not start: "
                            + Files.readString(directory.resolve("log"), StandardCharsets.UTF_8));
        }
    }

    private Path socket() {
        return directory.resolve("runtime.sock");
    }

    private Map<String, Part> parts(List<HeldRoute> routes, int application) {
        Map<String, Part> parts = new TreeMap<>();
        new GroupRenderer(group(), new ServiceView(1), Map.of())
                .plan()
                .changed()
                .forEach((name, content) -> parts.put(name, new Part(name, 1, 1, content)));
        Server server =
                new Server(
                        "app.1",
                        HOST,
                        "1",
                        null,
                        1,
                        false,
                        List.of(
                                new Candidate(
                                        Candidate.Kind.PUBLISHED,
                                        HOST,
                                        "",
                                        "127.0.0.1",
                                        application)),
                        CAUSE);
        parts.put(
                "service/app",
                new Part(
                        "service/app",
                        1,
                        1,
                        new Service(
                                "app",
                                List.of("    balance roundrobin"),
                                new ServerOptions(0, 3, 1),
                                List.of(server),
                                routes,
                                List.of(),
                                Policy.NONE)));
        return parts;
    }

    private Configuration.Files files(Map<String, Part> parts) {
        Desired desired = new Desired(new AddressChoice(new Reach(HOST, List.of()), true));
        desired.accept(parts, true);
        if (!desired.leftOut().isEmpty()) {
            throw new IllegalStateException("not put in force: " + desired.leftOut());
        }
        return ConfigFiles.of(
                Saved.of(desired.wanted(new Version(1, 1)), "topic", Set.of()),
                new LocalSettings(
                        new ConfigPath(socket().toString()),
                        new ConfigPath(directory.resolve("maps").toString()),
                        new CertificateFiles(
                                new ConfigPath(directory.resolve("certificates").toString())),
                        LogTarget.OPERATOR,
                        Optional.empty(),
                        List.of("nbthread 1")),
                HaproxyVersion.of("2.6").capabilities());
    }

    private GroupDefinition group() {
        GroupDefinition standard =
                GroupDefinition.builtIn(GroupDefinition.DEFAULT, new Listen("127.0.0.1", port));
        return new GroupDefinition(
                standard.name(),
                standard.selector(),
                standard.entryPoints(),
                standard.oldestHaproxy(),
                standard.addressMode(),
                null,
                standard.defaults(),
                null,
                standard.spares(),
                false);
    }

    private static int freePort() throws IOException {
        while (true) {
            try (ServerSocket socket =
                    new ServerSocket(ThreadLocalRandom.current().nextInt(10_000, 32_768))) {
                return socket.getLocalPort();
            } catch (java.net.BindException e) {
                // Taken: the next one.
            }
        }
    }

    int port() {
        return port;
    }

    /** CPU time that it has used, to ten milliseconds. */
    Duration cpuTime() throws IOException {
        String stat = Files.readString(Path.of("/proc/" + process.pid() + "/stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        long ticks = Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
        return Duration.ofNanos(ticks * NANOS_OF_TICK);
    }

    /** Sends commands as an applier does. */
    List<Reply> run(RuntimeCommand... commands) throws IOException {
        return new RuntimeSocket(socket(), PATIENCE).call(new RuntimeLine(List.of(commands)));
    }

    /** The map of routes, as commands name it. */
    ConfigPath routes() {
        return MapName.ROUTES.in(new ConfigPath(directory.resolve("maps").toString()));
    }

    @Override
    public void close() {
        process.destroy();
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
