package io.signalbox.bench.faults;

import io.signalbox.bench.SeparateProcesses;
import io.signalbox.bench.faults.Judge.NotConverged;
import io.signalbox.cli.load.Load;
import io.signalbox.schemas.LogCodecs;
import io.signalbox.schemas.Topic;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
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
    private final Installation installation;
    private final SeparateProcesses processes;
    private final Random random;
    private final Judge judge;
    private final Churn churn;
    private Findings findings = new Findings();
    private @Nullable Load load;
    private @Nullable Ledger ledger;
    private final int slack;
    private Duration limit = PATIENCE;

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
        this.random = random;
        this.slack = slack;
        installation = new Installation(launcher, directory, engine.socket());
        processes = installation.processes();
        churn = new Churn(engine.client());
        judge =
                new Judge(
                        engine.client(),
                        new ProxySocket(directory.resolve("applier/run/worker.sock")),
                        processes.proxy());
    }

    OwnEngine engine() {
        return engine;
    }

    EngineClient docker() {
        return engine.client();
    }

    FaultProxy engineProxy() {
        return installation.engineProxy();
    }

    FaultProxy schemasProxy() {
        return installation.schemasProxy();
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
        return installation.directory();
    }

    Path applierDirectory() {
        return directory().resolve("applier");
    }

    LogCodecs codecs() {
        return installation.codecs();
    }

    String bootstrapServers() throws IOException {
        return installation.bootstrapServers();
    }

    /** The installation: what an operator does to it. */
    Installation installation() {
        return installation;
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

    /** Stops the load and the ledger of a case, however that ended. */
    void quiet() {
        Load sending = load;
        if (sending != null) {
            sending.close();
        }
        Ledger reading = ledger;
        if (reading != null) {
            reading.close();
        }
    }

    /** Leaves the service under load one container, a new one; its id. */
    String onlySteady() throws InterruptedException {
        String only = docker().run(EngineClient.Wish.of(Churn.STEADY));
        judge.converge(System.nanoTime(), PATIENCE);
        churn.replaceBy(List.of(only));
        judge.converge(System.nanoTime(), PATIENCE);
        return only;
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
            took(judge.converge(sinceNanos, within.plus(PATIENCE)), within);
        } catch (NotConverged e) {
            findings.violated(String.valueOf(e.getMessage()));
        }
    }

    /** Notes how long it took, by another clock, until what the case waits for held. */
    void took(Duration time) {
        took(time, limit.multipliedBy(slack));
    }

    private void took(Duration time, Duration within) {
        findings.converged(time);
        if (time.compareTo(within) > 0) {
            findings.violated(
                    "converged after %d ms, not within %d"
                            .formatted(time.toMillis(), within.toMillis()));
        }
    }

    /** Waits until something holds; notes a violation if it does not in time. */
    boolean await(String what, Duration patience, Condition condition)
            throws IOException, InterruptedException {
        long end = System.nanoTime() + patience.multipliedBy(slack).toNanos();
        while (!condition.holds()) {
            if (System.nanoTime() > end) {
                findings.violated(
                        "not within " + patience.multipliedBy(slack).toSeconds() + " s: " + what);
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
        quiet();
        installation.close();
    }

    private static <T> T present(@Nullable T value) {
        if (value == null) {
            throw new IllegalStateException("it has not begun");
        }
        return value;
    }
}
