package io.signalbox.renderer.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.renderer.core.GroupOwner.Inputs;
import io.signalbox.renderer.core.GroupOwner.Phase;
import io.signalbox.renderer.core.GroupOwner.Write;
import io.signalbox.schemas.ConfigRecord;
import io.signalbox.schemas.ConfigRecord.Content;
import io.signalbox.schemas.ConfigRecord.Part;
import io.signalbox.schemas.ConfigRecord.Server;
import io.signalbox.schemas.ConfigRecord.Service;
import io.signalbox.schemas.GroupView;
import io.signalbox.schemas.Keys;
import io.signalbox.schemas.ServiceState.Instance;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Two renderers, an applier and a group's topic under random crashes, late records of older owners,
 * changes of ownership and compaction. Whatever an applier acts on is what the facts said at the
 * manifest's position, and in the end everybody agrees with the facts.
 */
class OwnershipPropertyTest {
    private static final int SEEDS = 200;
    private static final int STEPS = 400;

    @Test
    void shouldOnlyEverShowWhatTheFactsSaid() {
        long first = Long.getLong("signalbox.seed", 0);
        int seeds = System.getProperty("signalbox.seed") == null ? SEEDS : 1;
        for (long seed = first; seed < first + seeds; seed++) {
            new Simulation(seed).run();
        }
    }

    private record Logged(long offset, String key, @Nullable ConfigRecord value) {}

    private static final class Node {
        final String name;
        ServiceView view = new ServiceView(1);
        GroupOwner owner;
        int statePosition;
        long topicPosition;
        long topicEnd;
        Deque<Write> queue = new ArrayDeque<>();

        Node(String name) {
            this.name = name;
            this.owner = new GroupOwner("default", name, "v");
        }
    }

    private static final class Simulation {
        private final long seed;
        private final Random random;
        private final List<Instance> state = new ArrayList<>();
        private final Map<String, Instance> truth = new TreeMap<>();
        private List<Logged> topic = new ArrayList<>();
        private long next;
        private final List<Node> nodes = List.of(new Node("r1"), new Node("r2"));
        private final List<Deque<Write>> orphans = new ArrayList<>();
        private Node master = nodes.getFirst();
        private GroupView applier = new GroupView();
        private long applierPosition;
        private final Map<String, Content> applied = new TreeMap<>();
        private java.time.Instant now = A.T0;

        Simulation(long seed) {
            this.seed = seed;
            this.random = new Random(seed);
        }

        void run() {
            for (int step = 0; step < STEPS; step++) {
                now = now.plusMillis(20);
                act();
            }
            orphans.forEach(queue -> queue.forEach(this::land));
            orphans.clear();
            for (int round = 0; round < 30; round++) {
                now = now.plusSeconds(1);
                nodes.forEach(node -> step(node, true));
                nodes.forEach(this::landAll);
            }
            read(true);
            assertThat(names(applied)).as("seed %d", seed).isEqualTo(expected(state.size()));
            assertThat(applier.overwritten())
                    .as("seed %d", seed)
                    .noneMatch(key -> key.startsWith("part/"));
            reread();
            assertThat(names(applied)).as("cold, seed %d", seed).isEqualTo(expected(state.size()));
        }

        private void act() {
            switch (random.nextInt(12)) {
                case 0, 1 -> change();
                case 2, 3, 4, 5 -> step(nodes.get(random.nextInt(2)), random.nextBoolean());
                case 6, 7, 8 -> landOne();
                case 9 -> read(false);
                case 10 -> {
                    if (random.nextInt(3) == 0) {
                        master = nodes.get(random.nextInt(2));
                    } else if (random.nextInt(4) == 0) {
                        crash(nodes.get(random.nextInt(2)));
                    }
                }
                default -> {
                    if (random.nextInt(4) == 0) {
                        compact();
                    } else if (random.nextInt(6) == 0) {
                        reread();
                    }
                }
            }
        }

        private void change() {
            String id = "c" + random.nextInt(4);
            A container =
                    A.container(id).of("s" + id.charAt(1) % 2, A.route("a.example", "/" + id));
            Instance known = truth.get(id);
            if (known != null && !known.gone() && random.nextBoolean()) {
                container = random.nextBoolean() ? container.gone() : container.stopping();
            }
            Instance value = container.at(state.size());
            state.add(value);
            truth.put(id, value);
        }

        private void step(Node node, boolean eager) {
            int until = eager ? state.size() : Math.min(state.size(), node.statePosition + 2);
            while (node.statePosition < until) {
                Instance value = state.get(node.statePosition++);
                node.view.read(0, Keys.of(value), value, A.T0).forEach(node.owner::apply);
            }
            for (Logged record : List.copyOf(topic)) {
                if (record.offset() >= node.topicPosition) {
                    node.owner.read(record.offset(), record.key(), record.value(), now);
                    node.topicPosition = record.offset() + 1;
                }
            }
            if (master != node) {
                if (node.owner.phase() != Phase.IDLE) {
                    abandon(node);
                    node.owner.release();
                }
                return;
            }
            advance(node);
        }

