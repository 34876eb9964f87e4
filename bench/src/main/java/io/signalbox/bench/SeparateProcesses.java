package io.signalbox.bench;

import static java.util.concurrent.TimeUnit.SECONDS;

import io.signalbox.cli.load.HttpConnection;
import io.signalbox.process.FreePort;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Signalbox with each part as an operating-system process of its own, started by the launcher as an
 * operator would. Everything lies in one directory, each process' output in {@code <name>.log}.
 * Used by one thread, and closed by any.
 */
public final class SeparateProcesses implements AutoCloseable {
    /** Broker and schema registry. */
    public static final String BROKER = "broker";

    /** The four processes, in the order of the data flow. */
    public static final List<String> PROCESSES =
            List.of("watcher", "registry", "renderer", "applier");

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int PAUSE_MS = 5;
    private static final int HTTP_TIMEOUT_MS = 2_000;
    private static final int OK = 200;

    private final Path launcher;
    private final Path directory;
    private final InetSocketAddress proxy =
            new InetSocketAddress(InetAddress.getLoopbackAddress(), FreePort.onLoopback());
    private final Map<String, InetSocketAddress> endpoints = new HashMap<>();
    private final Map<String, Process> running = new ConcurrentHashMap<>();
    private final Map<String, Long> startedNanos = new HashMap<>();
    private final Deque<String> order = new ConcurrentLinkedDeque<>();

    /**
     * None of them runs yet.
     *
     * @param launcher the script {@code signalbox}
     * @param directory where everything is kept; short, because sockets lie below it
     */
    public SeparateProcesses(Path launcher, Path directory) throws IOException {
        this.launcher = launcher;
        this.directory = directory;
        for (String process : PROCESSES) {
            endpoints.put(
                    process,
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), FreePort.onLoopback()));
        }
    }

    /** Where HAProxy listens. */
    public InetSocketAddress proxy() {
        return proxy;
    }

    /** Starts one; it is on its way when this returns. */
    public void start(String name) throws IOException {
        List<String> command = new ArrayList<>(List.of(launcher.toString(), name));
        command.addAll(name.equals(BROKER) ? List.of("--data", at("log")) : settings(name));
        startedNanos.put(name, System.nanoTime());
        Process process =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.appendTo(log(name).toFile()))
                        .start();
        running.put(name, process);
        order.remove(name);
        order.push(name);
    }

    /** Waits until the broker has everything that processes need. */
    public void awaitLog() throws IOException, InterruptedException {
        while (!Files.readString(log(BROKER)).contains("ready ")) {
            pause(BROKER);
        }
    }

    /** Waits until a process says that it is ready; the time since it was started. */
    public Duration awaitReady(String name) throws IOException, InterruptedException {
        while (!ready(name)) {
            pause(name);
        }
        return Duration.ofNanos(System.nanoTime() - startedNanos.getOrDefault(name, 0L));
    }

    /** SIGKILL; returns when the process is gone. */
    public void kill(String name) throws InterruptedException {
        process(name).destroyForcibly().waitFor();
    }

    /** SIGTERM; returns when the process is gone, by force if it takes long. */
    public void stop(String name) throws InterruptedException {
        process(name).destroy();
        if (!process(name).waitFor(15, SECONDS)) {
            kill(name);
        }
    }

    /** The process' id in the operating system. */
    public long pid(String name) {
        return process(name).pid();
    }

    /** The id of HAProxy's master process. */
    public long haproxyMaster() throws IOException {
        return Long.parseLong(Files.readString(haproxyPid()).strip());
    }

    /** The ids of HAProxy's worker processes, old ones included. */
    public Set<Long> haproxyWorkers() throws IOException {
        return ProcessHandle.of(haproxyMaster()).stream()
                .flatMap(ProcessHandle::children)
                .map(ProcessHandle::pid)
                .collect(Collectors.toSet());
    }

    /** Ends everything, newest first, HAProxy included. */
    @Override
    public void close() throws IOException {
        for (String name : order) {
            try {
                stop(name);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                process(name).destroyForcibly();
            }
        }
        if (Files.exists(haproxyPid())) {
            ProcessHandle.of(haproxyMaster())
                    .filter(handle -> commandOf(handle).contains(at("applier")))
                    .ifPresent(ProcessHandle::destroy);
        }
    }

    private boolean ready(String name) {
        InetSocketAddress endpoint = endpoints.get(name);
        if (endpoint == null) {
            throw new IllegalArgumentException("not a process: " + name);
        }
        try (HttpConnection connection = new HttpConnection(endpoint, HTTP_TIMEOUT_MS)) {
            return connection.send("GET", "localhost", "/health/ready", false).status() == OK;
        } catch (IOException e) {
            return false;
        }
    }

    private void pause(String name) throws IOException, InterruptedException {
        long waited = System.nanoTime() - startedNanos.getOrDefault(name, 0L);
        if (!process(name).isAlive() || waited > PATIENCE.toNanos()) {
            throw new IllegalStateException(
                    name + " is not ready:\n" + Files.readString(log(name)));
        }
        Thread.sleep(PAUSE_MS);
    }

    private Process process(String name) {
        Process process = running.get(name);
        if (process == null) {
            throw new IllegalStateException(name + " was not started");
        }
        return process;
    }

    private List<String> settings(String name) {
        List<String> settings = new ArrayList<>();
        settings.addAll(List.of("--config", at("log/endpoints")));
        settings.addAll(List.of("--schema-cache", at("schema-cache")));
        settings.addAll(List.of("--" + name + "-http-listen", text(endpoints.get(name))));
        switch (name) {
            case "watcher" -> settings.addAll(List.of("--host-id", "here"));
            case "renderer" -> settings.addAll(List.of("--default-listen", text(proxy)));
            case "applier" ->
                    settings.addAll(
                            List.of(
                                    "--host-id",
                                    "here",
                                    "--applier-dir",
                                    at("applier"),
                                    "--on-exit",
                                    "stop"));
            default -> {}
        }
        return settings;
    }

    private static String text(@Nullable InetSocketAddress address) {
        return address == null ? "" : "127.0.0.1:" + address.getPort();
    }

    private static String commandOf(ProcessHandle handle) {
        return handle.info().commandLine().orElse("");
    }

    private Path haproxyPid() {
        return directory.resolve("applier/run/haproxy.pid");
    }

    private Path log(String name) {
        return directory.resolve(name + ".log");
    }

    private String at(String name) {
        return directory.resolve(name).toString();
    }
}
