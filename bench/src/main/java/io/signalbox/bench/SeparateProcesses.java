package io.signalbox.bench;

import static java.util.concurrent.TimeUnit.SECONDS;

import io.signalbox.cli.load.HttpConnection;
import io.signalbox.process.FreePort;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.stream.Collectors;

/**
 * Signalbox with each part as an operating-system process of its own, started by the launcher as an
 * operator would. Everything lies in one directory, each process' output in {@code <name>.log}. A
 * process' name is its command, or the command and a number for a second one, such as {@code
 * registry-2}. Used by one thread, and closed by any.
 */
public final class SeparateProcesses implements AutoCloseable {
    /** Broker and schema registry. */
    public static final String BROKER = "broker";

    /** The four processes, in the order of the data flow. */
    public static final List<String> PROCESSES =
            List.of("watcher", "registry", "renderer", "applier");

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final String READY = "/health/ready";
    private static final String REMEDY =
            "see to that and run this again (signalbox doctor looks at what it depends on)";
    private static final int PAUSE_MS = 20;
    private static final int HTTP_TIMEOUT_MS = 2_000;
    private static final int OK = 200;

    private final Path launcher;
    private final Path directory;
    private final InetSocketAddress proxy =
            new InetSocketAddress(InetAddress.getLoopbackAddress(), FreePort.onLoopback());
    private final Map<String, InetSocketAddress> endpoints = new ConcurrentHashMap<>();
    private final Map<String, List<String>> own = new ConcurrentHashMap<>();
    private final Map<String, Process> running = new ConcurrentHashMap<>();
    private final Map<String, Long> startedNanos = new ConcurrentHashMap<>();
    private final Map<String, Long> logFrom = new ConcurrentHashMap<>();
    private boolean closed;
    private final Deque<String> order = new ConcurrentLinkedDeque<>();

    /**
     * None of them runs yet.
     *
     * @param launcher the script {@code signalbox}
     * @param directory where everything is kept; short, because sockets lie below it
     */
    public SeparateProcesses(Path launcher, Path directory) {
        this.launcher = launcher;
        this.directory = directory;
    }

    /** Options for all processes of that command from their next start on, after the usual ones. */
    public void also(String command, List<String> options) {
        own.put(command, List.copyOf(options));
    }

    /** Where HAProxy listens. */
    public InetSocketAddress proxy() {
        return proxy;
    }

    /**
     * Starts one; it is on its way when this returns.
     *
     * @param options for this start only
     */
    public synchronized void start(String name, String... options) throws IOException {
        if (closed) {
            throw new IllegalStateException("it was closed");
        }
        String process = command(name);
        if (process.equals(BROKER)) {
            choosePorts();
        }
        List<String> words = new ArrayList<>(List.of(launcher.toString(), process));
        words.addAll(process.equals(BROKER) ? List.of("--data", at("log")) : settings(name));
        words.addAll(own.getOrDefault(process, List.of()));
        words.addAll(List.of(options));
        startedNanos.put(name, System.nanoTime());
        logFrom.put(name, Files.exists(log(name)) ? Files.size(log(name)) : 0);
        Process started =
                new ProcessBuilder(words)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.appendTo(log(name).toFile()))
                        .start();
        running.put(name, started);
        order.remove(name);
        order.push(name);
    }

    /**
     * Waits until the broker has everything that processes need.
     *
     * @throws NotReady if it ends, or takes too long
     */
    public void awaitLog() throws IOException, InterruptedException {
        long since = System.nanoTime();
        while (said(BROKER).lines().noneMatch(line -> line.startsWith("ready config="))) {
            pause(BROKER, since);
        }
    }

    /**
     * Waits until a process says that it is ready; the time since it was started.
     *
     * @throws NotReady if it ends, or takes too long
     */
    public Duration awaitReady(String name) throws IOException, InterruptedException {
        long since = System.nanoTime();
        while (!ready(name)) {
            pause(name, since);
        }
        return Duration.ofNanos(System.nanoTime() - startedNanos.getOrDefault(name, 0L));
    }

    /** What a process has written since it was last started. */
    public String said(String name) throws IOException {
        byte[] all = Files.readAllBytes(log(name));
        int from = (int) Math.min(all.length, logFrom.getOrDefault(name, 0L));
        return new String(all, from, all.length - from, StandardCharsets.UTF_8);
    }

    /** What a process answers over HTTP; empty if it does not. */
    public String ask(String name, String path) {
        try (HttpConnection connection = new HttpConnection(endpoint(name), HTTP_TIMEOUT_MS)) {
            return connection.send("GET", "localhost", path, false).body();
        } catch (IOException e) {
            return "";
        }
    }

    /** All that were started and have not ended. */
    public List<String> started() {
        return order.stream().filter(this::alive).toList();
    }

    /** Whether a process was started and has not ended. */
    public boolean alive(String name) {
        Process process = running.get(name);
        return process != null && process.isAlive();
    }

    /** Whether a process says that it is ready. */
    public boolean ready(String name) {
        try (HttpConnection connection = new HttpConnection(endpoint(name), HTTP_TIMEOUT_MS)) {
            return connection.send("GET", "localhost", READY, false).status() == OK;
        } catch (IOException e) {
            return false;
        }
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
    public synchronized void close() throws IOException {
        closed = true;
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

    private void pause(String name, long since) throws IOException, InterruptedException {
        boolean late = System.nanoTime() - since > PATIENCE.toNanos();
        if (!process(name).isAlive()) {
            throw new NotReady(name + " ended before it was ready", REMEDY, said(name));
        } else if (late) {
            String causes = PROCESSES.contains(command(name)) ? ask(name, READY) : "";
            throw new NotReady(
                    "%s is not ready after %d s".formatted(name, PATIENCE.toSeconds()),
                    REMEDY,
                    said(name) + "\n" + causes);
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

    /** Away from the usual ports, which other brokers of this machine may be about to take. */
    private void choosePorts() throws IOException {
        Path ports = directory.resolve("log/ports");
        if (Files.exists(ports)) {
            return;
        }
        Files.createDirectories(ports.getParent());
        StringBuilder lines = new StringBuilder();
        for (String purpose : List.of("kafka", "kafka-controller", "schema-registry")) {
            lines.append(purpose).append('=').append(FreePort.onLoopback()).append('\n');
        }
        Files.writeString(ports, lines);
    }

    private InetSocketAddress endpoint(String name) {
        if (!PROCESSES.contains(command(name))) {
            throw new IllegalArgumentException("not a process: " + name);
        }
        return endpoints.computeIfAbsent(
                name,
                _ ->
                        new InetSocketAddress(
                                InetAddress.getLoopbackAddress(), FreePort.onLoopback()));
    }

    private static String command(String name) {
        return name.replaceFirst("-\\d+$", "");
    }

    private List<String> settings(String name) {
        List<String> settings = new ArrayList<>();
        settings.addAll(List.of("--config", at("log/endpoints")));
        settings.addAll(List.of("--schema-cache", at("schema-cache")));
        settings.addAll(List.of("--" + command(name) + "-http-listen", text(endpoint(name))));
        switch (command(name)) {
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

    private static String text(InetSocketAddress address) {
        return "127.0.0.1:" + address.getPort();
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
