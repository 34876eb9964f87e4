package io.signalbox.bench.faults;

import io.signalbox.bench.faults.LogReader.Entry;
import io.signalbox.schemas.ApplyResult;
import io.signalbox.schemas.ConfigRecord;
import io.signalbox.schemas.ConfigRecord.Claim;
import io.signalbox.schemas.ConfigRecord.Content;
import io.signalbox.schemas.ConfigRecord.Manifest;
import io.signalbox.schemas.ConfigRecord.Part;
import io.signalbox.schemas.Keys;
import io.signalbox.schemas.Topic;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * A part and a manifest of a dead renderer come late: the service under load with containers that
 * are all gone.
 */
record LatePart() implements FaultCase {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration PAUSE = Duration.ofMillis(300);
    private static final String GROUP = "default";
    private static final String PART = Keys.part("service/" + Churn.STEADY);
    private static final int LATE = 3;

    @Override
    public String name() {
        return "late-part";
    }

    @Override
    public String about() {
        return "a dead renderer's part and manifest come late; never applied, the part put right within 100 ms";
    }

    @Override
    public Duration limit() {
        return Duration.ofMillis(100);
    }

    @Override
    public void round(Rig rig) throws Exception {
        try (RawLog raw = new RawLog(rig.bootstrapServers());
                LogReader<ConfigRecord> log = configs(rig);
                LogReader<ApplyResult> results = results(rig)) {
            log.read();
            Entry<ConfigRecord> part = log.last(0, PART).orElseThrow();
            Entry<ConfigRecord> manifest = last(log, Manifest.class);
            anotherRenderer(rig, log);
            Set<Long> workers = rig.processes().haproxyWorkers();
            int applied = results.read().size();
            for (int i = 0; i < LATE; i++) {
                late(rig, raw, log, part, manifest);
            }
            rig.judge().converge(System.nanoTime(), PATIENCE);
            log.read();
            long epoch = last(log, Claim.class).offset();
            if (results.read().stream().skip(applied).anyMatch(r -> r.value().epoch() < epoch)) {
                rig.findings().violated("the applier applied what a dead renderer wrote");
            }
            if (!workers.equals(rig.processes().haproxyWorkers())) {
                rig.findings().violated("HAProxy was reloaded");
            }
        }
    }

    /** The renderer dies, and the next one renders the service with other containers. */
    private static void anotherRenderer(Rig rig, LogReader<ConfigRecord> log) throws Exception {
        long dead = last(log, Claim.class).offset();
        rig.kill("renderer");
        rig.restart("renderer");
        rig.await("another renderer owns the group", PATIENCE, () -> newestEpoch(log) > dead);
        for (int i = 0; i < Churn.STEADY_CONTAINERS; i++) {
            rig.churn().step();
        }
        rig.judge().converge(System.nanoTime(), PATIENCE);
    }

    private static long newestEpoch(LogReader<ConfigRecord> log) {
        log.read();
        return last(log, Manifest.class).value() instanceof Manifest newest ? newest.epoch() : -1;
    }

    private static void late(
            Rig rig,
            RawLog raw,
            LogReader<ConfigRecord> log,
            Entry<ConfigRecord> part,
            Entry<ConfigRecord> manifest)
            throws IOException, InterruptedException {
        rig.sleepUpTo(PAUSE);
        log.read();
        Content said = content(log.last(0, PART).orElseThrow().value());
        if (said.equals(content(part.value()))) {
            rig.findings().violated("the late part says nothing else than the present one");
        }
        LateRecord.append(rig, raw, log, List.of(part, manifest), now -> content(now).equals(said));
        String difference = rig.judge().difference();
        if (!difference.isEmpty()) {
            rig.findings().violated("after a late part " + difference);
        }
    }

    private static Content content(ConfigRecord value) {
        return value instanceof Part part ? part.content() : new ConfigRecord.Removed();
    }

    private static Entry<ConfigRecord> last(
            LogReader<ConfigRecord> log, Class<? extends ConfigRecord> such) {
        return log.last(entry -> such.isInstance(entry.value())).orElseThrow();
    }

    private static LogReader<ApplyResult> results(Rig rig) throws IOException {
        return new LogReader<>(
                rig.bootstrapServers(),
                Topic.APPLY_RESULTS.topicName(Rig.PREFIX),
                Topic.APPLY_RESULTS.partitions(),
                rig.codecs().results());
    }

    /** The topic of the group that the suite's HAProxy belongs to. */
    static LogReader<ConfigRecord> configs(Rig rig) throws IOException {
        return new LogReader<>(
                rig.bootstrapServers(),
                Topic.PROXY_CONFIGS.topicName(Rig.PREFIX, GROUP),
                Topic.PROXY_CONFIGS.partitions(),
                rig.codecs().configs(GROUP));
    }
}
