package io.signalbox.bench.faults;

import io.signalbox.bench.SeparateProcesses;
import io.signalbox.process.FreePort;
import io.signalbox.schemas.LogCodecs;
import io.signalbox.schemas.SchemaRegistrySettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * A Signalbox of separate processes in one directory, with a fault proxy before its engine and one
 * before its schema registry. Used by one thread, and closed by any.
 */
final class Installation implements AutoCloseable {
    private final Path launcher;
    private final Path directory;
    private final SeparateProcesses processes;
    private final FaultProxy engineProxy;
    private final List<String> mounts = new ArrayList<>();
    private @Nullable FaultProxy schemasProxy;
    private @Nullable LogCodecs codecs;

    /**
     * What a case needs besides the usual.
     *
     * @param brokerDiskMib size of the broker's disk, 0 for that of the machine
     * @param applierDiskMib size of the applier's disk, 0 for that of the machine
     * @param alone whether no other case may use the same Signalbox afterwards
     */
    record Needs(int brokerDiskMib, int applierDiskMib, boolean alone) {
        static final Needs NOTHING = new Needs(0, 0, false);
        static final Needs ALONE = new Needs(0, 0, true);
    }

    /** Nothing runs yet. */
    Installation(Path launcher, Path directory, Path engine) throws IOException {
        this.launcher = launcher;
        this.directory = directory;
        processes = new SeparateProcesses(launcher, directory);
        engineProxy =
                new FaultProxy(
                        UnixDomainSocketAddress.of(directory.resolve("engine.sock")),
                        UnixDomainSocketAddress.of(engine),
                        "/events?");
    }

    SeparateProcesses processes() {
        return processes;
    }

    FaultProxy engineProxy() {
        return engineProxy;
    }

    FaultProxy schemasProxy() {
        return present(schemasProxy);
    }

    LogCodecs codecs() {
        return present(codecs);
    }

    Path directory() {
        return directory;
    }

    String bootstrapServers() throws IOException {
        return endpoint("SIGNALBOX_BOOTSTRAP_SERVERS");
    }

    /**
     * Gives the built-in group other settings: {@code group apply}.
     *
     * @param maxConnections differs from before where a reload is wanted
     * @param entryPoints further ones, each a line of YAML
     */
    void applyGroup(int maxConnections, String... entryPoints) throws IOException {
        Path file = directory.resolve("group.yaml");
        Files.writeString(
                file,
                "name: default\nstatistics: off\ndefaults:\n  max-connections: %d\nentry-points:\n  http: \"127.0.0.1:%d\"\n%s\n"
                        .formatted(
                                maxConnections,
                                processes.proxy().getPort(),
                                String.join("\n", entryPoints)));
        operator("group", "apply", file.toString());
    }

    /** Runs one of the operator's commands; what it printed. */
    String operator(String... words) throws IOException {
        List<String> command = new ArrayList<>(List.of(launcher.toString()));
        command.addAll(List.of(words));
        command.addAll(List.of("--config", directory.resolve("log/endpoints").toString()));
        return Command.run(command.toArray(String[]::new));
    }

    /** Starts everything and waits until all are ready. */
    void start(Needs needs) throws IOException, InterruptedException {
        mount("log/kafka", needs.brokerDiskMib());
        mount("applier", needs.applierDiskMib());
        processes.start(SeparateProcesses.BROKER);
        processes.awaitLog();
        URI registry = URI.create(endpoint("SIGNALBOX_SCHEMA_REGISTRY_URL"));
        InetSocketAddress front =
                new InetSocketAddress(InetAddress.getLoopbackAddress(), FreePort.onLoopback());
        schemasProxy =
                new FaultProxy(
                        front,
                        new InetSocketAddress(registry.getHost(), registry.getPort()),
                        "/no-events");
        String url = "http://127.0.0.1:" + front.getPort() + registry.getPath();
        codecs =
                new LogCodecs(
                        SchemaRegistrySettings.of(
                                registry.toString(), directory.resolve("ledger-schemas")),
                        Rig.PREFIX);
        List<String> everyone = List.of("--schema-registry-url", url);
        for (String process : SeparateProcesses.PROCESSES) {
            processes.also(process, everyone);
        }
        processes.also(
                "watcher",
                List.of(
                        "--schema-registry-url",
                        url,
                        "--docker-host",
                        "unix://" + directory.resolve("engine.sock")));
        processes.also(
                "applier", List.of("--schema-registry-url", url, "--haproxy", strictHaproxy()));
        for (String process : SeparateProcesses.PROCESSES) {
            processes.start(process);
        }
        for (String process : SeparateProcesses.PROCESSES) {
            processes.awaitReady(process);
        }
    }

    @Override
    public void close() throws IOException {
        for (String process : processes.started()) {
            Signals.thaw(processes.pid(process));
        }
        processes.close();
        engineProxy.close();
        FaultProxy schemas = schemasProxy;
        if (schemas != null) {
            schemas.close();
        }
        LogCodecs known = codecs;
        if (known != null) {
            known.close();
        }
        for (String mount : mounts) {
            Command.run("umount", "--lazy", mount);
        }
    }

    /** HAProxy itself, but for its check: a service that it refuses cannot be had from outside. */
    private String strictHaproxy() throws IOException {
        Path script = directory.resolve("haproxy");
        Files.writeString(
                script,
                """
                #!/bin/sh
                case " $* " in
                *" -c "*)
                    for file; do
                        if [ -f "$file" ] && grep -q '^backend service_%s' "$file"; then
                            echo "[ALERT] config : parsing [$file]: backend service_%s: refused by the suite"
                            exit 1
                        fi
                    done ;;
                esac
                exec /usr/sbin/haproxy "$@"
                """
                        .formatted(Rig.REFUSED, Rig.REFUSED));
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
        return script.toString();
    }

    private void mount(String name, int mib) throws IOException {
        if (mib == 0) {
            return;
        }
        Path path = directory.resolve(name);
        Files.createDirectories(path);
        Command.run("mount", "-t", "tmpfs", "-o", "size=" + mib + "m", "tmpfs", path.toString());
        mounts.add(path.toString());
    }

    private String endpoint(String key) throws IOException {
        Properties endpoints = new Properties();
        try (var in = Files.newBufferedReader(directory.resolve("log/endpoints"))) {
            endpoints.load(in);
        }
        return endpoints.getProperty(key, "");
    }

    private static <T> T present(@Nullable T value) {
        if (value == null) {
            throw new IllegalStateException("it has not begun");
        }
        return value;
    }
}
