package io.signalbox.applier;

import io.signalbox.applier.core.plan.WantedServer.Run;
import io.signalbox.schemas.ConfigRecord;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What others hand to the applier's loop. */
public sealed interface Input {

    /**
     * The group's topic is read from its beginning; all that was read before counts no more.
     *
     * @param topicId the topic's id; empty where it has none
     */
    record Begun(String topicId) implements Input {}

    /** Records of the group's topic, in order. */
    record Batch(List<Entry> entries, Instant receivedAt) implements Input {
        public Batch {
            entries = List.copyOf(entries);
        }
    }

    /**
     * One record.
     *
     * @param value null for a tombstone
     */
    record Entry(long offset, String key, @Nullable ConfigRecord value, Instant appendedAt) {}

    /** The end that was found when reading began is reached. */
    record ReachedEnd() implements Input {}

    /** A knock at that server of a service succeeded. */
    record Answered(Run run, String service) implements Input {}

    /** Certificates serve only after a reload. */
    record CertificatesWait(String why) implements Input {}

    /** A list of users changed, which takes effect by a reload. */
    record UsersWait(String list) implements Input {}

    /** There is something else to say about certificates or lists of users. */
    record Noted() implements Input {}
}
