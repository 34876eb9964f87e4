package io.signalbox.renderer;

import io.signalbox.renderer.core.GroupOwner;
import io.signalbox.renderer.core.GroupOwner.Write;
import io.signalbox.renderer.core.ReadBarrier;
import io.signalbox.schemas.ConfigRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.common.TopicPartition;

/**
 * One group that this renderer owns: the state machine, and what its take-over waits for. Owned by
 * the loop's thread; only the claim's offset is told by the producer's.
 */
final class OwnedGroup {
    private static final long NONE = -1;
    private static final Duration BETWEEN_CLAIMS = Duration.ofMillis(200);

    final GroupOwner owner;
    final TopicPartition partition;
    private final AtomicLong claim = new AtomicLong(NONE);
    private final ReadBarrier<TopicPartition> barrier = new ReadBarrier<>();
    private Instant claimAgainAt = Instant.EPOCH;
    private SortedMap<String, String> saidUnrendered = new TreeMap<>();

    OwnedGroup(GroupOwner owner, TopicPartition partition) {
        this.owner = owner;
        this.partition = partition;
    }

    /**
     * Sends a claim; its offset is awaited. Two that both believe to be the owner do not do so more
     * often than five times a second.
     */
    void claim(ConfigWriter writer, Instant now) throws InterruptedException {
        if (now.isBefore(claimAgainAt)) {
            return;
        }
        claimAgainAt = now.plus(BETWEEN_CLAIMS);
        Write write = owner.takeOver();
        claim.set(NONE);
        barrier.clear();
        writer.send(owner.group(), write, claim::set);
    }

    /** Whether the claim was acknowledged since the last call. */
    boolean claimAcknowledged() {
        long offset = claim.getAndSet(NONE);
        if (offset == NONE) {
            return false;
        }
        owner.claimed(offset);
        return true;
    }

    /** The ends of all that must be read before the first manifest. */
    void waitFor(Map<TopicPartition, Long> ends) {
        barrier.waitFor(ends);
    }

    /** Whether all was read. */
    boolean reached(java.util.function.ToLongFunction<TopicPartition> position) {
        return barrier.reached(position);
    }

    /** Sends all records in order, then their copies to the history. */
    void write(ConfigWriter writer, List<Write> writes) throws InterruptedException {
        for (Write write : writes) {
            writer.send(owner.group(), write, offset -> {});
        }
        for (Write write : writes) {
            if (write instanceof Write.Put(ConfigRecord record)) {
                writer.remember(owner.group(), record);
            }
        }
    }

    /** What could not be rendered and was not said yet. */
    SortedMap<String, String> newlyUnrendered() {
        SortedMap<String, String> now = new TreeMap<>(owner.unrendered());
        SortedMap<String, String> fresh = new TreeMap<>(now);
        fresh.entrySet().removeAll(saidUnrendered.entrySet());
        saidUnrendered = now;
        return fresh;
    }
}
