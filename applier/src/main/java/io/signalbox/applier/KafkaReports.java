package io.signalbox.applier;

import io.signalbox.process.SchemaWatch;
import io.signalbox.schemas.ApplyResult;
import io.signalbox.schemas.Codec;
import io.signalbox.schemas.Keys;
import io.signalbox.schemas.Liveness;
import io.signalbox.schemas.Liveness.ApplierBeat;
import io.signalbox.schemas.Partitions;
import io.signalbox.schemas.Topic;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.BlockingDeque;
import java.util.concurrent.LinkedBlockingDeque;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends results and beats. While the brokers are away the newest results are kept and the oldest
 * dropped; beats are not kept. The thread in {@link #run} sends.
 */
final class KafkaReports implements Reports {
    private static final Logger log = LoggerFactory.getLogger(KafkaReports.class);
    private static final int MOST_KEPT = 1_000;
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final Producer<byte[], byte[]> producer;
    private final SchemaWatch schemas;
    private final Codec<ApplyResult> results;
    private final Codec<Liveness> liveness;
    private final String prefix;
    private final BlockingDeque<Message> waiting = new LinkedBlockingDeque<>(MOST_KEPT);

    private sealed interface Message {
        record Result(ApplyResult result) implements Message {}

        record Beat(ApplierBeat beat) implements Message {}
    }

    KafkaReports(Producer<byte[], byte[]> producer, SchemaWatch schemas, String prefix) {
        this.producer = producer;
        this.schemas = schemas;
        this.results = schemas.codecs().results();
        this.liveness = schemas.codecs().liveness();
        this.prefix = prefix;
    }

    @Override
    public void result(ApplyResult result) {
        Message message = new Message.Result(result);
        while (!waiting.offerLast(message)) {
            if (waiting.pollFirst() != null) {
                log.atDebug().log("a result was dropped: too many wait for the brokers");
            }
        }
    }

    @Override
    public void beat(ApplierBeat beat) {
        if (waiting.isEmpty()) {
            waiting.offerLast(new Message.Beat(beat));
        }
    }

    /** Sends until the thread is interrupted. */
    void run() throws InterruptedException {
        while (true) {
            Message message = waiting.takeFirst();
            try {
                send(message);
            } catch (KafkaException e) {
                if (message instanceof Message.Result) {
                    waiting.offerFirst(message);
                }
                Thread.sleep(PAUSE);
            }
        }
    }

    private void send(Message message) throws InterruptedException {
        switch (message) {
            case Message.Result(ApplyResult result) ->
                    send(
                            Topic.APPLY_RESULTS,
                            Keys.result(result.group(), result.applier()),
                            schemas.patiently(() -> results.encode(result)));
            case Message.Beat(ApplierBeat beat) ->
                    send(
                            Topic.LIVENESS,
                            Keys.applierBeat(beat.group(), beat.applier()),
                            schemas.patiently(() -> liveness.encode(beat)));
        }
    }

    private void send(Topic topic, String key, byte[] value) {
        var _ =
                producer.send(
                        new ProducerRecord<>(
                                topic.topicName(prefix),
                                Partitions.of(key, topic.partitions()),
                                key.getBytes(StandardCharsets.UTF_8),
                                value),
                        (sent, failure) -> {
                            if (failure != null) {
                                log.atDebug()
                                        .addKeyValue("topic", topic.shortName())
                                        .addKeyValue("error", failure.toString())
                                        .log("a record was not acknowledged");
                            }
                        });
    }
}
