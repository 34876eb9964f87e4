package io.signalbox.applier;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.applier.core.AddressChoice;
import io.signalbox.applier.core.ConfigReading.Accepted;
import io.signalbox.applier.core.Desired;
import io.signalbox.applier.core.Link.Outcome;
import io.signalbox.applier.core.Proxy.Ended;
import io.signalbox.applier.core.Report.Standing;
import io.signalbox.applier.core.Worker;
import io.signalbox.applier.core.plan.ReloadReason;
import io.signalbox.applier.core.plan.Step;
import io.signalbox.applier.core.plan.Step.EnableServer;
import io.signalbox.haproxy.HaproxyVersion;
import io.signalbox.process.Metrics;
import io.signalbox.process.Readiness;
import io.signalbox.schemas.ApplyResult;
import io.signalbox.schemas.ApplyResult.How;
import io.signalbox.schemas.ApplyResult.Reach;
import io.signalbox.schemas.Cause;
import io.signalbox.schemas.ConfigRecord.Manifest;
import io.signalbox.schemas.ConfigRecord.Note;
import io.signalbox.schemas.Liveness.ApplierBeat;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ReporterTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final Reach REACH = new Reach("host-a", List.of());

    private final List<ApplyResult> results = new ArrayList<>();
    private final Desired desired = new Desired(new AddressChoice(REACH, true));
    private final Worker worker =
            new Worker(new WorkerLink(Path.of("/nowhere")), HaproxyVersion.of("3.0.0"));
    private final Readiness readiness = new Readiness("applier");
    private final Reporter reporter =
            new Reporter(
                    new Reporter.Identity("default", "applier-1", REACH),
                    new Reports() {
                        @Override
                        public void result(ApplyResult result) {
                            results.add(result);
                        }

                        @Override
                        public void beat(ApplierBeat beat) {}
                    },
                    new ApplierMetrics(new Metrics("applier"), InstantSource.fixed(NOW)),
                    readiness.condition("haproxy"),
                    readiness.condition("loaded"),
                    InstantSource.fixed(NOW),
                    List::of);

    @Test
    void shouldSayWhenTheLastSilentServerIsEnabled() {
        reporter.accepted(manifest(1));
        reporter.updated(Outcome.NOTHING, true, silent("a.1", "a.2"));
        assertThat(last().pending()).containsExactly("a.1", "a.2");

        reporter.updated(enabled("a.1"), true, silent("a.2"));
        assertThat(last().pending()).containsExactly("a.2");

        reporter.updated(enabled("a.2"), true, silent());
        assertThat(last().pending()).isEmpty();
        assertThat(last().reason()).isEqualTo("answered");
        assertThat(results).hasSize(3);
    }

    @Test
    void shouldSayWhenAServerIsWaitedForNoMoreWithoutHavingBeenEnabledHere() {
        reporter.accepted(manifest(1));
        reporter.updated(Outcome.NOTHING, true, silent("a.1"));

        reporter.updated(Outcome.NOTHING, true, silent());

        assertThat(last().pending()).isEmpty();
        assertThat(last().generation()).isEqualTo(1);
    }

    @Test
    void shouldSayWhenAServerThatBecameSilentLaterIsEnabled() {
        reporter.accepted(manifest(1));
        reporter.updated(Outcome.NOTHING, true, silent("a.1"));
        reporter.updated(enabled("a.1"), true, silent("b.1"));
        assertThat(last().pending()).containsExactly("b.1");

        reporter.updated(enabled("b.1"), true, silent());

        assertThat(last().pending()).isEmpty();
    }

    @Test
    void shouldSayWhatIsSilentAfterAReloadAlsoWhenThatChangesBeforeTheNextManifest() {
        reporter.accepted(manifest(1));
        reporter.ended(
                new Ended.Failed("no"),
                How.RELOAD,
                new ReloadReason(ReloadReason.Kind.FRAME, ""),
                silent("a.1"));
        assertThat(last().pending()).containsExactly("a.1");
        reporter.accepted(manifest(2));
        reporter.updated(Outcome.NOTHING, true, silent("a.1"));

        reporter.updated(Outcome.NOTHING, true, silent());

        assertThat(last().pending()).isEmpty();
    }

    @Test
    void shouldSayNothingTwice() {
        reporter.accepted(manifest(1));
        reporter.updated(Outcome.NOTHING, true, silent("a.1"));

        reporter.updated(Outcome.NOTHING, true, silent("a.1"));

        assertThat(results).hasSize(1);
    }

    @Test
    void shouldNameServersThatAreHeldBack() {
        reporter.accepted(manifest(1));
        reporter.updated(
                Outcome.NOTHING,
                true,
                new Standing(
                        desired,
                        worker,
                        Set.of(),
                        new TreeMap<>(Map.of("a.1", NOW.plusSeconds(3)))));
        assertThat(last().leftOut()).extracting(Note::code).containsExactly("damped");
        assertThat(last().leftOut()).extracting(Note::subject).containsExactly("a.1");

        reporter.updated(enabled("a.1"), true, silent());

        assertThat(last().leftOut()).isEmpty();
    }

    @Test
    void shouldNameTheCausesOfAManifestThatTheNextOneSuperseded() {
        reporter.accepted(manifest(1, cause(1)));
        reporter.accepted(manifest(2, cause(2)));
        reporter.updated(Outcome.NOTHING, true, silent());
        assertThat(last().generation()).isEqualTo(2);
        assertThat(last().causes()).containsExactly(cause(1), cause(2));

        reporter.accepted(manifest(3, cause(3)));
        reporter.updated(Outcome.NOTHING, true, silent());
        assertThat(last().causes()).containsExactly(cause(3));
    }

    private static Cause cause(long offset) {
        return new Cause(0, offset, "host-a/c", NOW, NOW, NOW, NOW);
    }

    private ApplyResult last() {
        return results.getLast();
    }

    @Test
    void shouldBeLoadedBySomethingOfTheKnownTopicOnly() {
        reporter.otherTopic("one", "two");
        reporter.ended(
                new Ended.Failed("no"),
                ApplyResult.How.START,
                new ReloadReason(ReloadReason.Kind.UNKNOWN, ""),
                silent());
        assertThat(readiness.causes().get("loaded")).contains("--adopt-topic two");

        reporter.accepted(manifest(1));
        reporter.updated(Outcome.NOTHING, true, silent());

        assertThat(readiness.causes()).doesNotContainKey("loaded");
    }

    private Standing silent(String... servers) {
        return new Standing(desired, worker, Set.of(servers), new TreeMap<>());
    }

    private static Outcome enabled(String server) {
        Step step = new EnableServer("service_a", server, "run", true);
        return new Outcome(List.of(step), List.of(), List.of());
    }

    private static Accepted manifest(long generation, Cause... causes) {
        return new Accepted(
                new Manifest(
                        "default",
                        1,
                        generation,
                        "hash",
                        "test",
                        "events",
                        List.of(0L),
                        0,
                        List.of(causes)),
                NOW,
                NOW,
                Map.of(),
                false);
    }
}
