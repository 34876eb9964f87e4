package io.signalbox;

import static java.util.Objects.requireNonNull;

import io.signalbox.bench.faults.OwnEngine;
import io.signalbox.process.FreePort;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * One of several Docker hosts: an engine, a watcher and an applier with its HAProxy, all in the
 * network of that host. Used by one thread.
 */
final class OwnHost implements AutoCloseable {
    private final String id;
    private final Lan.Place place;
    private final Path directory;
    private final OwnEngine engine;
    private final InetSocketAddress proxy =
            new InetSocketAddress(InetAddress.getLoopbackAddress(), FreePort.onLoopback());
    private final Map<String, Process> processes = new TreeMap<>();

    /**
     * Its engine answers, and has the sample application's image; nothing else runs.
     *
     * @param directory of all hosts
     */
    OwnHost(String id, Lan.Place place, Path directory) throws IOException, InterruptedException {
        this.id = id;
        this.place = place;
        this.directory = Files.createDirectories(directory.resolve(id));
        engine = new OwnEngine(this.directory.resolve("engine"), place.namespace());
        engine.start();
        Shell.outputOf("env", "DOCKER_HOST=unix://" + engine.socket(), "compose/sample/build");
    }

    /**
     * Runs the sample application as a server of a service that is reached by its name and {@code
     * .test}, and publishes its port.
     */
    Published run(String service) throws IOException, InterruptedException {
        String id =
                docker(
                        "run --detach --publish 8080 --label signalbox.host=%s.test --label signalbox.service=%s %s"
                                .formatted(service, service, Engine.IMAGE));
        String port = docker("port %s 8080/tcp".formatted(id)).lines().findFirst().orElseThrow();
        return new Published(
                id.substring(0, 12),
                docker("inspect --format {{.NetworkSettings.Networks.bridge.IPAddress}} " + id)
                        + ":8080",
                place.address() + port.substring(port.lastIndexOf(':')));
    }

    /**
     * A container that runs.
     *
     * @param id the beginning of it, which is also what it calls itself
     * @param inside its address and port on the engine's bridge
     * @param outside the host's address and the port that is published there
     */
    record Published(String id, String inside, String outside) {}

    private String docker(String words) throws IOException, InterruptedException {
        return Shell.outputOf(("docker --host unix://" + engine.socket() + " " + words).split(" "));
    }

    /** Starts its watcher. */
    void watch(Path config) throws IOException {
        start(
                "watcher",
                config,
                List.of(
                        "--docker-host",
                        "unix://" + engine.socket(),
                        "--advertised-address",
                        place.address()));
    }

    /** Starts its applier, and by that its HAProxy. */
    void serve(Path config) throws IOException {
        start(
                "applier",
                config,
                List.of(
                        "--applier-id",
                        id,
                        "--applier-dir",
                        directory.resolve("applier").toString(),
                        "--on-exit",
                        "stop"));
    }

    private void start(String process, Path config, List<String> options) throws IOException {
        List<String> words = new ArrayList<>(place.entering());
        words.addAll(List.of(Shell.REPOSITORY.resolve("signalbox").toString(), process));
        words.addAll(List.of("--config", config.toString(), "--host-id", id));
        words.addAll(List.of("--schema-cache", directory.resolve("schemas").toString()));
        words.addAll(options);
        processes.put(
                process,
                new ProcessBuilder(words)
                        .redirectErrorStream(true)
                        .redirectOutput(
                                ProcessBuilder.Redirect.appendTo(
                                        directory.resolve(process + ".log").toFile()))
                        .start());
    }

    /** Its place in the network. */
    Lan.Place place() {
        return place;
    }

    /** A loopback address of the machine that is to lead to its HAProxy. */
    InetSocketAddress proxy() {
        return proxy;
    }

    /** The runtime socket of its HAProxy. */
    Path runtimeSocket() {
        return directory.resolve("applier/run/worker.sock");
    }

    /** SIGKILL for its engine and its watcher. Containers and HAProxy go on. */
    void kill() throws IOException, InterruptedException {
        requireNonNull(processes.get("watcher")).destroyForcibly().waitFor();
        engine.kill();
    }

    /** Starts the engine and the watcher again. */
    void comeBack(Path config) throws IOException, InterruptedException {
        engine.start();
        watch(config);
    }

    @Override
    public void close() throws IOException {
        for (Process process : processes.values()) {
            process.destroy();
        }
        try {
            for (Process process : processes.values()) {
                if (!process.waitFor(15, TimeUnit.SECONDS)) {
                    process.destroyForcibly().waitFor();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        engine.close();
    }
}
