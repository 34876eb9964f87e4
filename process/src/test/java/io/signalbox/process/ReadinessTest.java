package io.signalbox.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class ReadinessTest {
    private final Readiness readiness = new Readiness("tested");

    @Test
    void shouldBeReadyWhenAllConditionsHold() {
        Readiness.Condition kafka = readiness.condition("kafka");
        Readiness.Condition docker = readiness.condition("docker");
        kafka.holds();
        assertThat(readiness.causes()).isEqualTo(Map.of("docker", "starting"));

        docker.holds();

        assertThat(readiness.ready()).isTrue();
    }

    @Test
    void shouldNameTheNewestCause() {
        Readiness.Condition kafka = readiness.condition("kafka");
        kafka.holds();
        kafka.fails("no broker answers");
        kafka.fails("broker refuses");
        assertThat(readiness.causes()).isEqualTo(Map.of("kafka", "broker refuses"));
        assertThat(readiness.condition("kafka")).isSameAs(kafka);
    }

    @Test
    void shouldSayReadyAtEachChangeToIt() {
        try (Logged logged = new Logged(Readiness.class)) {
            Readiness.Condition kafka = readiness.condition("kafka");
            kafka.holds();
            kafka.holds();
            kafka.fails("away");
            kafka.holds();
            assertThat(logged.messages()).containsExactly("ready", "ready");
        }
    }
}
