package io.signalbox.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.process.FreePort;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class EmbeddedKafkaIT {

    @TempDir Path directory;

    @Test
    void shouldKeepTopicsAcrossARestart() throws Exception {
        int port = FreePort.onLoopback();
        int controllerPort = FreePort.onLoopback();

        try (EmbeddedKafka kafka = EmbeddedKafka.start(directory, port, controllerPort);
                Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
            admin.createTopics(List.of(new NewTopic("kept", 2, (short) 1))).all().get();
        }

        try (EmbeddedKafka kafka = EmbeddedKafka.start(directory, port, controllerPort);
                Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
            assertThat(admin.listTopics().names().get()).containsExactly("kept");
        }
    }
}
