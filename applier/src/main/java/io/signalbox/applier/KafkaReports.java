package io.signalbox.applier;

import io.signalbox.schemas.ApplyResult;
import io.signalbox.schemas.Keys;
import io.signalbox.schemas.Liveness;
import io.signalbox.schemas.Liveness.ApplierBeat;
import io.signalbox.schemas.Partitions;
import io.signalbox.schemas.Topic;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.BlockingDeque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingDeque;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends results and beats, one after the other: what a broker has not acknowledged is not sent yet.
 * While the brokers are away the newest results are kept and the oldest dropped; beats are not
 * kept. The thread in {@link #run} sends.
 */
final class KafkaReports implements Reports {
    private static final Logger log = LoggerFactory.getLogger(KafkaReports.class);
    private static final int MOST_KEPT = 1_000;
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final Producer<byte[], byte[]> producer;
    private final Encoder<ApplyResult> results;
    private final Encoder<Liveness> liveness;
    private final String prefix;
    private final BlockingDeque<Message> waiting = new LinkedBlockingDeque<>(MOST_KEPT);
    private boolean failing;

    /** Makes bytes of a value; may wait for the schema registry. */
    interface Encoder<T> {
        byte[] encode(T value) throws InterruptedException;
    }

    private sealed interface Message {
        record Result(ApplyResult result) implements Message {}

        record Beat(ApplierBeat beat) implements Message {}
    }

    KafkaReports(
            Producer<byte[], byte[]> producer,
            Encoder<ApplyResult> results,
            Encoder<Liveness> liveness,
            String prefix) {
        this.producer = producer;
        this.results = results;
        this.liveness = liveness;
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
                acknowledged();
            } catch (KafkaException e) {
                failed(message, e);
            } catch (ExecutionException e) {
                failed(message, e.getCause() == null ? e : e.getCause());
            }
        }
    }

    private void acknowledged() {
        if (failing) {
            failing = false;
            log.atInfo().log("results are acknowledged again");
        }
    }

    private void failed(Message message, Throwable failure) throws InterruptedException {
        if (failure instanceof RecordTooLargeException
                || failure instanceof InvalidRecordException) {
            log.atError()
                    .addKeyValue("error", failure.toString())
                    .log("no broker will take this result: it is dropped");
            return;
        }
        if (!failing) {
            failing = true;
            log.atWarn()
                    .addKeyValue("error", failure.toString())
                    .log("results are not acknowledged: they are sent again");
        }
        if (message instanceof Message.Result && !waiting.offerFirst(message)) {
            log.atDebug().log("a result was dropped: too many wait for the brokers");
        }
        Thread.sleep(PAUSE);
    }

    private void send(Message message) throws ExecutionException, InterruptedException {
        switch (message) {
            case Message.Result(ApplyResult result) ->
                    send(
                            Topic.APPLY_RESULTS,
                            Keys.result(result.group(), result.applier()),
                            results.encode(result));
            case Message.Beat(ApplierBeat beat) ->
                    send(
                            Topic.LIVENESS,
                            Keys.applierBeat(beat.group(), beat.applier()),
                            liveness.encode(beat));
        }
    }

    /** Waits until a broker has it. */
    private void send(Topic topic, String key, byte[] value)
            throws ExecutionException, InterruptedException {
        producer.send(
                        new ProducerRecord<>(
                                topic.topicName(prefix),
                                Partitions.of(key, topic.partitions()),
                                key.getBytes(StandardCharsets.UTF_8),
                                value))
                .get();
    }
}
