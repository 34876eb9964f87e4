package io.signalbox.cli.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.registry.core.PartitionOwner;
import io.signalbox.registry.core.Signal;
import io.signalbox.registry.core.StateRecords;
import io.signalbox.registry.core.StateView;
import io.signalbox.schemas.Codec;
import io.signalbox.schemas.ConfigRecord;
import io.signalbox.schemas.Decoded;
import io.signalbox.schemas.Event;
import io.signalbox.schemas.GroupView;
import io.signalbox.schemas.Keys;
import io.signalbox.schemas.LogCodecs;
import io.signalbox.schemas.ServiceState;
import io.signalbox.schemas.WatcherControl;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What stays of the compacted topics, and what can be made again, says what was said. */
class CompactionPropertyTest {
    private static final int SEEDS = 30;
    private static final int STEPS = 300;

    @Test
    void shouldAcceptTheSameStateHoweverMuchOfItWasCompacted() {
        for (long seed = 0; seed < SEEDS; seed++) {
            Random random = new Random(seed);
            for (var partition : new RecordedChain(random, STEPS).log.state) {
                Map<String, ServiceState> whole = accepted(partition.records);

                Map<String, ServiceState> compacted =
                        accepted(
                                compacted(
                                        random,
                                        partition.records,
                                        random.nextInt(partition.records.size() + 1)));

                assertThat(compacted).as("seed %d", seed).isEqualTo(whole);
            }
        }
    }

    @Test
    void shouldAcceptTheSameConfigurationHoweverMuchOfItWasCompacted() {
        for (long seed = 0; seed < SEEDS; seed++) {
            Random random = new Random(seed);
            for (var topic : new RecordedChain(random, STEPS).topics().values()) {
                GroupView whole = view(topic);

                GroupView compacted = view(compacted(random, topic, settled(random, topic)));

                assertThat(compacted.hash()).as("seed %d", seed).isEqualTo(whole.hash());
                assertThat(compacted.manifest()).isEqualTo(whole.manifest());
                assertThat(compacted.held()).isEqualTo(whole.held());
                assertThat(compacted.claim()).isEqualTo(whole.claim());
            }
        }
    }

    @Test
    void shouldMakeTheStateAgainByteForByte() throws Exception {
        try (MemorySchemas schemas = new MemorySchemas();
                LogCodecs codecs = schemas.codecs()) {
            for (long seed = 0; seed < SEEDS; seed++) {
                MemoryLog log = new RecordedChain(new Random(seed), STEPS).log;
                for (int partition = 0; partition < log.events.size(); partition++) {
                    Map<String, String> lost =
                            bytes(accepted(log.state.get(partition).records), codecs);

                    Map<String, String> again = bytes(rebuilt(log, partition), codecs);

                    assertThat(again).as("seed %d", seed).isEqualTo(lost);
                }
            }
        }
    }

    private static Map<String, ServiceState> accepted(List<Feed.Entry<ServiceState>> records) {
        StateView view = new StateView();
        records.forEach(entry -> view.read(entry.key(), value(entry)));
        Map<String, ServiceState> accepted = new TreeMap<>();
        view.accepted().forEach(value -> accepted.put(Keys.of(value), StateRecords.asLast(value)));
        return accepted;
    }

    private static Map<String, String> bytes(Map<String, ServiceState> state, LogCodecs codecs) {
        Codec<ServiceState> codec = codecs.serviceState();
        Map<String, String> bytes = new TreeMap<>();
        state.forEach(
                (key, value) -> bytes.put(key, HexFormat.of().formatHex(codec.encode(value))));
        return bytes;
    }

    /** What an owner writes who finds nothing and folds all facts in one batch. */
    private static Map<String, ServiceState> rebuilt(MemoryLog log, int partition) {
        Collecting written = new Collecting(new TreeMap<>());
        PartitionOwner owner =
                PartitionOwner.takeOver(partition, MemoryLog.TOPIC_ID, new StateView(), written);
        for (Feed.Entry<Event> fact : log.events.get(partition).records) {
            if (fact.value() instanceof Decoded.Value<Event>(Event event)) {
                owner.fold(fact.offset(), fact.appendedAt(), event);
            } else {
                owner.unreadable(fact.offset(), fact.key());
            }
        }
        if (!log.state.get(partition).records.isEmpty()) {
            owner.endBatch();
        }
        return written.state();
    }

    private record Collecting(Map<String, ServiceState> state) implements PartitionOwner.Sink {
        @Override
        public void write(
                int partition, ServiceState value, java.time.@Nullable Instant changedBy) {
            state.put(Keys.of(value), StateRecords.asLast(value));
        }

        @Override
        public void delete(int partition, String key) {
            state.remove(key);
        }

        @Override
        public void tell(WatcherControl control) {}

        @Override
        public void notice(Signal signal) {}
    }

    private static GroupView view(List<Feed.Entry<ConfigRecord>> topic) {
        GroupView view = new GroupView();
        topic.forEach(entry -> view.read(entry.offset(), entry.key(), value(entry)));
        return view;
    }

    /** An end up to which all that a late owner overwrote was written again. */
    private static int settled(Random random, List<Feed.Entry<ConfigRecord>> topic) {
        GroupView view = new GroupView();
        int most = random.nextInt(topic.size() + 1);
        int settled = 0;
        for (int end = 0; end < most; end++) {
            Feed.Entry<ConfigRecord> entry = topic.get(end);
            view.read(entry.offset(), entry.key(), value(entry));
            if (view.overwritten().stream().allMatch(key -> key.startsWith("manifest/"))) {
                settled = end + 1;
            }
        }
        return settled;
    }

    /** Below the end, any of the records that a later one of their key follows are left out. */
    private static <T> List<Feed.Entry<T>> compacted(
            Random random, List<Feed.Entry<T>> records, int end) {
        Map<String, Long> last = new HashMap<>();
        records.subList(0, end).forEach(entry -> last.put(entry.key(), entry.offset()));
        List<Feed.Entry<T>> kept = new ArrayList<>();
        for (Feed.Entry<T> entry : records) {
            boolean isLast = last.getOrDefault(entry.key(), -1L) == entry.offset();
            if (entry.offset() >= end || isLast || random.nextInt(4) == 0) {
                kept.add(entry);
            }
        }
        return kept;
    }

    private static <T> @Nullable T value(Feed.Entry<T> entry) {
        return entry.value() instanceof Decoded.Value<T>(T value) ? value : null;
    }
}
