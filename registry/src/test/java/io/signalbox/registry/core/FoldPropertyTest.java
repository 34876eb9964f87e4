package io.signalbox.registry.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.schemas.Event;
import io.signalbox.schemas.ServiceState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
