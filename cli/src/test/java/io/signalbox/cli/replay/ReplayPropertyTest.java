package io.signalbox.cli.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.schemas.Decoded;
import io.signalbox.schemas.GroupRecord;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** What the cores wrote follows from what they read, and any other record is found and named. */
class ReplayPropertyTest {
    private static final int SEEDS = 30;
    private static final int STEPS = 400;

    @Test
    void shouldFindNoDifferenceInWhatTheCoresWrote() {
        AtomicLong manifests = new AtomicLong();
        AtomicLong races = new AtomicLong();
        AtomicLong passed = new AtomicLong();
        forEachSeed(
                random -> {
                    MemoryLog log = new RecordedChain(random, STEPS).log;

                    Replay.Outcome outcome = replay(log);

                    assertThat(outcome.difference()).isNull();
                    assertThat(outcome.tally().gaps()).isZero();
                    assertThat(outcome.tally().entries()).isPositive();
                    manifests.addAndGet(outcome.tally().manifests());
                    races.addAndGet(outcome.tally().races());
                    passed.addAndGet(outcome.tally().notCompared());
                });
        assertThat(manifests.get()).isGreaterThan(20 * passed.get());
        assertThat(races.get()).isPositive().isLessThan(manifests.get() / 10);
    }

    @Test
    void shouldNameTheRecordOfHistoryThatSaysSomethingElse() {
        AtomicLong found = new AtomicLong();
        forEachSeed(
                random -> {
                    MemoryLog log = new RecordedChain(random, STEPS).log;
                    var flip = Flip.history(random, log);

                    Difference difference = replay(log).difference();

                    assertThat(difference).isNotNull();
                    assertThat(difference.topic()).isEqualTo("config-history");
                    assertThat(difference.partition()).isEqualTo(flip.partition());
                    assertThat(difference.offset()).isEqualTo(flip.offset());
                    found.incrementAndGet();
                });
        assertThat(found.get()).isPositive();
    }

    @Test
    void shouldNameTheEntryOfTheStateThatSaysSomethingElse() {
        forEachSeed(
                random -> {
                    MemoryLog log = new RecordedChain(random, STEPS).log;
                    Flip.Place flip = Flip.state(random, log);

                    Difference difference = replay(log).difference();

                    assertThat(difference).isNotNull();
                    assertThat(difference.topic()).isEqualTo("service-state");
                    assertThat(difference.partition()).isEqualTo(flip.partition());
                    assertThat(difference.offset()).isEqualTo(flip.offset());
                });
    }

    @Test
    void shouldFindAFactThatSaysSomethingElseByWhatFollowsFromIt() {
        forEachSeed(
                random -> {
                    MemoryLog log = new RecordedChain(random, STEPS).log;
                    Flip.fact(random, log);

                    assertThat(replay(log).difference()).isNotNull();
                });
    }

    @Test
    void shouldFindNoDifferenceInAStateThatWasCompacted() {
        forEachSeed(
                random -> {
                    MemoryLog log = new RecordedChain(random, STEPS).log;
                    Flip.compact(random, log);

                    assertThat(replay(log).difference()).isNull();
                });
    }

    @Test
    void shouldNameTheManifestsOfAnotherRendererAndGoOn() {
        forEachSeed(
                random -> {
                    MemoryLog log = new RecordedChain(random, STEPS).log;
                    long others = Flip.versions(random, log, "0.9");

                    Replay.Outcome outcome = replay(log);

                    assertThat(outcome.difference()).isNull();
                    assertThat(outcome.tally().notCompared()).isGreaterThanOrEqualTo(others);
                    assertThat(outcome.tally().remarks().toString())
                            .contains("of renderer version 0.9, the first at config-history");
                    assertThat(outcome.tally().manifests()).isPositive();
                });
    }

    @Test
    void shouldGoOnWhereTheBeginningOfTheHistoryWasDeleted() {
        AtomicLong manifests = new AtomicLong();
        forEachSeed(
                random -> {
                    MemoryLog log = new RecordedChain(random, STEPS).log;
                    for (var partition : log.history) {
                        partition.records.subList(0, partition.records.size() / 3).clear();
                    }

                    Replay.Outcome outcome = replay(log);

                    assertThat(outcome.difference()).isNull();
                    manifests.addAndGet(outcome.tally().manifests());
                });
        assertThat(manifests.get()).isGreaterThan(10L * SEEDS);
    }

    @Test
    void shouldNameWhatStandsForFactsThatAreNotThere() {
        forEachSeed(
                random -> {
                    MemoryLog log = new RecordedChain(random, STEPS).log;
                    log.loseLastFacts(random.nextInt(3));

                    Difference difference = replay(log).difference();

                    assertThat(difference).isNotNull();
                    assertThat(difference.what())
                            .contains("were folded, but container-events partition");
                });
    }

    @Test
    void shouldHaveWordsOfTheOperatorInWhatItChecks() {
        AtomicLong words = new AtomicLong();
        forEachSeed(
                random ->
                        new RecordedChain(random, STEPS)
                                .log.groups.forEach(
                                        partition ->
                                                words.addAndGet(
                                                        partition.records.stream()
                                                                .filter(ReplayPropertyTest::accepts)
                                                                .count())));
        assertThat(words.get()).isGreaterThan(SEEDS / 2);
    }

    private static boolean accepts(Feed.Entry<GroupRecord> entry) {
        return entry.value() instanceof Decoded.Value<GroupRecord>(GroupRecord record)
                && record instanceof GroupRecord.ShrinkAccepted;
    }

    static Replay.Outcome replay(MemoryLog log) {
        Replay.Rules rules =
                new Replay.Rules(RecordedChain.VERSION, Duration.ofDays(21), MemoryLog.T0);
        return new Replay(log, rules, _ -> {}).run();
    }

    private static void forEachSeed(Consumer<Random> property) {
        Long only = Long.getLong("signalbox.seed");
        for (long seed = only == null ? 0 : only;
                seed < (only == null ? SEEDS : only + 1);
                seed++) {
            try {
                property.accept(new Random(seed));
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("with -Dsignalbox.seed=" + seed + ": " + e, e);
            }
        }
    }
}
