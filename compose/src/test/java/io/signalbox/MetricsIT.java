package io.signalbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.signalbox.dialects.Certified;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What the page about operating says of metrics is what running processes say. */
@Timeout(60)
@ExtendWith(Chain.Shared.class)
class MetricsIT {
    private static final List<String> PROCESSES =
            List.of("applier", "registry", "renderer", "watcher");

    @Test
    void shouldFindInThePageWhatEachProcessMeasuresAndNothingElse(
            Chain chain, @TempDir Path directory) throws Exception {
        Path certificate = chain.data().resolve("applier/certificates/metrics.test.pem");
        Files.createDirectories(certificate.getParent());
        Files.writeString(certificate, new Certified(directory).pem());
        await().atMost(Chain.PATIENCE)
                .until(
                        () -> chain.fetch("applier", "/metrics"),
                        said -> said.contains("certificate_not_after_seconds{"));

        SortedMap<String, Metric> metrics = new TreeMap<>();
        for (String process : PROCESSES) {
            metrics.putAll(Metric.scraped(chain.fetch(process, "/metrics")));
        }

        StringBuilder table = new StringBuilder("| metric | kind | labels | meaning |\n");
        table.append("|---|---|---|---|\n");
        metrics.values().forEach(metric -> table.append(metric.row()));
        assertThat(metrics.keySet()).allMatch(name -> name.startsWith("signalbox_"));
        OperatingPage.assertSays("metrics", table.toString());
    }
}
