package io.signalbox.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.signalbox.cli.doctor.Check.Look;
import io.signalbox.cli.doctor.Finding.State;
import io.signalbox.process.StartFailure;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;

class DiagnosisTest {
    private static final Duration LONG = Duration.ofSeconds(20);

    private static final Look WELL = () -> List.of(Finding.ok("it", "is there"));
    private static final Look WRONG = () -> List.of(Finding.fail("it", "is away", "", "start it"));

    @Test
    void shouldLeaveBehindWhatDoesNotAnswerAndRunTheRest() {
        Check hangs =
                new Check(
                        "hangs",
                        "log",
                        List.of(),
                        Duration.ofMillis(50),
                        () -> {
                            new CountDownLatch(1).await();
                            return List.of();
                        });

        List<Finding> findings = run(hangs, check("well", WELL));

        assertThat(findings).extracting(Finding::state).containsExactly(State.FAIL, State.OK);
        assertThat(findings.getFirst().line()).contains("hangs: no answer within 0.05 s");
    }

    @Test
    void shouldBlameTheMachineItRunsOnWhereThatHasTooMuchToDo() {
        assertThat(Diagnosis.late("broker", LONG, new Load(27.5, 2)).line())
                .contains("within 20.0 s, on a machine with a load of 27.5 on 2 processors");
        assertThat(Diagnosis.late("broker", LONG, new Load(7.5, 2)).line())
                .contains("see whether it is overloaded");
        assertThat(new Load(-1, 2).heavy()).isFalse();
    }

    @Test
    void shouldSkipWhatNeedsSomethingThatFailedOrIsNotThere() {
        Look absent = () -> List.of(Finding.skipped("it", "nobody wants it"));

        List<Finding> findings =
                run(
                        check("broken", WRONG),
                        check("absent", absent),
                        check("first", WELL, "broken"),
                        check("second", WELL, "absent"),
                        check("third", WELL, "first"));

        assertThat(findings.subList(2, 5))
                .extracting(Finding::line)
                .containsExactly(
                        "first: because broken failed",
                        "second: because absent found nothing to go by",
                        "third: because first found nothing to go by");
        assertThat(findings.subList(2, 5))
                .allSatisfy(finding -> assertThat(finding.state()).isEqualTo(State.SKIPPED));
    }

    @Test
    void shouldSayInWordsWhyALookFailed() {
        assertThat(
                        run(
                                check(
                                        "refused",
                                        () -> {
                                            throw new ConnectException("Connection refused");
                                        }),
                                check(
                                        "unknown",
                                        () -> {
                                            throw new ExecutionException(
                                                    new UnknownHostException("kafka"));
                                        }),
                                check(
                                        "refusing",
                                        () -> {
                                            throw new StartFailure(List.of("one", "two"));
                                        }),
                                check(
                                        "mute",
                                        () -> {
                                            throw new IllegalStateException();
                                        })))
                .extracting(Finding::line)
                .containsExactly(
                        "refused: nobody listens there",
                        "unknown: the name cannot be resolved",
                        "refusing: one; two",
                        "mute: IllegalStateException");
    }

    @Test
    void shouldTakeWhatIsAskedForWithAllThatItNeeds() {
        List<Check> checks =
                List.of(
                        check("broker", WELL),
                        check("api", WELL),
                        check("topics", WELL, "broker"),
                        check("path", WELL, "topics"));

        assertThat(Diagnosis.only(checks, Set.of("path")))
                .extracting(Check::name)
                .containsExactly("broker", "topics", "path");
    }

    @Test
    void shouldRefuseACheckBeforeWhatItNeeds() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> run(check("topics", WELL, "broker"), check("broker", WELL)))
                .withMessageContaining("topics needs broker");
    }

    private static List<Finding> run(Check... checks) {
        List<Finding> findings = new ArrayList<>();
        Diagnosis.run(List.of(checks)).found().values().forEach(findings::addAll);
        return findings;
    }

    private static Check check(String name, Look look, String... needs) {
        return new Check(name, "log", List.of(needs), LONG, look);
    }
}
