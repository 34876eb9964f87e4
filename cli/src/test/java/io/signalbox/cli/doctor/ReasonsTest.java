package io.signalbox.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.ExecutionException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.Test;

class ReasonsTest {

    @Test
    void shouldSayWhyKafkasClientCannotBeMade() {
        KafkaException unmade =
                new KafkaException(
                        "Failed create new KafkaAdminClient", new ConfigException("no such name"));

        assertThat(Reasons.of(new ExecutionException(unmade))).isEqualTo("no such name");
    }
}
