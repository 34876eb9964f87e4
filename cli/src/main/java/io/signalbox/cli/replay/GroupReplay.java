package io.signalbox.cli.replay;

import static java.util.Objects.requireNonNull;

import io.signalbox.cli.replay.FactFold.Written;
import io.signalbox.cli.replay.History.Standing;
import io.signalbox.renderer.core.GroupRenderer;
import io.signalbox.renderer.core.ServiceView;
import io.signalbox.schemas.ConfigRecord.Manifest;
import io.signalbox.schemas.GroupDefinition;
import io.signalbox.schemas.Keys;
import io.signalbox.schemas.ServiceState;
import io.signalbox.schemas.ServiceState.Checkpoint;
import io.signalbox.schemas.Topic;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One group rendered again, manifest by manifest, by a {@link GroupRenderer} on a {@link
 * ServiceView} of its own, each at exactly the positions that the manifest names.
 *
 * <p>A renderer coalesces, so what it rendered between two manifests is not known; but it does not
 * matter either. What a manifest stands for depends on the view and the definition at its
 * positions, and on three things that history carries:
 *
 * <ul>
 *   <li>the parts before it: an owner goes on from them, a service that cannot be rendered stays as
 *       it is in them, and the shrink guard compares with them. The replay's own parts are those,
 *       as each manifest is proved before the next; of a new owner, those of history;
 *   <li>the operator's word on what the guard held back, between the two positions in {@code
 *       proxy-groups}, and the {@code held} record that it answers;
 *   <li>who holds a disputed route. Changes of one partition are applied in their order, so the
 *       replay's route table decides as the renderer's did. Changes of several partitions between
 *       two manifests were read in an order that is nowhere recorded, but its outcome is: the parts
 *       say who holds what, and since when. Only there, only if the replay's own order gives
 *       another outcome, and only for routes that several services claim, the record's word is
 *       taken; all else of the part must still follow from it.
 * </ul>
 *
 * Where the built-in group listens is a setting and no fact; it is read from the recorded frame,
 * the rest of which must follow. Causes and times of a manifest are no part of what is compared.
 *
 * <p>A manifest that cannot be compared is passed and named: of another renderer version, of
 * another {@code container-events} topic, of an owner that had been overtaken, or one whose
 * positions lie behind those of the manifest before (after a take-over from an owner that was
 * further, or while {@code service-state} was being rebuilt). The next one is then rendered as by a
 * new owner. Until the first manifest is proved of a history whose beginning was deleted, the parts
 * before are not known, and a difference is passed likewise.
 *
 * <p>Which of the last steps of the owner before still came in time, before the new owner's claim,
 * is not recorded; it shows only in a disputed route, or where the shrink guard keeps a server.
 * Where the first manifest does not follow from all of them, it may follow without the last ones.
 * What an owner sent to history but not to its topic, because the broker failed in between, is such
 * a step too. One thread.
 */
final class GroupReplay {
    /** A new owner's first manifest, before which no word of the operator reaches it. */
    private static final long FIRST = 1;

    private final String group;
    private final Definitions definitions;
    private final History history;
    private final ReplayLog log;
    private final String version;
    private final Tally tally;
    private final ServiceView view = new ServiceView(Topic.SERVICE_STATE.partitions());
    private final long[] reached = new long[Topic.SERVICE_STATE.partitions()];
    private final List<Deque<Written>> waiting = new ArrayList<>();
    private final BitSet changed = new BitSet();
    private boolean anchored;
    private long epoch = -1;
    private @Nullable GroupRenderer renderer;
    private @Nullable Standing next;

    GroupReplay(String group, ReplayLog log, String version, Tally tally) {
        this.group = group;
        this.definitions = new Definitions(group, log.definitions(group));
        this.history = new History(group, log.historyPartition(group), log.history(group), tally);
        this.log = log;
        this.version = version;
        this.tally = tally;
        this.anchored = log.historyIsWhole(group);
        for (int partition = 0; partition < reached.length; partition++) {
            waiting.add(new ArrayDeque<>());
        }
    }

    /**
     * Goes on to the next manifest that can be compared.
     *
     * @return whether there is one, to be given the facts up to its positions and then to be {@link
     *     #check}ed
     */
    boolean proceed() throws Difference.Found {
        Standing standing = history.next();
        while (standing != null && isPassed(standing)) {
            renderer = null;
            standing = history.next();
        }
        next = standing;
        if (standing != null) {
            for (int partition = 0; partition < reached.length; partition++) {
                catchUp(partition, position(standing, partition));
            }
        }
        return standing != null;
    }

    private boolean isPassed(Standing standing) throws Difference.Found {
        Manifest manifest = standing.manifest();
        Difference place = history.at(standing.offset(), history.name(manifest));
        refuse(standing);
        if (!manifest.rendererVersion().equals(version)) {
            tally.pass("of renderer version " + manifest.rendererVersion(), place);
            return true;
        }
        if (!manifest.eventsTopicId().isEmpty()
                && !manifest.eventsTopicId().equals(log.eventsTopicId())) {
            tally.pass("of another container-events topic", place);
            return true;
        }
        if (isBehind(standing)) {
            tally.pass("with positions behind those of the one before", place);
            return true;
        }
        for (int partition = 0; partition < reached.length; partition++) {
            if (position(standing, partition) > log.eventsEnd(partition)) {
                throw found(
                        standing,
                        "stands for facts below %d of container-events partition %d, which ends at %d"
                                .formatted(
                                        position(standing, partition),
                                        partition,
                                        log.eventsEnd(partition)));
            }
        }
        return false;
    }

