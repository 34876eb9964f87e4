package io.signalbox.cli.replay;

import io.signalbox.schemas.ConfigRecord;
import io.signalbox.schemas.Decoded;
import io.signalbox.schemas.Event;
import io.signalbox.schemas.GroupRecord;
import io.signalbox.schemas.Partitions;
import io.signalbox.schemas.ServiceState;
import io.signalbox.schemas.Topic;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A log in memory: the partitions of all topics that a replay reads, and who appends to them. */
final class MemoryLog implements ReplayLog {
    static final String TOPIC_ID = "topic-id";
    static final Instant T0 = Instant.parse("2026-11-01T00:00:00Z");

    final List<Partition<Event>> events = partitions(Topic.CONTAINER_EVENTS);
    final List<Partition<ServiceState>> state = partitions(Topic.SERVICE_STATE);
    final List<Partition<GroupRecord>> groups = partitions(Topic.PROXY_GROUPS);
    final List<Partition<ConfigRecord>> history = partitions(Topic.CONFIG_HISTORY);
    private long clock;

    /** One partition. */
    final class Partition<T> {
        final List<Feed.Entry<T>> records = new ArrayList<>();
        private long next;

        /** Appends a value, or a tombstone for null; answers its offset. */
        long append(String key, @Nullable T value) {
            return append(
                    key, value == null ? new Decoded.Tombstone<>() : new Decoded.Value<>(value));
        }

        long append(String key, Decoded<T> value) {
            records.add(new Feed.Entry<>(next, key, now(), value));
            return next++;
        }

        /** The offset of the next record. */
        long end() {
            return next;
        }

        /** Puts another value in the place of the record at this index. */
        void replace(int index, T value) {
            Feed.Entry<T> old = records.get(index);
            records.set(
                    index,
                    new Feed.Entry<>(
                            old.offset(), old.key(), old.appendedAt(), new Decoded.Value<>(value)));
        }
    }

    private <T> List<Partition<T>> partitions(Topic topic) {
        List<Partition<T>> all = new ArrayList<>();
        for (int number = 0; number < topic.partitions(); number++) {
            all.add(new Partition<>());
        }
        return all;
    }

    /** The broker's time, a little later at each look. */
    Instant now() {
        return T0.plusMillis(++clock);
    }

    /** The last fact of a partition, and its offset, were never there. */
    void loseLastFacts(int partition) {
        events.get(partition).records.removeLast();
        events.get(partition).next--;
    }

    Partition<GroupRecord> groupsOf(String group) {
        return groups.get(Partitions.of(group, groups.size()));
    }

    Partition<ConfigRecord> historyOf(String group) {
        return history.get(historyPartition(group));
    }

    @Override
    public String eventsTopicId() {
        return TOPIC_ID;
    }

    @Override
    public long eventsEnd(int partition) {
        return events.get(partition).end();
    }

    @Override
    public Feed<Event> events(int partition) {
        return new MemoryFeed<>(events.get(partition).records);
    }

    @Override
    public Feed<ServiceState> state(int partition) {
        return new MemoryFeed<>(state.get(partition).records);
    }

    @Override
    public SortedSet<String> groups() {
        SortedSet<String> names = new TreeSet<>();
        history.forEach(partition -> partition.records.forEach(entry -> names.add(entry.key())));
        return names;
    }

    @Override
    public Feed<GroupRecord> definitions(String group) {
        return new MemoryFeed<>(groupsOf(group).records);
    }

    @Override
    public int historyPartition(String group) {
        return Partitions.of(group, history.size());
    }

    @Override
    public Feed<ConfigRecord> history(String group) {
        return new MemoryFeed<>(
                historyOf(group).records.stream()
                        .filter(entry -> entry.key().equals(group))
                        .toList());
    }

    @Override
    public boolean historyIsWhole(String group) {
        return historyOf(group).records.isEmpty()
                || historyOf(group).records.getFirst().offset() == 0;
    }

    private static final class MemoryFeed<T> implements Feed<T> {
        private final List<Entry<T>> records;
        private int at;

        private MemoryFeed(List<Entry<T>> records) {
            this.records = List.copyOf(records);
        }

        @Override
        public @Nullable Entry<T> peek() {
            return at < records.size() ? records.get(at) : null;
        }

        @Override
        public void advance() {
            at++;
        }

        @Override
        public void close() {}
    }
}
