package io.signalbox.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.signalbox.registry.core.RandomLog;
import io.signalbox.schemas.Event;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whatever happens to registries and broker, service-state comes to be the fold of the facts. */
@Timeout(180)
class RegistryConvergenceIT {
    private static final Duration SOON = Duration.ofSeconds(60);

    /** Sends fail soon, so that a short outage is one. Silence decides nothing here. */
    private static final Map<String, String> IMPATIENT =
            Map.of(
                    "kafka-request-timeout-ms", "1000",
                    "kafka-delivery-timeout-ms", "2000",
                    "host-suspected-after", "30m",
                    "host-lost-after", "40m");

    private final List<Event> facts = new RandomLog(new Random(7), 6_000).events;
    private Lab lab;

    @BeforeEach
    void start(@TempDir Path directory) throws Exception {
        lab = Lab.start(directory);
    }

    @AfterEach
    void stop() {
        lab.close();
        assertThat(lab.failures).isEmpty();
    }

    @Test
    void shouldConvergeWhileRegistriesComeAndGo() {
        try (Lab.Running first = lab.registry(IMPATIENT)) {
            lab.appendAll(facts.subList(0, 2_000));
            await().atMost(SOON).until(() -> first.loop().status().folding().size() == 12);
            try (Lab.Running second = lab.registry(IMPATIENT)) {
                lab.appendAll(facts.subList(2_000, 4_000));
                await().atMost(SOON).until(() -> !second.loop().status().folding().isEmpty());
                first.stop();
                lab.appendAll(facts.subList(4_000, facts.size()));
                await().atMost(SOON)
                        .untilAsserted(() -> assertThat(lab.folded()).isEqualTo(lab.fold()));
            }
        }
    }

    @Test
    void shouldConvergeAfterTheBrokerWasAway() {
        try (Lab.Running registry = lab.registry(IMPATIENT)) {
            await().atMost(SOON).until(registry::ready);
            lab.appendAll(facts);
            await().atMost(SOON)
                    .until(() -> registry.loop().status().folding().getOrDefault(0, 0L) > 0);
            lab.broker.stop();
            await().atMost(SOON).until(() -> !registry.ready());
            lab.broker.startAgain();
            await().atMost(SOON)
                    .ignoreExceptions()
                    .untilAsserted(() -> assertThat(lab.folded()).isEqualTo(lab.fold()));
            await().atMost(SOON).until(registry::ready);
        }
    }
}
