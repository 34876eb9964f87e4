package io.signalbox.cli.replay;

import io.signalbox.registry.core.PartitionOwner;
import io.signalbox.registry.core.Signal;
import io.signalbox.registry.core.StateView;
import io.signalbox.renderer.core.GroupCatalogue;
import io.signalbox.renderer.core.GroupOwner;
import io.signalbox.renderer.core.GroupOwner.Inputs;
import io.signalbox.renderer.core.GroupOwner.Phase;
import io.signalbox.renderer.core.GroupOwner.Write;
import io.signalbox.renderer.core.ServiceView;
import io.signalbox.schemas.ConfigRecord;
import io.signalbox.schemas.ConfigRecord.Held;
import io.signalbox.schemas.Decoded;
import io.signalbox.schemas.Event;
import io.signalbox.schemas.GroupDefinition;
import io.signalbox.schemas.GroupDefinition.Listen;
import io.signalbox.schemas.GroupDefinition.Selector;
import io.signalbox.schemas.GroupRecord;
import io.signalbox.schemas.Keys;
import io.signalbox.schemas.Partitions;
import io.signalbox.schemas.ServiceState;
import io.signalbox.schemas.WatcherControl;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A log as the cores of registry and renderer leave it: some hosts in as many partitions, owners of
 * partitions and groups that are replaced at any time, readers that read in any order and cut, an
 * operator who defines groups and lets pass what is held back.
 */
final class RecordedChain {
    static final String VERSION = "1";
    private static final String EDGE = "edge";
    private static final int HOSTS = 3;

    final MemoryLog log = new MemoryLog();
    private final Random random;
    private final List<RandomFacts> watchers = new ArrayList<>();
    private final Map<Integer, PartitionOwner> registries = new HashMap<>();
    private final Map<String, List<Logged>> topics = new HashMap<>();
    private final List<Renderer> renderers = List.of(new Renderer("r1"), new Renderer("r2"));
    private Renderer master = renderers.getFirst();
    private Instant now = MemoryLog.T0;

    /** One record of a group's own topic; its offset is its index. */
    private record Logged(String key, @Nullable ConfigRecord value) {}

    /** Lets all of them work for as many steps. */
    RecordedChain(Random random, int steps) {
        this.random = random;
        for (int host = 0; host < HOSTS; host++) {
            watchers.add(new RandomFacts(random, log.events.get(host), "h" + host));
        }
        for (int step = 0; step < steps; step++) {
            now = now.plusMillis(random.nextInt(40));
            act();
        }
        for (int host = 0; host < HOSTS; host++) {
            fold(host, Integer.MAX_VALUE);
        }
        for (int round = 0; round < 10; round++) {
            now = now.plusSeconds(1);
            renderers.forEach(renderer -> renderer.work(Integer.MAX_VALUE));
        }
    }

    /** The groups' own topics by group. */
    Map<String, List<Feed.Entry<ConfigRecord>>> topics() {
        Map<String, List<Feed.Entry<ConfigRecord>>> all = new TreeMap<>();
        topics.forEach(
                (group, topic) -> {
                    List<Feed.Entry<ConfigRecord>> entries = new ArrayList<>();
                    for (Logged record : topic) {
                        ConfigRecord value = record.value();
                        Decoded<ConfigRecord> decoded =
                                value == null
                                        ? new Decoded.Tombstone<>()
                                        : new Decoded.Value<>(value);
                        entries.add(
                                new Feed.Entry<>(
                                        entries.size(), record.key(), MemoryLog.T0, decoded));
                    }
                    all.put(group, entries);
                });
        return all;
    }

    private void act() {
        int choice = random.nextInt(100);
        int host = random.nextInt(HOSTS);
        if (choice < 40) {
            watchers.get(host).step();
        } else if (choice < 65) {
            fold(host, 1 + random.nextInt(6));
        } else if (choice < 92) {
            renderers.get(random.nextInt(2)).work(1 + random.nextInt(8));
        } else if (choice < 94) {
            registries.remove(host);
        } else if (choice < 95) {
            master = renderers.get(random.nextInt(2));
        } else if (choice < 96) {
            renderers.get(random.nextInt(2)).crash();
        } else {
            operate();
        }
    }

