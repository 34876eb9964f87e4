package io.signalbox.bench.faults;

import io.signalbox.schemas.Topic;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.common.errors.RecordTooLargeException;

/** Records in every topic that are none. */
record Poison() implements FaultCase {
    private static final int HEADROOM = 4096;

    @Override
    public String name() {
        return "poison";
    }

    @Override
    public String about() {
        return "wrong magic byte, unknown schema id, truncated, oversized, null key, in every topic; all goes on within 4 s";
    }

    @Override
    public Duration limit() {
        return Duration.ofSeconds(4);
    }

    @Override
    public int rounds() {
        return 1;
    }

    @Override
    public void round(Rig rig) throws Exception {
        try (RawLog log = new RawLog(rig.bootstrapServers())) {
            for (Topic topic : Topic.values()) {
                poison(rig, log, topic);
                rig.churn().step();
                rig.converge(System.nanoTime());
            }
        }
        restartEverything(rig);
    }

    /** Poison is still there for whoever starts anew. */
    private static void restartEverything(Rig rig) throws Exception {
        long since = System.nanoTime();
        for (String process : new String[] {"watcher", "registry", "renderer", "applier"}) {
            rig.kill(process);
            rig.restart(process);
        }
        rig.churn().step();
        rig.converge(since, Duration.ofSeconds(15));
        for (String process : new String[] {"watcher", "registry", "renderer", "applier"}) {
            rig.await(
                    process + " is ready: " + rig.processes().ask(process, "/health/ready"),
                    Duration.ofSeconds(20),
                    () -> rig.processes().ready(process));
        }
    }

    private static void poison(Rig rig, RawLog log, Topic topic) throws IOException {
        String name =
                topic == Topic.PROXY_CONFIGS
                        ? topic.topicName(Rig.PREFIX, "default")
                        : topic.topicName(Rig.PREFIX);
        byte[] key = key(topic).getBytes(StandardCharsets.UTF_8);
        for (int partition = 0; partition < topic.partitions(); partition++) {
            for (Map.Entry<String, byte[]> one : values(topic).entrySet()) {
                log.write(name, partition, key, one.getValue());
                rig.injected(one.getKey());
            }
            if (!topic.compacted()) {
                log.write(name, partition, null, new byte[] {0, 0, 0, 0, 1, 2});
                rig.injected("null key");
            }
        }
        tooLarge(rig, log, topic, name, key);
    }

    /** The broker itself must refuse what is beyond the topic's limit. */
    private static void tooLarge(Rig rig, RawLog log, Topic topic, String name, byte[] key) {
        byte[] value = new byte[topic.maxMessageBytes() + HEADROOM];
        try {
            log.write(name, 0, key, value);
            rig.findings().violated(name + " takes a record beyond its limit");
        } catch (IOException e) {
            boolean refused =
                    Stream.iterate((Throwable) e, t -> t != null, Throwable::getCause)
                            .anyMatch(RecordTooLargeException.class::isInstance);
            if (!refused) {
                rig.findings().violated(name + ": " + e);
            }
            rig.injected("oversized, refused");
        }
    }

    private static String key(Topic topic) {
        return topic == Topic.PROXY_CONFIGS ? "part/service/poison" : "poison";
    }

    private static Map<String, byte[]> values(Topic topic) {
        Map<String, byte[]> values = new LinkedHashMap<>();
        values.put("wrong magic byte", new byte[] {7, 0, 0, 0, 1, 2, 3});
        values.put("unknown schema id", new byte[] {0, 0x7f, 0, 0, 1, 2, 3});
        values.put("truncated", new byte[] {0, 0, 0, 0, 1});
        values.put("too short", new byte[] {0, 0});
        values.put("empty", new byte[0]);
        if (topic.partitions() == 1) {
            values.put("oversized", new byte[topic.maxMessageBytes() - HEADROOM]);
        }
        return values;
    }
}
