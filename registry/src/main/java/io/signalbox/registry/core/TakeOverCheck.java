package io.signalbox.registry.core;

import io.signalbox.schemas.ServiceState.Checkpoint;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whether the facts of a partition may be folded on top of its state.
 *
 * @param topic the facts' topic by name
 * @param topicId the id that it has now
 */
public record TakeOverCheck(String topic, String topicId) {

    private static final String ADOPT =
            "; to rebuild service-state from the facts that are there, run: signalbox topics --adopt container-events";

    /**
     * Why they must not; empty if they may.
     *
     * @param begin the first offset that the partition still has
     * @param end the offset after its last fact
     */
    public Optional<String> objection(
            int partition, @Nullable Checkpoint checkpoint, long begin, long end) {
        if (checkpoint == null) {
            return Optional.empty();
        }
        long next = checkpoint.nextOffset();
        if (!checkpoint.topicId().equals(topicId)) {
            return Optional.of(recreated(topic, checkpoint.topicId(), topicId));
        }
        if (next > end) {
            return Optional.of(
                    "data loss: %d facts were folded, but partition %d of %s ends at %d"
                                    .formatted(next, partition, topic, end)
                            + ADOPT);
        }
        return next < begin
                ? Optional.of(
                        "data loss: facts %d to %d of partition %d of %s were deleted before they were folded"
                                        .formatted(next, begin - 1, partition, topic)
                                + ADOPT)
                : Optional.empty();
    }

    private static String recreated(String topic, String before, String now) {
        return "%s was created again: the state belongs to topic id %s, the topic now has %s"
                        .formatted(topic, before, now)
                + ADOPT;
    }
}
