package io.signalbox.bench.faults;

import io.signalbox.bench.faults.LogReader.Entry;
import io.signalbox.registry.core.StateRecords;
import io.signalbox.schemas.ConfigRecord;
import io.signalbox.schemas.ConfigRecord.Part;
import io.signalbox.schemas.ConfigRecord.Service;
import io.signalbox.schemas.Container.State;
import io.signalbox.schemas.ServiceState;
import io.signalbox.schemas.ServiceState.Checkpoint;
import io.signalbox.schemas.ServiceState.DeclaredService;
import io.signalbox.schemas.ServiceState.Host;
import io.signalbox.schemas.ServiceState.Instance;
import io.signalbox.schemas.ServiceState.RegisteredEndpoint;
import io.signalbox.schemas.Topic;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;

/**
 * Records of a dead registry come late: a container that is gone runs, its host is where it was
 * long ago, and facts that were folded are not.
 */
record LateState() implements FaultCase {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration PAUSE = Duration.ofMillis(300);

    @Override
    public String name() {
        return "late-state";
    }

    @Override
    public String about() {
        return "a dead registry's records of a container, its host and the checkpoint come late; each is put right within 100 ms";
    }

    @Override
    public Duration limit() {
        return Duration.ofMillis(100);
    }

    @Override
    public int rounds() {
        return 5;
    }

    @Override
    public void round(Rig rig) throws Exception {
        rig.churn().step();
        rig.churn().step();
        rig.judge().converge(System.nanoTime(), PATIENCE);
        try (RawLog raw = new RawLog(rig.bootstrapServers());
                LogReader<ServiceState> log =
                        new LogReader<>(
                                rig.bootstrapServers(),
                                Topic.SERVICE_STATE.topicName(Rig.PREFIX),
                                Topic.SERVICE_STATE.partitions(),
                                rig.codecs().serviceState());
                LogReader<ConfigRecord> configs = LatePart.configs(rig)) {
            log.read();
            int rendered = configs.read().size();
            Entry<ServiceState> ran = log.last(entry -> ran(log, entry)).orElseThrow();
            overwrite(rig, raw, log, ran);
            overwrite(rig, raw, log, old(log, ran.partition(), Host.class::isInstance));
            overwrite(rig, raw, log, old(log, ran.partition(), Checkpoint.class::isInstance));
            String container = ((Instance) ran.value()).container();
            if (configs.read().stream().skip(rendered).anyMatch(part -> serves(part, container))) {
                rig.findings().violated("a container that is gone was rendered: " + container);
            }
        }
        rig.judge().converge(System.nanoTime(), PATIENCE);
    }

    private static boolean serves(Entry<ConfigRecord> entry, String container) {
        return entry.value() instanceof Part(_, _, _, Service service)
                && service.servers().stream()
                        .anyMatch(server -> server.container().equals(container));
    }

    private static void overwrite(
            Rig rig, RawLog raw, LogReader<ServiceState> log, Entry<ServiceState> old)
            throws IOException, InterruptedException {
        rig.sleepUpTo(PAUSE);
        log.read();
        ServiceState said = log.last(old.partition(), old.key()).orElseThrow().value();
        LateRecord.append(rig, raw, log, List.of(old), now -> states(now, said));
    }

    /** Whether the record shows a run of a container that is gone by now. */
    private static boolean ran(LogReader<ServiceState> log, Entry<ServiceState> entry) {
        return entry.value() instanceof Instance then
                && then.state() == State.RUNNING
                && !then.stopping()
                && log.last(entry.partition(), entry.key()).orElseThrow().value()
                        instanceof Instance now
                && now.gone();
    }

    /** The first such record of a partition that is not the last of its key. */
    private static Entry<ServiceState> old(
            LogReader<ServiceState> log, int partition, Predicate<ServiceState> such) {
        return log.read().stream()
                .filter(entry -> entry.partition() == partition && such.test(entry.value()))
                .filter(entry -> !log.last(partition, entry.key()).orElseThrow().equals(entry))
                .findFirst()
                .orElseThrow();
    }

    /** Whether a value states the same fact, or for what goes on by itself a later one. */
    private static boolean states(ServiceState now, ServiceState said) {
        return switch (said) {
            case Instance _, RegisteredEndpoint _, DeclaredService _ ->
                    StateRecords.asLast(now).equals(StateRecords.asLast(said));
            case Host host ->
                    now instanceof Host is
                            && is.session() == host.session()
                            && is.status() == host.status()
                            && is.offset() >= host.offset();
            case Checkpoint checkpoint ->
                    now instanceof Checkpoint is
                            && is.topicId().equals(checkpoint.topicId())
                            && is.nextOffset() >= checkpoint.nextOffset();
        };
    }
}
