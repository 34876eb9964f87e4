package io.signalbox.renderer.core;

import io.signalbox.schemas.Cause;
import io.signalbox.schemas.ConfigRecord;
import io.signalbox.schemas.ConfigRecord.Claim;
import io.signalbox.schemas.ConfigRecord.Content;
import io.signalbox.schemas.ConfigRecord.Held;
import io.signalbox.schemas.ConfigRecord.Manifest;
import io.signalbox.schemas.ConfigRecord.Part;
import io.signalbox.schemas.ConfigRecord.Removed;
import io.signalbox.schemas.GroupDefinition;
import io.signalbox.schemas.GroupRecord.ShrinkAccepted;
import io.signalbox.schemas.GroupView;
import io.signalbox.schemas.Keys;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * One renderer's part in one group's topic, as a state machine:
 *
 * <pre>
 *   IDLE ──takeOver──► CLAIMING ──claimed──► READING ──begin──► OWNING
 *    ▲                    ▲                     │                  │
 *    └──── release        └──── takeOver, on any higher claim ─────┘
 * </pre>
 *
 * It claims, waits until all inputs and the topic were read to their end, rewrites what differs or
 * was overwritten, and then follows: changes, and parts that late records of older owners
 * overwrote. What it answers must be written in that order, and a failed write means {@link
 * #release}. One owner thread.
 */
public final class GroupOwner {
    private static final int MANIFESTS_PER_SECOND = 20;
    private static final int BURST = 5;
    private static final Duration QUIET = Duration.ofMillis(200);
    private static final Duration KEEP_MANIFESTS = Duration.ofMinutes(10);
    private static final Duration KEEP_REMOVED = Duration.ofDays(21);

    private final String group;
    private final String renderer;
    private final String version;
    private final TokenBucket bucket = new TokenBucket(MANIFESTS_PER_SECOND, BURST);
    private final Set<String> repairs = new TreeSet<>();
    private final SortedMap<String, Instant> removed = new TreeMap<>();
    private final GroupView log = new GroupView();
    private Phase phase = Phase.IDLE;
    private long epoch = GroupView.NO_EPOCH;
    private long generation;
    private @Nullable GroupRenderer rendering;
    private @Nullable Held held;
    private Instant beganAt = Instant.EPOCH;
    private Instant quietUntil = Instant.MIN;

    /** Nobody's owner yet. */
    public GroupOwner(String group, String renderer, String version) {
        this.group = group;
        this.renderer = renderer;
        this.version = version;
    }

    /** How far the take-over is. */
    public enum Phase {
        IDLE,
        CLAIMING,
        READING,
        OWNING
    }

    /** One record to write to the group's topic. */
    public sealed interface Write {
        /** The record's key. */
        String key();

        /** A value. */
        record Put(ConfigRecord value) implements Write {
            @Override
            public String key() {
                return Keys.of(value);
            }
        }

        /** A tombstone. */
        record Delete(String key) implements Write {}
    }

    /**
     * Where the inputs are.
     *
     * @param view all of {@code service-state}
     * @param groupsPosition first offset of the group's partition of {@code proxy-groups} that was
     *     not read
     */
    public record Inputs(ServiceView view, long groupsPosition) {}

    /** The group is to be owned, or owned anew: writes a claim. */
    public Write takeOver() {
        phase = Phase.CLAIMING;
        rendering = null;
        repairs.clear();
        return new Write.Put(new Claim(renderer));
    }

    /** The claim stands in the topic at this offset. */
    public void claimed(long offset) {
        if (phase == Phase.CLAIMING) {
            epoch = offset;
            generation = 0;
            phase = Phase.READING;
        }
    }

    /** The group is another renderer's, or a write failed. */
    public void release() {
        phase = Phase.IDLE;
        rendering = null;
        epoch = GroupView.NO_EPOCH;
    }

    /**
     * Takes the next record of the topic; null for a tombstone.
     *
     * @param appendedAt LogAppendTime of the record
     */
    public void read(long offset, String key, @Nullable ConfigRecord value, Instant appendedAt) {
        switch (log.read(offset, key, value)) {
            case GroupView.FencedRead _ -> repair(key);
            case GroupView.TombstoneRead(_, boolean accepted) -> {
                if (!accepted) {
                    repair(key);
                }
            }
            case GroupView.PartRead(Part part) -> {
                if (part.content() instanceof Removed) {
                    removed.put(key, appendedAt);
                } else {
                    removed.remove(key);
                }
            }
            case GroupView.ClaimRead _, GroupView.ManifestRead _, GroupView.HeldRead _ -> {
                // A claim counts in overtaken(); the others are our own.
            }
        }
    }

    private void repair(String key) {
        if (phase == Phase.OWNING && (key.equals(Keys.HELD) || Keys.parsePart(key).isPresent())) {
            repairs.add(key);
        }
    }

    /** A record of that key could not be read: its part is written again. */
    public void unreadable(String key) {
        repairs.add(key);
    }

    /** Whether a higher claim stands in the topic: the take-over must be done again. */
    public boolean overtaken() {
        return (phase == Phase.READING || phase == Phase.OWNING) && log.claim() > epoch;
    }

    /**
     * All inputs and the topic were read to the end that was found after the claim: writes what
     * differs, what was overwritten, and the first manifest.
     */
    public List<Write> begin(GroupDefinition definition, Inputs inputs, Instant now) {
        phase = Phase.OWNING;
        beganAt = now;
        held = log.held();
        GroupRenderer renderer = new GroupRenderer(definition, inputs.view(), log.parts());
        rendering = renderer;
        Manifest before = log.manifest();
        if (before != null && before.eventsTopicId().equals(inputs.view().eventsTopicId())) {
            renderer.standsFor(before.eventsPositions());
        }
        repairs.addAll(log.overwritten());
        bucket.spend(now);
        return written(renderer, renderer.plan(), inputs, true);
    }

    /** The view changed. */
    public void apply(ServiceView.Change change) {
        if (rendering != null) {
            rendering.apply(change);
        }
    }

    /** The definition changed. */
    public void define(GroupDefinition definition) {
        if (rendering != null) {
            rendering.define(definition);
        }
    }

    /** The operator's word on what is held; it counts for what was held last and nothing else. */
    public void accept(ShrinkAccepted word) {
        if (rendering != null && answers(word, held)) {
            rendering.acceptShrink();
        }
    }

    /**
     * Whether the operator's word is about what is held back.
     *
     * @param said what the shrink guard said last; null for nothing
     */
    public static boolean answers(ShrinkAccepted word, @Nullable Held said) {
        return said != null
                && said.dropping() > 0
                && word.epoch() == said.epoch()
                && word.generation() == said.generation();
    }

    /**
     * What is to be written now: parts, then their manifest. A drain or a repair never waits; what
     * HAProxy does not show waits a little for what it does.
     */
    public List<Write> step(Inputs inputs, Instant now) {
        GroupRenderer renderer = rendering;
        if (phase != Phase.OWNING || renderer == null) {
            return List.of();
        }
        List<Write> writes = new ArrayList<>();
        GroupRenderer.Step step = renderer.plan();
        boolean nothing = step.changed().isEmpty() && repairs.isEmpty();
        if (nothing && sameHeld(step)) {
            renderer.commit(step);
            quietUntil = Instant.MIN;
        } else if (isQuiet(step, now)) {
            return List.of();
        } else if (step.drains() || !repairs.isEmpty()) {
            bucket.spend(now);
            writes.addAll(written(renderer, step, inputs, !nothing));
        } else if (bucket.take(now)) {
            writes.addAll(written(renderer, step, inputs, !nothing));
        }
        writes.addAll(forgotten(now));
        return writes;
    }

    private boolean isQuiet(GroupRenderer.Step step, Instant now) {
        if (step.shows() || !repairs.isEmpty() || !sameHeld(step)) {
            return false;
        }
        if (quietUntil.equals(Instant.MIN)) {
            quietUntil = now.plus(QUIET);
        }
        return now.isBefore(quietUntil);
    }

    /** When a step that was put off may be taken; empty when none was. */
    public Optional<Instant> due() {
        if (rendering == null || !rendering.isDirty()) {
            return Optional.empty();
        }
        Instant ready = bucket.readyAt();
        return Optional.of(ready.isBefore(quietUntil) ? quietUntil : ready);
    }

    private List<Write> written(
            GroupRenderer renderer, GroupRenderer.Step step, Inputs inputs, boolean manifest) {
        generation++;
        quietUntil = Instant.MIN;
        List<Write> writes = new ArrayList<>();
        renderer.commit(step);
        SortedMap<String, Content> parts = new TreeMap<>(step.changed());
        for (String key : repairs) {
            Keys.parsePart(key)
                    .ifPresent(
                            name ->
                                    parts.put(
                                            name,
                                            renderer.contents().getOrDefault(name, new Removed())));
        }
        parts.forEach(
                (name, content) ->
                        writes.add(new Write.Put(new Part(name, epoch, generation, content))));
        if (!sameHeld(step) || repairs.contains(Keys.HELD)) {
            Held now = held(step);
            held = now;
            writes.add(new Write.Put(now));
        }
        repairs.clear();
        if (manifest) {
            writes.add(new Write.Put(manifest(renderer, step.causes(), inputs)));
        }
        return writes;
    }

    private boolean sameHeld(GroupRenderer.Step step) {
        return step.dropping() == (held == null ? 0 : held.dropping())
                && (step.dropping() == 0 || (held != null && held.epoch() == epoch));
    }

    private Held held(GroupRenderer.Step step) {
        String reason =
                step.dropping() == 0
                        ? ""
                        : "no fact says that these servers went; they are kept in "
                                + String.join(", ", step.held());
        return new Held(epoch, generation, step.dropping(), step.living(), reason);
    }

    private Manifest manifest(GroupRenderer renderer, List<Cause> causes, Inputs inputs) {
        return new Manifest(
                group,
                epoch,
                generation,
                renderer.hash(),
                version,
                inputs.view().eventsTopicId(),
                inputs.view().positions(),
                inputs.groupsPosition(),
                Cause.newest(causes));
    }

    /** Manifests of older owners, and parts that were removed long ago. */
    private List<Write> forgotten(Instant now) {
        if (now.isBefore(beganAt.plus(KEEP_MANIFESTS))) {
            return List.of();
        }
        beganAt = now;
        List<Write> deletes = new ArrayList<>();
        log.manifestEpochs()
                .headSet(epoch)
                .forEach(old -> deletes.add(new Write.Delete(Keys.manifest(old))));
        removed.entrySet()
                .removeIf(
                        part -> {
                            boolean old = part.getValue().plus(KEEP_REMOVED).isBefore(now);
                            if (old) {
                                deletes.add(new Write.Delete(part.getKey()));
                            }
                            return old;
                        });
        return deletes;
    }

    /** The group's name. */
    public String group() {
        return group;
    }

    /** How far the take-over is. */
    public Phase phase() {
        return phase;
    }

    /** The epoch that is written under; negative before the first. */
    public long epoch() {
        return epoch;
    }

    /** The newest manifest's generation under this epoch. */
    public long generation() {
        return generation;
    }

    /** Parts that could not be rendered, and why. */
    public SortedMap<String, String> unrendered() {
        return rendering == null ? new TreeMap<>() : rendering.unrendered();
    }

    /** What the shrink guard said last; null for nothing. */
    public @Nullable Held held() {
        return held;
    }
}