    private void fold(int partition, int most) {
        PartitionOwner owner =
                registries.computeIfAbsent(
                        partition,
                        _ ->
                                PartitionOwner.takeOver(
                                        partition,
                                        MemoryLog.TOPIC_ID,
                                        view(partition),
                                        new ToState(log)));
        List<Feed.Entry<Event>> facts = log.events.get(partition).records;
        for (int count = 0; count < most && owner.nextOffset() < facts.size(); count++) {
            Feed.Entry<Event> fact = facts.get((int) owner.nextOffset());
            if (fact.value() instanceof Decoded.Value<Event>(Event event)) {
                owner.fold(fact.offset(), fact.appendedAt(), event);
            } else {
                owner.unreadable(fact.offset(), fact.key());
            }
        }
        if (random.nextInt(4) > 0 || most == Integer.MAX_VALUE) {
            owner.endBatch();
        } else {
            registries.remove(partition);
        }
    }

    private StateView view(int partition) {
        StateView view = new StateView();
        for (Feed.Entry<ServiceState> entry : log.state.get(partition).records) {
            view.read(entry.key(), value(entry));
        }
        return view;
    }

    private static <T> @Nullable T value(Feed.Entry<T> entry) {
        return entry.value() instanceof Decoded.Value<T>(T value) ? value : null;
    }

    private void operate() {
        String group = random.nextBoolean() ? EDGE : GroupDefinition.DEFAULT;
        GroupRecord record =
                random.nextInt(5) == 0
                        ? new GroupRecord.GroupWithdrawn(group)
                        : new GroupRecord.GroupDefined(definition(group));
        log.groupsOf(group).append(group, record);
    }

    private GroupDefinition definition(String group) {
        GroupDefinition base =
                GroupDefinition.builtIn(group, new Listen("", 8080 + random.nextInt(2)));
        Map<String, String> labels =
                random.nextBoolean() ? Map.of("tier", "t" + random.nextInt(2)) : Map.of();
        return new GroupDefinition(
                group,
                new Selector(labels, List.of(), List.of(), List.of()),
                base.entryPoints(),
                base.oldestHaproxy(),
                base.addressMode(),
                null,
                base.defaults(),
                base.statistics(),
                random.nextInt(3),
                true);
    }

    private record ToState(MemoryLog log) implements PartitionOwner.Sink {
        @Override
        public void write(int partition, ServiceState value, @Nullable Instant changedBy) {
            log.state.get(partition).append(Keys.of(value), value);
        }

        @Override
        public void delete(int partition, String key) {
            ServiceState none = null;
            log.state.get(partition).append(key, none);
        }

        @Override
        public void tell(WatcherControl control) {}

        @Override
        public void notice(Signal signal) {}
    }

    /** One renderer, as its loop would run the core; what it writes lands at once. */
    private final class Renderer {
        private final String name;
        private final Map<String, GroupOwner> owners = new HashMap<>();
        private final Map<String, Integer> read = new HashMap<>();
        private ServiceView view = new ServiceView(log.state.size());
        private GroupCatalogue catalogue = catalogue();
        private int[] stateRead = new int[log.state.size()];
        private int[] groupsRead = new int[log.groups.size()];

        private Renderer(String name) {
            this.name = name;
        }

        private GroupCatalogue catalogue() {
            return new GroupCatalogue(
                    log.groups.size(),
                    GroupDefinition.builtIn(GroupDefinition.DEFAULT, new Listen("", 8000)));
        }

        private void crash() {
            owners.clear();
            read.clear();
            view = new ServiceView(log.state.size());
            catalogue = catalogue();
            stateRead = new int[log.state.size()];
            groupsRead = new int[log.groups.size()];
        }

