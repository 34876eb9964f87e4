package io.signalbox.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.cli.doctor.Finding.State;
import io.signalbox.cli.doctor.Topics.Copies;
import io.signalbox.haproxy.HaproxyVersion;
import io.signalbox.schemas.SubjectState;
import io.signalbox.watcher.EngineLook;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is made of what single looks saw. */
class FindingsTest {

    @ParameterizedTest
    @CsvSource({
        "900, OK, 0.900 s ahead of",
        "-900, OK, 0.900 s behind",
        "-1001, WARN, 1.001 s behind",
        "31000, FAIL, 31.000 s ahead of"
    })
    void shouldJudgeClocksByTheirDistanceInEitherDirection(
            long aheadMs, State state, String value) {
        Finding finding = Clocks.judge("clock", Duration.ofMillis(aheadMs));

        assertThat(finding.state()).isEqualTo(state);
        assertThat(finding.value()).startsWith(value);
    }

    @ParameterizedTest
    @CsvSource({
        "2.4.30, FAIL, must be at least 2.6.0",
        "2.6.8, WARN, fixed in 2.6.9",
        "2.6.12, WARN, fixed in 2.6.15",
        "2.6.22, OK, takes a reload",
        "2.8.15, OK, tested are 2.6 and 3.0",
        "2.8.1, WARN, CVE-2023-40225",
        "3.4.0, WARN, CVE-2026-55204",
        "3.0.3, WARN, fixed in 3.0.4",
        "3.0.4, OK, HAProxy 3.0.4",
        "3.1.7, WARN, odd number",
        "3.2.4, OK, tested are 2.6 and 3.0"
    })
    void shouldKnowWhatConcernsWhoeverRunsAVersionOfHaproxy(
            String version, State state, String words) {
        Finding first = HaproxyAdvice.of("applier", HaproxyVersion.of(version)).getFirst();

        assertThat(first.state()).isEqualTo(state);
        assertThat(first.line()).contains(words);
    }

    @ParameterizedTest
    @CsvSource({
        "3, 3, 3, 0, 2, OK, 3 copies",
        "1, 1, 1, 0, 1, OK, 1 copies",
        "3, 3, 2, 0, 2, WARN, 2 of 3 copies",
        "3, 3, 1, 0, 2, FAIL, nothing can be written",
        "3, 3, 2, 4, 2, FAIL, 4 partitions have no leader",
        "3, 1, 1, 0, 1, WARN, should have 3",
        "2, 2, 2, 0, 2, WARN, while one broker is away"
    })
    void shouldJudgeTheCopiesOfATopicByWhatTheBrokersAllow(
            int brokers,
            int least,
            int inSync,
            long leaderless,
            int minimum,
            State state,
            String words) {
        List<Finding> findings =
                CopiesFindings.of(
                        "topic t",
                        12,
                        new Copies(brokers, least, inSync, leaderless, minimum),
                        true);

        assertThat(findings).singleElement().extracting(Finding::state).isEqualTo(state);
        assertThat(findings.getFirst().line()).contains(words);
    }

    @Test
    void shouldTellSchemasThatAreMissingFromThoseThatWouldBeRefused() {
        assertThat(
                        SchemaFindings.of(
                                List.of(
                                        new SubjectState(
                                                "a", 6, true, "FULL_TRANSITIVE", List.of()),
                                        new SubjectState("b", 6, false, "", List.of()),
                                        new SubjectState("c", 6, true, "BACKWARD", List.of()),
                                        new SubjectState("d", 6, false, "FULL", List.of("no")))))
                .extracting(finding -> finding.state() + " " + finding.line())
                .satisfiesExactly(
                        line ->
                                assertThat(line)
                                        .isEqualTo("OK schema a: version 6, FULL_TRANSITIVE"),
                        line ->
                                assertThat(line)
                                        .contains("FAIL", "not registered", "signalbox topics"),
                        line -> assertThat(line).contains("FAIL", "BACKWARD", "FULL_TRANSITIVE"),
                        line -> assertThat(line).contains("FAIL", "would be refused: no"));
    }

    @Test
    void shouldSayWhereContainersCannotBeReachedByTheirAddresses() {
        Instant asked = Instant.parse("2026-01-01T10:00:00Z");

        List<Finding> findings =
                EngineFindings.of(
                        "engine",
                        new EngineLook.Seen(
                                "28.0",
                                "1.48",
                                Optional.of(asked.minusSeconds(60)),
                                asked,
                                true,
                                false,
                                "active",
                                true));

        assertThat(findings)
                .extracting(Finding::state)
                .containsExactly(State.OK, State.WARN, State.FAIL);
        assertThat(findings.get(0).line()).contains("a manager of a Swarm");
        assertThat(findings.get(1).line()).contains("rootless", "addresses: published");
        assertThat(findings.get(2).line()).contains("60.000 s behind");
    }

    @Test
    void shouldCountFactsOfWatchersThatWereReplaced() {
        String metrics =
                """
                # TYPE signalbox_registry_zombies_total counter
                signalbox_registry_zombies_total 3.0
                signalbox_registry_sessions_refused_total 0.0
                """;

        assertThat(RegistryApi.counted(metrics))
                .singleElement()
                .satisfies(
                        finding -> {
                            assertThat(finding.state()).isEqualTo(State.WARN);
                            assertThat(finding.line()).contains("3 facts of older sessions");
                        });
    }

    @ParameterizedTest
    @CsvSource({
        "0x48545450, speaks HTTP",
        "0x15030300, speaks TLS",
        "0x53534822, does not speak",
        "-1, does not speak"
    })
    void shouldKnowWhoIsNoBrokerByTheBeginningOfItsAnswer(String beginning, String words) {
        assertThat(KafkaProbe.judge(Integer.decode(beginning)).orElseThrow()).startsWith(words);
    }

    @Test
    void shouldTakeAShortAnswerForThatOfABroker() {
        assertThat(KafkaProbe.judge(300)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"10, FAIL", "500, WARN", "5000, OK"})
    void shouldAskForRoomOnTheDiskOfConfigurations(long freeMib, State state) {
        assertThat(Proxies.space("disk", freeMib << 20, 10_000L << 20).state()).isEqualTo(state);
    }
}
