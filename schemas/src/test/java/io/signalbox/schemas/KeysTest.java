package io.signalbox.schemas;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.schemas.Keys.GroupApplier;
import io.signalbox.schemas.Keys.HostContainer;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.junit.jupiter.api.Test;

class KeysTest {

    @Test
    void shouldReadWhatTheyBuild() {
        assertThat(Keys.parseInstance(Keys.instance("alpha", "c0ffee")))
                .contains(new HostContainer("alpha", "c0ffee"));
        assertThat(Keys.parseApplierBeat(Keys.applierBeat("default", "edge/1")))
                .contains(new GroupApplier("default", "edge/1"));
        assertThat(Keys.parseResult(Keys.result("default", "edge-1")))
                .contains(new GroupApplier("default", "edge-1"));
        assertThat(Keys.parseEndpoint(Keys.endpoint("db/1"))).contains("db/1");
        assertThat(Keys.parseService(Keys.service("web"))).contains("web");
        assertThat(Keys.parseHost(Keys.host("alpha"))).contains("alpha");
        assertThat(Keys.parsePart(Keys.part("service/web"))).contains("service/web");
        assertThat(Keys.parseManifest(Keys.manifest(12345678901L))).contains(12345678901L);
    }

    @Test
    void shouldReadNothingFromOtherKeys() {
        assertThat(Keys.parseInstance(Keys.CHECKPOINT)).isEmpty();
        assertThat(Keys.parseInstance("instance/alpha")).isEmpty();
        assertThat(Keys.parseInstance("instance//c0ffee")).isEmpty();
        assertThat(Keys.parseManifest("manifest/latest")).isEmpty();
        assertThat(Keys.parsePart("part/")).isEmpty();
    }

    @Test
    void shouldRefuseNamesThatAnotherKeyCouldBeReadFrom() {
        assertThatThrownBy(() -> Keys.instance("a/b", "c"))
                .hasMessageContaining("a host name is neither empty nor contains a slash");
        assertThatThrownBy(() -> Keys.applierBeat("", "edge-1"))
                .hasMessageContaining("a group name");
    }

    @Test
    void shouldPartitionAsKafkasProducersDo() {
        Set<Integer> seen = new HashSet<>();
        for (int i = 0; i < 500; i++) {
            String key = Keys.instance("host-" + i, "c");
            int partition = Partitions.of(key, 12);
            assertThat(partition)
                    .isEqualTo(BuiltInPartitioner.partitionForKey(key.getBytes(UTF_8), 12));
            seen.add(partition);
        }
        assertThat(seen).hasSize(12);
        assertThat(Partitions.of("default", 12)).isEqualTo(Partitions.of("default", 12));
    }

    @Test
    void shouldNameTopicsAndTheirSettings() {
        assertThat(Topic.CONTAINER_EVENTS.topicName("signalbox."))
                .isEqualTo("signalbox.container-events");
        assertThat(Topic.PROXY_CONFIGS.topicName("signalbox.", "edge"))
                .isEqualTo("signalbox.proxy-configs.edge");
        assertThatThrownBy(() -> Topic.PROXY_CONFIGS.topicName("signalbox."))
                .hasMessageContaining("a topic for each group");
        assertThat(Topic.CONTAINER_EVENTS.creationConfig(2))
                .containsEntry("retention.ms", "-1")
                .containsEntry("compression.type", "zstd")
                .containsEntry("min.insync.replicas", "2");
        assertThat(Topic.SERVICE_STATE.checkedConfig())
                .containsEntry("cleanup.policy", "compact")
                .containsEntry("message.timestamp.type", "LogAppendTime")
                .containsEntry("min.compaction.lag.ms", "86400000")
                .containsEntry("delete.retention.ms", "2592000000");
        assertThat(Topic.LIVENESS.checkedConfig()).containsEntry("retention.ms", "3600000");
        assertThat(Topic.LIVENESS.retention()).contains(Duration.ofHours(1));
        assertThat(Topic.CONTAINER_EVENTS.retention()).isEmpty();
        assertThat(Topic.SERVICE_STATE.retention()).isEmpty();
    }
}
