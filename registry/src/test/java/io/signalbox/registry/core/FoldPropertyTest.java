package io.signalbox.registry.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.schemas.Event;
import io.signalbox.schemas.Fact;
import io.signalbox.schemas.ServiceState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class FoldPropertyTest {
    private static final int SEEDS = 300;
    private static final int LENGTH = 120;

    @Test
    void shouldComeToTheSameStateFromTheRecordsOfAnyPrefix() {
        Seeds.forEach(
                SEEDS,
                random -> {
                    List<Event> events = new RandomLog(random, LENGTH).events;
                    PartitionState whole = fold(new PartitionState(0), events, 0, events.size());
                    int cut = random.nextInt(events.size());
                    PartitionState prefix = fold(new PartitionState(0), events, 0, cut);
                    PartitionState rebuilt = PartitionState.of(0, prefix.records().values());
                    assertThat(rebuilt.records()).isEqualTo(prefix.records());

                    fold(rebuilt, events, cut, events.size());

                    assertThat(rebuilt.records()).isEqualTo(whole.records());
                });
    }

    @Test
    void shouldComeToTheSameStateFromEveryPrefixOfASmallLog() {
        Seeds.forEach(
                SEEDS / 6,
                random -> {
                    List<Event> events = new RandomLog(random, LENGTH / 3).events;
                    PartitionState whole = fold(new PartitionState(0), events, 0, events.size());
                    for (int cut = 0; cut <= events.size(); cut++) {
                        PartitionState prefix = fold(new PartitionState(0), events, 0, cut);
                        PartitionState rebuilt = PartitionState.of(0, prefix.records().values());

                        fold(rebuilt, events, cut, events.size());

                        assertThat(rebuilt.records()).as("cut %d", cut).isEqualTo(whole.records());
                    }
                });
    }

    /** But for a registration, which is another one each time: it renews the endpoint. */
    @Test
    void shouldChangeNothingWhenAnyOtherRecordIsAppendedTwice() {
        Seeds.forEach(
                SEEDS,
                random -> {
                    List<Event> events = new RandomLog(random, LENGTH).events;
                    PartitionState once = new PartitionState(0);
                    PartitionState twice = new PartitionState(0);
                    for (int number = 0; number < events.size(); number++) {
                        Instant time = Partition.time(number);
                        Fold.apply(once, 3L * number, time, events.get(number));
                        Fold.apply(twice, 3L * number, time, events.get(number));
                        boolean renews =
                                events.get(number).fact() instanceof Fact.EndpointRegistered;
                        int repeats = renews ? 0 : random.nextInt(3);
                        for (int repeat = 1; repeat <= repeats; repeat++) {
                            FoldResult again =
                                    Fold.apply(
                                            twice, 3L * number + repeat, time, events.get(number));
                            assertThat(again.changed()).isEmpty();
                        }
                    }

                    assertThat(entries(twice)).isEqualTo(entries(once));
                });
    }

    /** All but the hosts, which say how far they were read. */
    private static Map<String, ServiceState> entries(PartitionState state) {
        Map<String, ServiceState> entries = new TreeMap<>(state.records());
        entries.values().removeIf(record -> record instanceof ServiceState.Host);
        return entries;
    }

    @Test
    void shouldChangeNothingWhenFactsAreFoldedAgain() {
        Seeds.forEach(
                SEEDS,
                random -> {
                    List<Event> events = new RandomLog(random, LENGTH).events;
                    PartitionState state = fold(new PartitionState(0), events, 0, events.size());
                    Map<String, ServiceState> before = Map.copyOf(state.records());

                    fold(state, events, random.nextInt(events.size()), events.size());

                    assertThat(state.records()).isEqualTo(before);
                });
    }

    @Test
    void shouldSayTheSameOfTheSameLog() {
        Seeds.forEach(
                SEEDS / 10,
                random -> {
                    List<Event> events = new RandomLog(random, LENGTH).events;
                    assertThat(outputs(events)).isEqualTo(outputs(events));
                });
    }

    @Test
    void shouldFlagExactlyTheLastRecordOfEachFact() {
        Seeds.forEach(
                SEEDS / 10,
                random -> {
                    List<Event> events = new RandomLog(random, LENGTH).events;
                    PartitionState state = new PartitionState(0);
                    for (int offset = 0; offset < events.size(); offset++) {
                        List<ServiceState> changed = at(state, events, offset).changed();
                        for (int i = 0; i < changed.size(); i++) {
                            assertThat(StateRecords.asLast(changed.get(i)).equals(changed.get(i)))
                                    .isEqualTo(i == changed.size() - 1);
                        }
                    }
                });
    }

    private static List<ServiceState> outputs(List<Event> events) {
        PartitionState state = new PartitionState(0);
        List<ServiceState> all = new ArrayList<>();
        for (int offset = 0; offset < events.size(); offset++) {
            all.addAll(at(state, events, offset).changed());
        }
        return all;
    }

    static PartitionState fold(PartitionState state, List<Event> events, int from, int to) {
        for (int offset = from; offset < to; offset++) {
            at(state, events, offset);
        }
        return state;
    }

    private static FoldResult at(PartitionState state, List<Event> events, int offset) {
        return Fold.apply(state, offset, Partition.time(offset), events.get(offset));
    }
}