    private void refuse(Standing standing) throws Difference.Found {
        Manifest manifest = standing.manifest();
        if (!manifest.group().equals(group)) {
            throw found(standing, "has the key of group " + group);
        }
        if (manifest.eventsPositions().size() != reached.length) {
            throw found(
                    standing,
                    "names %d positions of container-events"
                            .formatted(manifest.eventsPositions().size()));
        }
    }

    private Difference.Found found(Standing standing, String what) {
        return new Difference.Found(
                history.at(standing.offset(), history.name(standing.manifest()) + " " + what));
    }

    private boolean isBehind(Standing standing) {
        for (int partition = 0; partition < reached.length; partition++) {
            if (position(standing, partition) < reached[partition]) {
                return true;
            }
        }
        return standing.manifest().groupsPosition() < definitions.position();
    }

    private static long position(Standing standing, int partition) {
        return standing.manifest().eventsPositions().get(partition);
    }

    /** The registry would have written this; it is taken once a manifest is to include it. */
    void offer(Written written) {
        waiting.get(written.partition()).add(written);
        Standing standing = next;
        if (standing != null) {
            catchUp(written.partition(), position(standing, written.partition()));
        }
    }

    private void catchUp(int partition, long position) {
        Deque<Written> left = waiting.get(partition);
        for (Written w = left.peek(); w != null && w.source() < position; w = left.peek()) {
            left.remove();
            take(partition, w.key(), w.value());
        }
    }

    private void take(int partition, String key, @Nullable ServiceState value) {
        for (ServiceView.Change change : view.read(partition, key, value, Instant.EPOCH)) {
            changed.set(partition);
            GroupRenderer present = renderer;
            if (present != null) {
                present.apply(change);
            }
        }
    }

    /**
     * Renders what the manifest stands for and compares.
     *
     * @throws Difference.Found when it is something else
     */
    void check() throws Difference.Found {
        Standing standing = requireNonNull(next);
        Manifest manifest = standing.manifest();
        for (int partition = 0; partition < reached.length; partition++) {
            long position = position(standing, partition);
            take(partition, Keys.CHECKPOINT, new Checkpoint(log.eventsTopicId(), position));
            reached[partition] = position;
        }
        Comparison comparison = renderAgain(standing, read(standing));
        changed.clear();
        epoch = manifest.epoch();
        renderer = comparison.rendering();
        Difference difference = comparison.difference(standing);
        if (difference == null) {
            anchored = true;
            tally.manifests++;
            tally.races += comparison.isRaced() ? 1 : 0;
            tally.gaps += comparison.fillGaps(standing);
            history.prove();
        } else if (anchored) {
            throw new Difference.Found(difference);
        } else {
            renderer = null;
            tally.pass(
                    "whose parts may be older than the history that is left",
                    history.at(standing.offset(), history.name(manifest)));
        }
    }

    private Definitions.Read read(Standing standing) throws Difference.Found {
        long position = standing.manifest().groupsPosition();
        Definitions.Read read = definitions.readTo(position, history::recorded);
        if (read.definition() == null) {
            throw found(
                    standing,
                    "stands for a group that is not defined before offset %d of its partition of proxy-groups"
                            .formatted(position));
        }
        return read;
    }

    private Comparison renderAgain(Standing standing, Definitions.Read read) {
        GroupRenderer present = renderer;
        GroupDefinition definition = requireNonNull(read.definition());
        if (present != null && epoch == standing.manifest().epoch()) {
            present.define(definition);
            return render(present, standing, read, read.defined());
        }
        Comparison whole = renderAnew(standing, read, 0);
        for (int fenced = 1;
                fenced <= history.undoable() && whole.difference(standing) != null;
                fenced++) {
            Comparison other = renderAnew(standing, read, fenced);
            if (other.difference(standing) == null) {
                return other;
            }
        }
        return whole;
    }

    private Comparison renderAnew(Standing standing, Definitions.Read read, int fenced) {
        GroupDefinition definition = requireNonNull(read.definition());
        GroupRenderer fresh = new GroupRenderer(definition, view, history.published(fenced));
        return render(fresh, standing, read, true);
    }

    /**
     * Takes the step to the manifest.
     *
     * @param anyOrder whether more than the changes of partitions may have come in any order
     */
    private Comparison render(
            GroupRenderer rendering, Standing standing, Definitions.Read read, boolean anyOrder) {
        Manifest manifest = standing.manifest();
        if (manifest.generation() > FIRST
                && read.words().stream().anyMatch(word -> history.answers(word, manifest))) {
            rendering.acceptShrink();
        }
        Comparison comparison = new Comparison(history, rendering);
        comparison.step(anyOrder || changed.cardinality() > 1);
        return comparison;
    }

    /** When the manifest was written that is to be checked next. */
    Instant writtenAt() {
        return requireNonNull(next).appendedAt();
    }

    /** Up to which fact of a partition it stands. */
    long position(int partition) {
        return position(requireNonNull(next), partition);
    }

    /** Ends the reading. */
    void close() {
        definitions.close();
        history.close();
    }
}