        private void advance(Node node) {
            if (node.owner.overtaken() || node.owner.phase() == Phase.IDLE) {
                abandon(node);
                node.queue.add(node.owner.takeOver());
            } else if (node.owner.phase() == Phase.READING
                    && node.statePosition == state.size()
                    && node.topicPosition >= node.topicEnd) {
                node.queue.addAll(node.owner.begin(Rig.DEFAULT, new Inputs(node.view, 0), now));
            } else {
                node.queue.addAll(node.owner.step(new Inputs(node.view, 0), now));
            }
        }

        /** A prefix of what was under way still lands, some time. */
        private void abandon(Node node) {
            Deque<Write> late = new ArrayDeque<>();
            int keep = node.queue.isEmpty() ? 0 : random.nextInt(node.queue.size() + 1);
            for (int count = 0; count < keep; count++) {
                late.add(node.queue.remove());
            }
            node.queue.clear();
            if (!late.isEmpty()) {
                orphans.add(late);
            }
        }

        private void crash(Node node) {
            abandon(node);
            node.view = new ServiceView(1);
            node.owner = new GroupOwner("default", node.name, "v");
            node.statePosition = 0;
            node.topicPosition = 0;
        }

        private void landOne() {
            if (!orphans.isEmpty() && random.nextInt(3) == 0) {
                Deque<Write> queue = orphans.get(random.nextInt(orphans.size()));
                land(queue.remove());
                if (queue.isEmpty()) {
                    orphans.remove(queue);
                }
                return;
            }
            Node node = nodes.get(random.nextInt(2));
            if (!node.queue.isEmpty()) {
                land(node, node.queue.remove());
            }
        }

        private void landAll(Node node) {
            while (!node.queue.isEmpty()) {
                land(node, node.queue.remove());
            }
        }

        private void land(Node node, Write write) {
            long offset = land(write);
            if (write.key().equals(Keys.CLAIM)) {
                node.owner.claimed(offset);
                node.topicEnd = next;
            }
        }

        private long land(Write write) {
            ConfigRecord value = write instanceof Write.Put(ConfigRecord put) ? put : null;
            topic.add(new Logged(next, write.key(), value));
            return next++;
        }

        private void compact() {
            int old = topic.size() - 30;
            if (old <= 0) {
                return;
            }
            Map<String, Long> last = new HashMap<>();
            topic.subList(0, old).forEach(record -> last.put(record.key(), record.offset()));
            List<Logged> kept = new ArrayList<>();
            for (Logged record : topic.subList(0, old)) {
                if (last.getOrDefault(record.key(), -1L) == record.offset()) {
                    kept.add(record);
                }
            }
            kept.addAll(topic.subList(old, topic.size()));
            topic = kept;
        }

        private void reread() {
            applier = new GroupView();
            applierPosition = 0;
            applied.clear();
            read(true);
        }

        private void read(boolean all) {
            int most = all ? Integer.MAX_VALUE : random.nextInt(6);
            boolean fresh = applierPosition == 0;
            GroupView.ManifestRead last = null;
            for (Logged record : List.copyOf(topic)) {
                if (record.offset() < applierPosition || (!fresh && most-- <= 0)) {
                    continue;
                }
                applierPosition = record.offset() + 1;
                if (applier.read(record.offset(), record.key(), record.value())
                        instanceof GroupView.ManifestRead manifest) {
                    if (manifest.matches()) {
                        manifest.changed().values().forEach(this::take);
                        last = manifest;
                        if (!fresh) {
                            check(manifest.manifest());
                        }
                    }
                }
            }
            if (fresh && last != null && last.matches()) {
                check(last.manifest());
            }
        }

        private void take(Part part) {
            if (part.content() instanceof ConfigRecord.Removed) {
                applied.remove(part.name());
            } else {
                applied.put(part.name(), part.content());
            }
        }

        private void check(ConfigRecord.Manifest manifest) {
            int position = Math.toIntExact(manifest.eventsPositions().getFirst());
            assertThat(names(applied))
                    .as("seed %d, manifest %d/%d", seed, manifest.epoch(), manifest.generation())
                    .isEqualTo(expected(position));
        }

        /** What the first facts add up to. */
        private Set<String> expected(int facts) {
            Map<String, Instance> newest = new TreeMap<>();
            state.subList(0, facts).forEach(value -> newest.put(value.container(), value));
            Set<String> names = new TreeSet<>();
            for (Instance value : newest.values()) {
                if (!value.gone()) {
                    names.add(
                            value.declarations().getFirst().service()
                                    + "."
                                    + value.container()
                                    + (value.stopping() ? " stopping" : ""));
                }
            }
            return names;
        }

        private static Set<String> names(Map<String, Content> contents) {
            Set<String> names = new TreeSet<>();
            for (Content content : contents.values()) {
                if (content instanceof Service service) {
                    for (Server server : service.servers()) {
                        names.add(server.name() + (server.stopping() ? " stopping" : ""));
                    }
                }
            }
            return names;
        }
    }
}
