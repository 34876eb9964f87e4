package io.signalbox.registry;

import io.signalbox.registry.OwnedPartition.Folding;
import io.signalbox.registry.core.Fold;
import io.signalbox.registry.core.FoldResult;
import io.signalbox.registry.core.PartitionState;
import io.signalbox.registry.core.Signal;
import io.signalbox.registry.core.StateRecords;
import io.signalbox.registry.core.StateView;
import io.signalbox.schemas.Codec;
import io.signalbox.schemas.Decoded;
import io.signalbox.schemas.Event;
import io.signalbox.schemas.Keys;
import io.signalbox.schemas.Liveness;
import io.signalbox.schemas.ServiceState;
import io.signalbox.schemas.ServiceState.Checkpoint;
import io.signalbox.schemas.ServiceState.Host;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Folds the facts of owned partitions and writes what follows, in this order: the outputs of each
 * fact, then the changed host records, then the checkpoint. Nothing waits for an answer. Owned by
 * the registry's loop.
 */
final class PartitionFold {
    private static final Logger log = LoggerFactory.getLogger(PartitionFold.class);

    private final Codec<Event> codec;
    private final RegistryMetrics metrics;
    private final String eventsTopicId;

    PartitionFold(Codec<Event> codec, RegistryMetrics metrics, String eventsTopicId) {
        this.codec = codec;
        this.metrics = metrics;
        this.eventsTopicId = eventsTopicId;
    }

    /** Folds one batch of one partition. */
    void fold(
            int partition,
            Folding folding,
            List<ConsumerRecord<byte[], byte[]>> records,
            Outputs outputs) {
        List<Signal.ForWatchers> forWatchers = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> record : records) {
            switch (codec.decode(record.value())) {
                case Decoded.Value<Event>(Event event) ->
                        fold(partition, folding, record, event, outputs, forWatchers);
                case Decoded.Tombstone<Event> _ -> poison(record, "it has no value");
                case Decoded.Poison<Event>(String reason) -> poison(record, reason);
            }
            folding.nextOffset = record.offset() + 1;
        }
        for (Host host : folding.state.takeTouchedHosts()) {
            outputs.send(partition, host);
        }
        outputs.send(partition, checkpoint(folding));
        metrics.checkpoints.increment();
        for (Signal.ForWatchers signal : forWatchers) {
            folding.desk.onSignal(folding.state, signal).ifPresent(outputs::send);
        }
    }

    /** Begins to fold on top of the accepted records: repairs them, tells every host's watchers. */
    Folding begin(int partition, StateView view, Outputs outputs) {
        Checkpoint checkpoint = view.checkpoint();
        long nextOffset = checkpoint == null ? 0 : checkpoint.nextOffset();
        Folding folding = new Folding(PartitionState.of(partition, view.accepted()), nextOffset);
        for (ServiceState value : view.overwritten()) {
            repair(partition, folding, value, outputs);
        }
        folding.desk.takeOver(folding.state).forEach(outputs::send);
        return folding;
    }

    /** Writes a key again whose last record is not the accepted one. */
    void overwritten(int partition, Folding folding, StateView view, String key, Outputs outputs) {
        if (key.equals(Keys.CHECKPOINT)) {
            repair(partition, folding, checkpoint(folding), outputs);
            return;
        }
        ServiceState accepted = view.accepted(key);
        if (accepted != null) {
            ServiceState present = folding.state.present(accepted);
            repair(partition, folding, newer(accepted, present), outputs);
        }
    }

    /** Tells the host's watchers after a beat of one of them, if there is something to tell. */
    void beat(Folding folding, Liveness.HostBeat beat, Outputs outputs) {
        folding.desk.onBeat(folding.state, beat.host(), beat.session()).ifPresent(outputs::send);
    }

    /** Deletes what has been gone since before this time. */
    void forgetGone(int partition, Folding folding, Instant before, Outputs outputs) {
        for (String key : folding.state.forgetGoneBefore(before)) {
            outputs.tombstone(partition, key);
        }
    }

    private void fold(
            int partition,
            Folding folding,
            ConsumerRecord<byte[], byte[]> record,
            Event event,
            Outputs outputs,
            List<Signal.ForWatchers> forWatchers) {
        Instant appendedAt = Instant.ofEpochMilli(record.timestamp());
        FoldResult result = Fold.apply(folding.state, record.offset(), appendedAt, event);
        for (ServiceState value : result.changed()) {
            outputs.send(partition, value, appendedAt);
        }
        for (Signal signal : result.signals()) {
            metrics.count(signal);
            SignalLog.say(signal);
            if (signal instanceof Signal.ForWatchers forThem) {
                forWatchers.add(forThem);
            }
        }
        metrics.facts.increment();
    }

    private void repair(int partition, Folding folding, ServiceState value, Outputs outputs) {
        boolean whole = StateRecords.source(value) < folding.nextOffset;
        outputs.send(partition, whole ? StateRecords.asLast(value) : value);
        metrics.repaired.increment();
    }

    private Checkpoint checkpoint(Folding folding) {
        return new Checkpoint(eventsTopicId, folding.nextOffset);
    }

    private static ServiceState newer(ServiceState accepted, @Nullable ServiceState present) {
        return present != null && StateRecords.source(present) >= StateRecords.source(accepted)
                ? present
                : Objects.requireNonNull(accepted);
    }

    private void poison(ConsumerRecord<byte[], byte[]> record, String reason) {
        metrics.poison.increment();
        log.atError()
                .addKeyValue("topic", record.topic())
                .addKeyValue("partition", record.partition())
                .addKeyValue("offset", record.offset())
                .addKeyValue("error", reason)
                .log("fact cannot be read, it changes nothing");
    }
}
