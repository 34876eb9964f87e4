package io.signalbox.watcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.signalbox.process.ProcessRuntime;
import io.signalbox.schemas.Container;
import io.signalbox.schemas.Container.PublishedPort;
import io.signalbox.schemas.Event;
import io.signalbox.schemas.Fact;
import io.signalbox.watcher.core.HostFold;
import io.signalbox.watcher.lists.SmallDns;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The whole process without an engine: real files, a real name server, a real broker. */
@Timeout(120)
class ListedSourcesIT {
    @TempDir Path directory;
    private final SmallDns dns = SmallDns.start();
    private WatcherLab lab;
    private Path files;

    @BeforeEach
    void start() throws Exception {
        lab = WatcherLab.start(directory.resolve("broker"));
        files = Files.createDirectory(directory.resolve("static"));
        dns.has("tasks.backend", "10.9.0.1", "10.9.0.2");
        list("10.0.0.5:8080", "10.0.0.6:8080");
    }

    @AfterEach
    void stop() {
        lab.close();
        dns.close();
    }

    @Test
    void shouldSayWhatFilesAndNamesShowAndSweepItOnlyByWhatIsKnown() throws Exception {
        try (ProcessRuntime watcher = watcher()) {
            WatcherLab.awaitReady(watcher);
            awaitPlaces(
                    "file 10.0.0.5:8080",
                    "file 10.0.0.6:8080",
                    "dns 10.9.0.1:80",
                    "dns 10.9.0.2:80");
            assertThat(pictures()).extracting(Container::name).contains("backend@10.9.0.1:80");
            assertThat(pictures())
                    .extracting(Container::image)
                    .contains("static file " + files.resolve("web.yaml") + ":4")
                    .contains("DNS name tasks.backend, " + files.resolve("web.yaml") + ":6");

            dns.has("tasks.backend", "10.9.0.2", "10.9.0.3");
            list("10.0.0.5:8080");
            awaitPlaces("file 10.0.0.5:8080", "dns 10.9.0.2:80", "dns 10.9.0.3:80");

            for (SmallDns.Mood mood : SmallDns.Mood.values()) {
                dns.is(mood);
                int asked = dns.asked();
                await().until(() -> dns.asked() >= asked + 4);
                awaitFailing(watcher, mood == SmallDns.Mood.ANSWERS ? 0 : 1);
            }
            Files.writeString(files.resolve("web.yaml"), "services: [");
            await().untilAsserted(
                            () ->
                                    assertThat(watcher.metrics().scrape())
                                            .contains("signalbox_watcher_files_broken 1"));
            assertThat(watcher.readiness().ready()).isTrue();
            assertThat(places())
                    .containsExactlyInAnyOrder(
                            "file 10.0.0.5:8080", "dns 10.9.0.2:80", "dns 10.9.0.3:80");
        }
        shouldKeepWhatItCannotSeeAfterARestart();
        shouldSweepWhatIsConfiguredNoMore();
        assertThat(lab.failures).isEmpty();
    }

    /** Names are not answered, and the file is not understood. */
    private void shouldKeepWhatItCannotSeeAfterARestart() throws Exception {
        long last = lab.events().getLast().session();
        try (ProcessRuntime watcher = watcher()) {
            WatcherLab.awaitReady(watcher);
            lab.awaitSessionAfter(last);
            assertThat(places())
                    .containsExactlyInAnyOrder(
                            "file 10.0.0.5:8080", "dns 10.9.0.2:80", "dns 10.9.0.3:80");

            list("10.0.0.7:8080");
            awaitPlaces("file 10.0.0.7:8080", "dns 10.9.0.2:80", "dns 10.9.0.3:80");
            dns.is(SmallDns.Mood.ANSWERS);
            dns.has("tasks.backend", "10.9.0.4");
            awaitPlaces("file 10.0.0.7:8080", "dns 10.9.0.4:80");
        }
    }

    private void shouldSweepWhatIsConfiguredNoMore() {
        try (ProcessRuntime watcher = lab.watcher(Map.of("docker-host", "off"))) {
            WatcherLab.awaitReady(watcher);
            awaitPlaces();
        }
    }

    private ProcessRuntime watcher() {
        return lab.watcher(
                Map.of(
                        "docker-host",
                        "off",
                        "static-files",
                        files.toString(),
                        "dns-nameservers",
                        dns.address(),
                        "dns-every",
                        "100ms"));
    }

    private void list(String... servers) throws Exception {
        Files.writeString(
                files.resolve("web.yaml"),
                """
                services:
                  legacy:
                    host: legacy.test
                    servers: [%s]
                  backend:
                    dns: tasks.backend
                    port: 80
                    path: /
                """
                        .formatted(String.join(", ", servers)));
    }

    private static void awaitFailing(ProcessRuntime watcher, int names) {
        await().atMost(Duration.ofSeconds(15))
                .untilAsserted(
                        () ->
                                assertThat(watcher.metrics().scrape())
                                        .contains("signalbox_watcher_dns_failing " + names));
    }

    private void awaitPlaces(String... places) {
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(places()).containsExactlyInAnyOrder(places));
    }

    private List<Container> pictures() {
        return fold().entries().values().stream().map(HostFold.Entry::container).toList();
    }

    private List<String> places() {
        return fold().entries().values().stream()
                .map(entry -> entry.source() + " " + place(entry.container()))
                .toList();
    }

    private static String place(Container picture) {
        PublishedPort port = picture.published().getFirst();
        return port.hostIp() + ":" + port.hostPort();
    }

    private HostFold fold() {
        HostFold fold = new HostFold();
        List<Event> events = lab.events();
        for (int offset = 0; offset < events.size(); offset++) {
            if (events.get(offset).fact() instanceof Fact.Watched) {
                fold.take(offset, events.get(offset));
            }
        }
        return fold;
    }
}
