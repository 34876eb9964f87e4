package io.signalbox.bench.faults;

import io.signalbox.bench.SeparateProcesses;
import io.signalbox.bench.faults.Judge.NotConverged;
import io.signalbox.cli.load.Load;
import io.signalbox.process.FreePort;
import io.signalbox.schemas.LogCodecs;
import io.signalbox.schemas.SchemaRegistrySettings;
import io.signalbox.schemas.Topic;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * A running Signalbox of separate processes with everything that can be done to it: its engine, the
 * proxies before its engine and its schema registry, its judge, its load and its ledger. Used by
 * one thread, and closed by any.
 */
final class Rig implements AutoCloseable {
    /** The prefix of all topics. */
    static final String PREFIX = "signalbox.";

    /** A service that the suite's HAProxy refuses when it checks a configuration. */
    static final String REFUSED = "refused";

    private static final int REQUESTS_PER_SECOND = 240;
    private static final int CONNECTIONS_OF_EACH_KIND = 24;
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final OwnEngine engine;
    private final Path launcher;
    private final Path directory;
    private final Random random;
    private final List<String> mounts = new ArrayList<>();
    private final SeparateProcesses processes;
    private final FaultProxy engineProxy;
    private final Judge judge;
    private final Churn churn;
    private Findings findings = new Findings();
    private @Nullable FaultProxy schemasProxy;
    private @Nullable LogCodecs codecs;
    private @Nullable Load load;
    private @Nullable Ledger ledger;
    private final int slack;
    private Duration limit = PATIENCE;

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

    /**
     * Nothing runs yet.
     *
     * @param engine answers, and has the sample's image
     * @param directory empty, with a short path
     * @param slack how many times longer convergence may take than on a machine with nothing else
     *     to do
     */
    Rig(OwnEngine engine, Path launcher, Path directory, Random random, int slack)
            throws IOException {
        this.engine = engine;
        this.launcher = launcher;
        this.directory = directory;
        this.random = random;
        this.slack = slack;
        processes = new SeparateProcesses(launcher, directory);
        churn = new Churn(engine.client());
        judge =
                new Judge(
                        engine.client(),
                        new ProxySocket(directory.resolve("applier/run/worker.sock")),
                        processes.proxy());
        engineProxy =
                new FaultProxy(
                        UnixDomainSocketAddress.of(directory.resolve("engine.sock")),
                        UnixDomainSocketAddress.of(engine.socket()),
                        "/events?");
    }

    OwnEngine engine() {
        return engine;
    }

    EngineClient docker() {
        return engine.client();
    }

    FaultProxy engineProxy() {
        return engineProxy;
    }

    FaultProxy schemasProxy() {
        return present(schemasProxy);
    }

    SeparateProcesses processes() {
        return processes;
    }

    Judge judge() {
        return judge;
    }

    Churn churn() {
        return churn;
    }

    Findings findings() {
        return findings;
    }

    Random random() {
        return random;
    }

    Load load() {
        return present(load);
    }

    /** Where its processes keep what they keep. */
    Path directory() {
        return directory;
    }

    Path applierDirectory() {
        return directory.resolve("applier");
    }

    LogCodecs codecs() {
        return present(codecs);
    }

    String bootstrapServers() throws IOException {
        return endpoint("SIGNALBOX_BOOTSTRAP_SERVERS");
    }

    /** Whether all processes run, and HAProxy serves what the engine runs. */
    boolean sound() {
        return SeparateProcesses.PROCESSES.stream().allMatch(processes::alive)
                && judge.difference().isEmpty();
    }

    /** Brings everything to what a case begins with, and begins to count for it. */
    void begin(Findings counted, Duration convergence) throws IOException, InterruptedException {
        findings = counted;
        limit = convergence;
        for (String process : SeparateProcesses.PROCESSES) {
            if (!processes.alive(process)) {
                processes.start(process);
            }
            processes.awaitReady(process);
        }
        churn.settle();
        judge.converge(System.nanoTime(), PATIENCE);
        ledger =
                new Ledger(
                        bootstrapServers(),
                        Topic.CONTAINER_EVENTS.topicName(PREFIX),
                        Topic.CONTAINER_EVENTS.partitions(),
                        codecs().events());
        load =
                Load.start(
                        processes.proxy(),
                        List.of(EngineClient.hostOf(Churn.STEADY)),
                        REQUESTS_PER_SECOND,
                        CONNECTIONS_OF_EACH_KIND,
                        CONNECTIONS_OF_EACH_KIND);
    }

    /** Stops the load; what the ledger says. */
    Ledger.Balance end() {
        load().close();
        try (Ledger ended = present(ledger)) {
            return ended.balance();
        }
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

    /** Notes that a fault was injected. */
    void injected(String fault) {
        findings.injected(fault);
    }

    /** SIGKILL. */
    void kill(String process) throws InterruptedException {
        processes.kill(process);
        injected(process.replaceFirst("-\\d+$", "") + " killed");
    }

    /** Starts a process that has ended. */
    void restart(String process) throws IOException {
        processes.start(process);
        findings.restarted();
    }

    void freeze(String process) {
        Signals.freeze(processes.pid(process));
        injected(process.replaceFirst("-\\d+$", "") + " frozen");
    }

    void thaw(String process) {
        Signals.thaw(processes.pid(process));
    }

    /** Lets a random time up to this pass. */
    void sleepUpTo(Duration longest) throws InterruptedException {
        Thread.sleep(random.nextLong(longest.toMillis() + 1));
    }

    /**
     * Waits until HAProxy serves what the engine runs, and notes how long that took.
     *
     * @param sinceNanos when it could have begun to
     */
    void converge(long sinceNanos) throws InterruptedException {
        converge(sinceNanos, limit);
    }

    /**
     * The same with another limit than the case's.
     *
     * @param quietly the limit on a machine that has nothing else to do
     */
    void converge(long sinceNanos, Duration quietly) throws InterruptedException {
        Duration within = quietly.multipliedBy(slack);
        try {
            Duration time = judge.converge(sinceNanos, within.plus(PATIENCE));
            findings.converged(time);
            if (time.compareTo(within) > 0) {
                findings.violated(
                        "converged after %d ms, not within %d"
                                .formatted(time.toMillis(), within.toMillis()));
            }
        } catch (NotConverged e) {
            findings.violated(String.valueOf(e.getMessage()));
        }
    }

    /** Waits until something holds; notes a violation if it does not in time. */
    boolean await(String what, Duration patience, Condition condition)
            throws IOException, InterruptedException {
        long end = System.nanoTime() + patience.toNanos();
        while (!condition.holds()) {
            if (System.nanoTime() > end) {
                findings.violated("not within " + patience.toSeconds() + " s: " + what);
                return false;
            }
            Thread.sleep(10);
        }
        return true;
    }

    /** Something that is waited for. */
    interface Condition {
        boolean holds() throws IOException;
    }

    @Override
    public void close() throws IOException {
        Load sending = load;
        if (sending != null) {
            sending.close();
        }
        Ledger reading = ledger;
        if (reading != null) {
            reading.close();
        }
        for (String process : processes.started()) {
            thaw(process);
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
                        PREFIX);
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
                        .formatted(REFUSED, REFUSED));
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
