package io.signalbox.cli.replay;

import io.signalbox.cli.replay.FactFold.Written;
import io.signalbox.schemas.Event;
import io.signalbox.schemas.ServiceState;
import io.signalbox.schemas.Topic;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Folds all facts from the beginning and renders all configurations again, and compares: each
 * partition of {@code service-state} once the facts up to its checkpoint are folded ({@link
 * StateCheck}), each manifest of {@code config-history} once the facts up to its positions are
 * ({@link GroupReplay}).
 *
 * <p>One pass over the facts serves all of this. The groups' next manifests are taken in the order
 * in which they were written; for each, every partition is folded up to the manifest's position.
 * Another group's view takes what it may: all below the positions of that group's own next
 * manifest. What is kept is the state of the facts, the same once more as {@code service-state} has
 * it, a view and the parts of each group, and what one renderer was ahead of another. One thread.
 */
public final class Replay {
    private static final int PARTITIONS = Topic.CONTAINER_EVENTS.partitions();

    private final ReplayLog log;
    private final Rules rules;
    private final Consumer<Tally> progress;
    private final Tally tally = new Tally();
    private final List<FactFold> folds = new ArrayList<>();
    private final Map<Integer, StateCheck> states = new HashMap<>();
    private final List<GroupReplay> groups = new ArrayList<>();
    private final long[] checkpoints = new long[PARTITIONS];

    /**
     * What the facts alone do not say.
     *
     * @param rendererVersion manifests of other versions are passed
     * @param goneRetention how long the registry keeps what is gone
     * @param now what has been gone for that long by now may be forgotten
     */
    public record Rules(String rendererVersion, Duration goneRetention, Instant now) {}

    /**
     * How it ended.
     *
     * @param difference null when all is the same
     */
    public record Outcome(Tally tally, @Nullable Difference difference) {}

    /**
     * Nothing read yet.
     *
     * @param progress told now and then what was counted so far
     */
    public Replay(ReplayLog log, Rules rules, Consumer<Tally> progress) {
        this.log = log;
        this.rules = rules;
        this.progress = progress;
    }

    /** Reads all there is, or up to the first difference. */
    public Outcome run() {
        try {
            readState();
            openFacts();
            openGroups();
            renderAll();
            foldTheRest();
            return new Outcome(tally, null);
        } catch (Difference.Found found) {
            return new Outcome(tally, found.difference());
        } finally {
            groups.forEach(GroupReplay::close);
            folds.forEach(FactFold::close);
        }
    }

    private void readState() throws Difference.Found {
        for (int partition = 0; partition < PARTITIONS; partition++) {
            try (Feed<ServiceState> feed = log.state(partition)) {
                StateCheck state = StateCheck.read(partition, feed, tally);
                states.put(partition, state);
                checkpoints[partition] =
                        state.checkpoint(log.eventsTopicId(), log.eventsEnd(partition));
            }
            progress.accept(tally);
        }
    }

    private void openFacts() {
        for (int partition = 0; partition < PARTITIONS; partition++) {
            Feed<Event> feed = log.events(partition);
            folds.add(new FactFold(partition, feed, rules.goneRetention(), this::offer, tally));
        }
    }

    private void offer(Written written) {
        groups.forEach(group -> group.offer(written));
    }

    private void openGroups() throws Difference.Found {
        for (String name : log.groups()) {
            GroupReplay group = new GroupReplay(name, log, rules.rendererVersion(), tally);
            groups.add(group);
        }
        for (GroupReplay group : List.copyOf(groups)) {
            proceed(group);
        }
    }

    private void proceed(GroupReplay group) throws Difference.Found {
        if (!group.proceed()) {
            group.close();
            groups.remove(group);
        }
    }

    private void renderAll() throws Difference.Found {
        while (!groups.isEmpty()) {
            GroupReplay group =
                    groups.stream().min(Comparator.comparing(GroupReplay::writtenAt)).orElseThrow();
            for (int partition = 0; partition < PARTITIONS; partition++) {
                fold(partition, group.position(partition));
            }
            group.check();
            progress.accept(tally);
            proceed(group);
        }
    }

    private void foldTheRest() throws Difference.Found {
        for (int partition = 0; partition < PARTITIONS; partition++) {
            fold(partition, log.eventsEnd(partition));
        }
    }

    /** Folds up to an offset, and compares the state on the way. */
    private void fold(int partition, long end) throws Difference.Found {
        FactFold fold = folds.get(partition);
        StateCheck state = states.get(partition);
        long checkpoint = checkpoints[partition];
        if (state != null && end >= checkpoint) {
            step(fold, checkpoint);
            state.compare(
                    fold.state(),
                    checkpoint,
                    new StateCheck.Forgotten(
                            rules.now().minus(rules.goneRetention()), fold.forgottenBefore()),
                    tally);
            states.remove(partition);
        }
        step(fold, end);
    }

    private void step(FactFold fold, long end) {
        while (fold.foldSome(end)) {
            progress.accept(tally);
        }
    }
}
