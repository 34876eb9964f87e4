package io.signalbox.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class MetricsTest {
    private final Metrics metrics = new Metrics("watcher");

    @Test
    void shouldNameMetersAfterTheProcess() {
        metrics.counter("facts.published", "Facts sent.", "source", "docker").increment(2);
        metrics.gauge("backlog.facts", "Facts not sent yet.", () -> 7);
        metrics.timer("inspection", "An inspection.").record(Duration.ofMillis(15));

        assertThat(metrics.scrape())
                .contains("signalbox_watcher_facts_published_total{source=\"docker\"} 2.0")
                .contains("signalbox_watcher_backlog_facts 7.0")
                .contains("signalbox_watcher_inspection_seconds_bucket{le=\"0.01\"} 0")
                .contains("signalbox_watcher_inspection_seconds_bucket{le=\"0.02\"} 1")
                .contains("# HELP signalbox_watcher_facts_published_total Facts sent.");
    }
}
