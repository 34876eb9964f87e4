package io.signalbox.bench.faults;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A Docker engine of the suite's own, beside the machine's: its data, its socket and its containerd
 * lie in one directory, and its containers outlive it. It shares the machine's network, or is in a
 * network namespace like the engine of another host. Used by one thread, and closed by any.
 */
public final class OwnEngine implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration PAUSE = Duration.ofMillis(2);

    /** Of its own: an engine that is started without any removes the bridge of the machine's. */
    private static final String BRIDGE = "sbfaults0";

    private static final String BRIDGE_ADDRESS = "172.30.253.1/24";

    /** What engines give their bridge unless told otherwise: the same on every host. */
    private static final String USUAL_ADDRESS = "172.17.0.1/16";

    /** The link that it makes for itself as a node of a swarm, and its network. */
    static final String GATEWAY_BRIDGE = "sbfaults1";

    static final String GATEWAY_SUBNET = "172.30.252.0/24";

    private final Path directory;
    private final @Nullable String namespace;
    private final EngineClient client;
    private @Nullable Process process;

    /**
     * One in the machine's network. None runs yet. The directory's path is short, because sockets
     * lie below it.
     */
    public OwnEngine(Path directory) throws IOException {
        this(directory, null);
    }

    /**
     * One in a network namespace that no other engine is in. None runs yet.
     *
     * @param directory with a short path
     * @param namespace its name, else the machine's network
     */
    public OwnEngine(Path directory, @Nullable String namespace) throws IOException {
        this.directory = directory;
        this.namespace = namespace;
        Files.createDirectories(directory);
        client = new EngineClient(socket());
    }

    /** Where it answers. */
    public Path socket() {
        return directory.resolve("docker.sock");
    }

    /** Changes and lists its containers. */
    EngineClient client() {
        return client;
    }

    /** Starts it and waits until it answers; the time that took. */
    public Duration start() throws IOException, InterruptedException {
        long begin = System.nanoTime();
        begin();
        awaitAnswer();
        return Duration.ofNanos(System.nanoTime() - begin);
    }

    private void begin() throws IOException, InterruptedException {
        client.connect();
        if (!Files.exists(settings())) {
            writeLiveRestore(true);
        }
        List<String> command = new ArrayList<>();
        if (namespace != null) {
            command.addAll(List.of("nsenter", "--net=/run/netns/" + namespace));
        } else {
            makeBridge();
        }
        String containers = namespace == null ? "signalbox-faults" : namespace;
        command.addAll(
                List.of(
                        "setsid",
                        "dockerd",
                        "--config-file",
                        settings().toString(),
                        "--data-root",
                        at("data"),
                        "--exec-root",
                        at("exec"),
                        "--host",
                        "unix://" + socket(),
                        "--pidfile",
                        at("pid"),
                        namespace == null ? "--bridge=" + BRIDGE : "--bip=" + USUAL_ADDRESS,
                        "--iptables=false",
                        "--ip-masq=false",
                        "--containerd-namespace",
                        containers,
                        "--containerd-plugins-namespace",
                        containers + "-plugins"));
        process =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(
                                ProcessBuilder.Redirect.appendTo(directory.resolve("log").toFile()))
                        .start();
    }

    private static void makeBridge() throws IOException, InterruptedException {
        if (!Files.exists(Path.of("/sys/class/net", BRIDGE))) {
            run("ip", "link", "add", BRIDGE, "type", "bridge");
            run("ip", "addr", "add", BRIDGE_ADDRESS, "dev", BRIDGE);
            run("ip", "link", "set", BRIDGE, "up");
        }
    }

    private Path settings() {
        return directory.resolve("daemon.json");
    }

    private void writeLiveRestore(boolean on) throws IOException {
        Files.writeString(settings(), "{\"live-restore\": %b}%n".formatted(on));
    }

    /** Whether its containers outlive it from now on. */
    void liveRestore(boolean on) throws IOException, InterruptedException {
        writeLiveRestore(on);
        Signals.hangUp(running().pid());
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (client.restoresLive() != on) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("the suite's engine does not read its settings");
            }
            Thread.sleep(PAUSE);
        }
    }

    private static void run(String... command) throws IOException, InterruptedException {
        Process run = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(run.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (run.waitFor() != 0) {
            throw new IOException(String.join(" ", command) + ": " + said.strip());
        }
    }

    /** Waits until it answers. */
    void awaitAnswer() throws IOException, InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!client.answers()) {
            if (!running().isAlive() || System.nanoTime() > end) {
                List<String> said = Files.readAllLines(directory.resolve("log"));
                throw new IllegalStateException(
                        "the suite's engine does not answer: "
                                + (said.isEmpty() ? "" : said.getLast()));
            }
            Thread.sleep(PAUSE);
        }
    }

    /**
     * SIGKILL. Its own containerd, if it has one, is ended too: it would keep the next one from
     * starting. Containers go on, but nothing leads to the ports that they publish.
     */
    public void kill() throws IOException, InterruptedException {
        running().destroyForcibly().waitFor();
        Optional<ProcessHandle> orphan = containerd();
        if (orphan.isPresent()) {
            orphan.get().destroyForcibly();
            orphan.get().onExit().join();
        }
    }

    /** SIGTERM, as for an upgrade; returns when it has ended. */
    public void stop() throws InterruptedException {
        running().destroy();
        if (!running().waitFor(20, TimeUnit.SECONDS)) {
            running().destroyForcibly().waitFor();
        }
    }

    void freeze() {
        Signals.freeze(running().pid());
    }

    void thaw() {
        Signals.thaw(running().pid());
    }

    /** Removes all containers and ends the engine and whatever it left. */
    @Override
    public void close() throws IOException {
        Process started = process;
        if (started == null) {
            return;
        }
        thaw();
        try {
            if (started.isAlive() && client.answers()) {
                client.removeEverything();
            }
            stop();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        client.close();
        leftovers().forEach(ProcessHandle::destroyForcibly);
        if (namespace == null) {
            removeBridges();
        }
        unmount();
    }

    private static void removeBridges() throws IOException {
        try {
            run("ip", "link", "del", BRIDGE);
            if (Files.exists(Path.of("/sys/class/net", GATEWAY_BRIDGE))) {
                run("ip", "link", "del", GATEWAY_BRIDGE);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Process running() {
        Process started = process;
        if (started == null) {
            throw new IllegalStateException("the engine was not started");
        }
        return started;
    }

    private Optional<ProcessHandle> containerd() throws IOException {
        Path pid = directory.resolve("exec/containerd/containerd.pid");
        return Files.exists(pid)
                ? ProcessHandle.of(Long.parseLong(Files.readString(pid).strip()))
                : Optional.empty();
    }

    /** Containerd and its shims, and their containers, if something went wrong. */
    private List<ProcessHandle> leftovers() {
        return ProcessHandle.allProcesses()
                .filter(handle -> handle.info().commandLine().orElse("").contains(at("exec")))
                .flatMap(handle -> Stream.concat(handle.descendants(), Stream.of(handle)))
                .toList();
    }

    private void unmount() throws IOException {
        List<String> mounts;
        try (Stream<String> lines = Files.lines(Path.of("/proc/self/mounts"))) {
            mounts =
                    lines.map(line -> line.split(" ", -1)[1])
                            .filter(path -> path.startsWith(directory + "/"))
                            .sorted(Comparator.reverseOrder())
                            .toList();
        }
        for (String mount : mounts) {
            Command.run("umount", "--lazy", mount);
        }
    }

    private String at(String name) {
        return directory.resolve(name).toString();
    }
}
