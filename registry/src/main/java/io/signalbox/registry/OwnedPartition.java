package io.signalbox.registry;

import io.signalbox.registry.core.PartitionOwner;

/**
 * One partition of {@code container-events} that this registry folds. Owned by the registry's loop.
 *
 * <pre>
 *     assigned ──► pending ──► Folding ──► (a send failed) ──► pending
 *                     └─────► Refused: data loss or another topic
 * </pre>
 */
final class OwnedPartition {
    final int number;
    Phase phase = new Pending();

    OwnedPartition(int number) {
        this.number = number;
    }

    /** What is done with the partition. */
    sealed interface Phase {}

    /** It is to be taken over, or to be rebuilt. */
    record Pending() implements Phase {}

    /** Its facts cannot be folded; why, in one sentence. */
    record Refused(String reason) implements Phase {}

    /** Its facts are folded. */
    record Folding(PartitionOwner owner) implements Phase {}
}