        /** Reads some records of some partitions, then does what is to be done. */
        private void work(int most) {
            for (int partition = 0; partition < HOSTS; partition++) {
                if (most == Integer.MAX_VALUE || random.nextBoolean()) {
                    readState((partition + random.nextInt(HOSTS)) % HOSTS, most);
                }
            }
            readGroups();
            if (this != master && (most == Integer.MAX_VALUE || random.nextInt(3) == 0)) {
                owners.clear();
                read.clear();
                return;
            }
            owners.keySet().retainAll(catalogue.groups());
            read.keySet().retainAll(catalogue.groups());
            for (String group : catalogue.groups()) {
                advance(group, this == master);
            }
        }

        private void readState(int partition, int most) {
            List<Feed.Entry<ServiceState>> records = log.state.get(partition).records;
            for (int count = 0; count < most && stateRead[partition] < records.size(); count++) {
                Feed.Entry<ServiceState> entry = records.get(stateRead[partition]++);
                view.read(partition, entry.key(), value(entry), entry.appendedAt())
                        .forEach(change -> owners.values().forEach(owner -> owner.apply(change)));
            }
        }

        private void readGroups() {
            for (int partition = 0; partition < groupsRead.length; partition++) {
                List<Feed.Entry<GroupRecord>> records = log.groups.get(partition).records;
                while (groupsRead[partition] < records.size()) {
                    Feed.Entry<GroupRecord> entry = records.get(groupsRead[partition]++);
                    if (entry.value() instanceof Decoded.Value<GroupRecord>(GroupRecord record)) {
                        catalogue.read(partition, entry.offset(), record);
                        GroupOwner owner = owners.get(record.group());
                        if (owner != null && record instanceof GroupRecord.ShrinkAccepted word) {
                            owner.accept(word);
                        }
                    }
                }
            }
        }

        /** One that is no longer the master does not know it: it writes on and reads no claim. */
        private void advance(String group, boolean isMaster) {
            if (!isMaster && !owners.containsKey(group)) {
                return;
            }
            GroupOwner owner =
                    owners.computeIfAbsent(group, _ -> new GroupOwner(group, name, VERSION));
            List<Logged> topic = topics.computeIfAbsent(group, _ -> new ArrayList<>());
            int end = isMaster ? topic.size() : read.getOrDefault(group, 0);
            for (int at = read.getOrDefault(group, 0); at < end; at++) {
                owner.read(at, topic.get(at).key(), topic.get(at).value(), now);
            }
            read.put(group, end);
            GroupDefinition definition = catalogue.definition(group).orElseThrow();
            int partition = Partitions.of(group, log.groups.size());
            Inputs inputs = new Inputs(view, catalogue.position(partition));
            if (!isMaster && owner.phase() != Phase.OWNING) {
                return;
            }
            if (owner.overtaken() || owner.phase() == Phase.IDLE) {
                topic.add(new Logged(Keys.CLAIM, put(owner.takeOver())));
                owner.claimed(topic.size() - 1);
            } else if (owner.phase() == Phase.READING) {
                for (int host = 0; host < HOSTS; host++) {
                    readState(host, Integer.MAX_VALUE);
                }
                land(group, topic, owner.begin(definition, inputs, now));
            } else {
                owner.define(definition);
                land(group, topic, owner.step(inputs, now));
            }
        }

        private void land(String group, List<Logged> topic, List<Write> writes) {
            for (Write write : writes) {
                topic.add(new Logged(write.key(), put(write)));
            }
            for (Write write : writes) {
                ConfigRecord copy = put(write);
                if (copy != null) {
                    log.historyOf(group).append(group, copy);
                }
                if (copy instanceof Held held && held.dropping() > 0 && random.nextBoolean()) {
                    log.groupsOf(group)
                            .append(
                                    group,
                                    new GroupRecord.ShrinkAccepted(
                                            group, held.epoch(), held.generation()));
                }
            }
        }

        private static @Nullable ConfigRecord put(Write write) {
            return write instanceof Write.Put(ConfigRecord value) ? value : null;
        }
    }
}
