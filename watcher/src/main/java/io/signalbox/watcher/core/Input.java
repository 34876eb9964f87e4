package io.signalbox.watcher.core;

import io.signalbox.schemas.Container;
import io.signalbox.schemas.HostIdentity;
import io.signalbox.schemas.WatcherControl;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What reaches the core. Each answer names what it answers: the event stream or the attempt to
 * speak for the host by the number that the core gave it; answers to older ones are ignored.
 */
public sealed interface Input {

    /** What the engine says. */
    sealed interface FromEngine extends Input {}

    /** What becomes of what was sent to the log. */
    sealed interface FromLog extends Input {}

    /** The event stream is subscribed; what happens from now on arrives. */
    record StreamOpened(long stream, HostIdentity identity) implements FromEngine {}

    /** The event stream ended or lost something; nothing more comes from it. */
    record StreamLost(long stream, String reason) implements FromEngine {}

    /**
     * Something happened to a container.
     *
     * @param action the engine's word for it, such as {@code start} or {@code network connect}
     * @param at the engine's time of the event; null where it is not known
     */
    record Hinted(long stream, String container, String action, @Nullable Instant at)
            implements FromEngine {}

    /** A signal was sent to a container. */
    record Killed(long stream, String container, int signal, Instant at) implements FromEngine {}

    /** The answer to {@link Output.Inspect}; exactly one for each. */
    record Inspected(String container, Inspection inspection) implements FromEngine {}

    /** The answer to {@link Output.ListContainers}: the ids of all containers in any state. */
    record Listed(long call, List<String> containers) implements FromEngine {
        public Listed {
            containers = List.copyOf(containers);
        }
    }

    /** The other answer to {@link Output.ListContainers}. */
    record ListFailed(long call, String reason) implements FromEngine {}

    /**
     * What another source than the engine shows now, all of it; told whenever it changes.
     *
     * @param source one of those that the core was made with
     * @param pictures one for each id
     * @param complete false while the source does not know yet all that it is to show: what is
     *     missing here is not gone then, unless this source showed it before
     */
    record Shown(String source, List<Container> pictures, boolean complete) implements Input {
        public Shown {
            pictures = List.copyOf(pictures);
        }
    }

    /** {@code SessionOpened} was acknowledged at this offset, which names the session. */
    record SessionAcknowledged(long attempt, long offset) implements FromLog {}

    /** A fact was acknowledged, and so were all before it. */
    record FactAcknowledged(long attempt, long seq) implements FromLog {}

    /** {@code SessionOpened} or a fact could not be sent, or its acknowledgement did not come. */
    record SendFailed(long attempt, String reason) implements FromLog {}

    /** A beat was acknowledged. */
    record BeatAcknowledged(long attempt) implements FromLog {}

    /** A beat could not be sent in time. */
    record BeatFailed(long attempt) implements FromLog {}

    /** What was said to the watchers of this host was taken back: the log begins anew. */
    record Forgotten() implements Input {}

    /** What the registry says to the watchers of this host. */
    record Heard(WatcherControl control) implements Input {}
}
