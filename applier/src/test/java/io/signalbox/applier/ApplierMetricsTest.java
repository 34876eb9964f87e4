package io.signalbox.applier;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.applier.core.ConfigReading.Accepted;
import io.signalbox.applier.core.Link;
import io.signalbox.applier.core.plan.ReloadReason;
import io.signalbox.applier.core.plan.Step.DeleteServer;
import io.signalbox.applier.core.plan.Step.EnableServer;
import io.signalbox.process.Metrics;
import io.signalbox.schemas.ApplyResult.How;
import io.signalbox.schemas.ApplyResult.Outcome;
import io.signalbox.schemas.ConfigRecord.Manifest;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ApplierMetricsTest {
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private final Metrics registry = new Metrics("applier", Map.of("group", "edge"));
    private final ApplierMetrics metrics = new ApplierMetrics(registry, () -> now);

    @Test
    void shouldHaveEveryCounterBeforeItCounts() {
        for (ReloadReason.Kind kind : ReloadReason.Kind.values()) {
            assertThat(registry.scrape())
                    .contains(
                            "reloads_total{group=\"edge\",outcome=\"refused\",reason=\"%s\"} 0.0"
                                    .formatted(kind.text()));
        }
        assertThat(registry.scrape())
                .contains("rejects_total{group=\"edge\",outcome=\"incomplete\"} 0.0")
                .contains("commands_total{group=\"edge\",result=\"refused\"} 0.0")
                .contains("propagation_seconds_count{group=\"edge\",hop=\"total\"} 0");
    }

    @Test
    void shouldSayHowLongANewerVersionHasWaited() {
        metrics.applied(manifest(1, 60, false), How.RUNTIME, now);
        assertThat(value("version_age_seconds")).isEqualTo("60.0");
        assertThat(value("version_behind_seconds")).isEqualTo("0.0");

        metrics.accepted(manifest(2, 3, false));
        metrics.accepted(manifest(3, 1, false));
        metrics.rejected(Outcome.FAILED, now);
        now = now.plusSeconds(10);
        assertThat(value("version_behind_seconds")).isEqualTo("13.0");
        assertThat(value("version_age_seconds")).isEqualTo("70.0");

        metrics.applied(manifest(3, 11, false), How.RELOAD, now);
        assertThat(value("version_behind_seconds")).isEqualTo("0.0");
        assertThat(value("version_age_seconds")).isEqualTo("11.0");
    }

    @Test
    void shouldNotBeBehindWhenOnlyAReloadOfTheVersionInForceFails() {
        metrics.applied(manifest(1, 60, false), How.RUNTIME, now);

        metrics.rejected(Outcome.FAILED, now);

        now = now.plusSeconds(10);
        assertThat(value("version_behind_seconds")).isEqualTo("0.0");

        metrics.rejected(Outcome.INCOMPLETE, now);

        now = now.plusSeconds(10);
        assertThat(value("version_behind_seconds")).isEqualTo("10.0");
    }

    @Test
    void shouldNotTakeAnOldVersionThatIsReadAtAStartForOneThatWaits() {
        metrics.accepted(manifest(1, 86_400, true));

        now = now.plusSeconds(2);

        assertThat(value("version_behind_seconds")).isEqualTo("2.0");
    }

    @Test
    void shouldCountCommandsByTheAnswer() {
        DeleteServer gone = new DeleteServer("service_a", "a.1");
        EnableServer come = new EnableServer("service_a", "a.2", "run", false);

        metrics.commands(
                new Link.Outcome(
                        List.of(come, come, come),
                        List.of(gone, gone),
                        List.of(new Link.Refusal(come, "no"))));

        String commands = "commands_total{group=\"edge\",result=";
        assertThat(value(commands + "\"done\"}")).isEqualTo("3.0");
        assertThat(value(commands + "\"lingering\"}")).isEqualTo("2.0");
        assertThat(value(commands + "\"refused\"}")).isEqualTo("1.0");
    }

    private Accepted manifest(long generation, int secondsAgo, boolean whole) {
        Manifest manifest =
                new Manifest(
                        "edge", 1, generation, "hash", "test", "events", List.of(0L), 0, List.of());
        return new Accepted(manifest, now.minusSeconds(secondsAgo), now, Map.of(), whole);
    }

    private String value(String metric) {
        String start = "signalbox_applier_" + metric;
        return registry.scrape()
                .lines()
                .filter(line -> line.startsWith(start))
                .map(line -> line.substring(line.lastIndexOf(' ') + 1))
                .findFirst()
                .orElse("missing " + metric);
    }
}
