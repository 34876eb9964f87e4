package io.signalbox.applier;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.signalbox.schemas.ApplyResult;
import io.signalbox.schemas.ApplyResult.How;
import io.signalbox.schemas.ApplyResult.Outcome;
import io.signalbox.schemas.ApplyResult.Reach;
import io.signalbox.schemas.Liveness.ApplierBeat;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class KafkaReportsTest {
    private final MockProducer<byte[], byte[]> broker =
            new MockProducer<>(false, null, new ByteArraySerializer(), new ByteArraySerializer());
    private final KafkaReports reports =
            new KafkaReports(
                    broker,
                    result -> ("result " + result.generation()).getBytes(UTF_8),
                    _ -> "beat".getBytes(UTF_8),
                    "signalbox.");
    private final Thread sender =
            Thread.ofPlatform()
                    .daemon()
                    .unstarted(
                            () -> {
                                try {
                                    reports.run();
                                } catch (InterruptedException e) {
                                    Thread.currentThread().interrupt();
                                }
                            });

    @BeforeEach
    void start() {
        sender.start();
    }

    @AfterEach
    void stop() {
        sender.interrupt();
    }

    @Test
    void shouldSendAResultAgainUntilABrokerHasIt() {
        reports.result(result(1));
        reports.result(result(2));

        awaitSent("result 1");
        broker.errorNext(new TimeoutException("no broker"));
        awaitSent("result 1", "result 1");
        broker.completeNext();
        awaitSent("result 1", "result 1", "result 2");
    }

    @Test
    void shouldDropAResultThatNoBrokerWillTake() {
        reports.result(result(1));
        reports.result(result(2));

        awaitSent("result 1");
        broker.errorNext(new RecordTooLargeException("too large"));
        awaitSent("result 1", "result 2");
    }

    @Test
    void shouldNotKeepBeats() {
        reports.beat(new ApplierBeat("default", "applier-1", "host-a", 1, 1));
        awaitSent("beat");
        reports.result(result(1));

        broker.errorNext(new TimeoutException("no broker"));

        awaitSent("beat", "result 1");
    }

    private void awaitSent(String... values) {
        await().untilAsserted(() -> assertThat(sent()).containsExactly(values));
    }

    private List<String> sent() {
        return broker.history().stream().map(record -> new String(record.value(), UTF_8)).toList();
    }

    private static ApplyResult result(long generation) {
        return new ApplyResult(
                "default",
                "applier-1",
                "host-a",
                1,
                generation,
                Outcome.APPLIED,
                How.RUNTIME,
                "",
                "3.0.0",
                new Reach("host-a", List.of()),
                "",
                Map.of(),
                List.of(),
                List.of(),
                List.of(),
                Instant.EPOCH,
                Instant.EPOCH,
                Instant.EPOCH);
    }
}
