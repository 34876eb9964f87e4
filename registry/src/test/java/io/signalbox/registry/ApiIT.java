package io.signalbox.registry;

import static io.signalbox.registry.core.Facts.RUN;
import static io.signalbox.registry.core.Facts.began;
import static io.signalbox.registry.core.Facts.container;
import static io.signalbox.registry.core.Facts.ended;
import static io.signalbox.registry.core.Facts.observed;
import static io.signalbox.registry.core.Facts.opened;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.signalbox.schemas.ApplyResult;
import io.signalbox.schemas.ConfigRecord;
import io.signalbox.schemas.Container.State;
import io.signalbox.schemas.Keys;
import io.signalbox.schemas.Liveness.ApplierBeat;
import io.signalbox.schemas.Partitions;
import io.signalbox.schemas.Topic;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class ApiIT {
    private static final Duration SOON = Duration.ofSeconds(20);

    /** The host beats once, and stays up however long the rest takes. */
    private static final Map<String, String> UNHURRIED =
            Map.of(
                    "host-suspected-after", "30m",
                    "host-lost-after", "1h",
                    "host-expired-after", "2h");

    /** What busy appliers wrote after a quiet one, into the same partitions. */
    private static final int OF_OTHERS = 8_000;

    @Test
    void shouldAnswerFromTheLog(@TempDir Path directory) throws Exception {
        try (Lab lab = Lab.start(directory);
                Lab.Running registry = lab.registry(UNHURRIED)) {
            await().atMost(SOON).until(registry::ready);
            long session = lab.append(opened("h1"));
            lab.append(began("h1", session, 1));
            lab.append(observed("h1", session, 2, container("c1c1c1")));
            lab.append(
                    observed(
                            "h1",
                            session,
                            3,
                            container("c2c2c2", State.RUNNING, RUN, Map.of("other", "label"))));
            lab.append(ended("h1", session, 4, 2));

            await().atMost(SOON)
                    .untilAsserted(
                            () ->
                                    assertThat(get(registry, "/v1/status"))
                                            .contains(
                                                    "\"host\":\"h1\"",
                                                    "\"service\":\"web\"",
                                                    "\"group\":\"default\"",
                                                    "\"containers\":2"));
            assertThat(get(registry, "/v1/why?subject=name-c2c2c2"))
                    .contains("not a service: no signalbox.enable=true and no route label");
            assertThat(get(registry, "/v1/why?subject=web"))
                    .contains("group default has no configuration yet");
            assertThat(get(registry, "/v1/why?host=nobody.example&path=/x"))
                    .contains("no route matches host nobody.example and path /x");
            assertThat(get(registry, "/v1/why?container=nobody"))
                    .contains("no container of that name or id is known on 1 hosts");
            assertThat(get(registry, "/v1/hosts")).contains("\"status\":\"up\"");
            assertThat(get(registry, "/v1/services")).contains("\"service\":\"web\"");
            assertThat(get(registry, "/v1/groups")).contains("\"definition\":\"built-in\"");
            assertThat(get(registry, "/v1/why")).contains("name one of");
            await().atMost(SOON)
                    .untilAsserted(
                            () ->
                                    assertThat(get(registry, "/metrics"))
                                            .contains(
                                                    "signalbox_registry_facts_folded_total 5.0",
                                                    "signalbox_registry_hosts{status=\"up\"} 1.0",
                                                    "signalbox_registry_lag_records 0.0"));
        }
    }

    @Test
    void shouldFollowAConfigurationWhoseTopicIsMadeAgain(@TempDir Path directory) throws Exception {
        try (Lab lab = Lab.start(directory);
                Lab.Running registry = lab.registry(Map.of())) {
            await().atMost(SOON).until(registry::ready);
            for (int owner = 0; owner < 20; owner++) {
                lab.configure(new ConfigRecord.Claim("renderer"));
            }
            lab.configure(manifest(19));
            await().atMost(SOON)
                    .untilAsserted(
                            () -> assertThat(get(registry, "/v1/status")).contains("\"epoch\":19"));

            lab.recreateConfiguration();
            lab.configure(new ConfigRecord.Claim("renderer"));
            lab.configure(manifest(0));

            await().atMost(SOON)
                    .untilAsserted(
                            () -> assertThat(get(registry, "/v1/status")).contains("\"epoch\":0"));
        }
    }

    @Test
    void shouldKnowQuietAndSilentAppliersAfterARestart(@TempDir Path directory) throws Exception {
        String busy = neighbourOf("silent");
        try (Lab lab = Lab.start(directory)) {
            lab.report(List.of(result("silent", 0)));
            lab.beat(List.of(new ApplierBeat("default", "silent", "h", 0, 1)));
            lab.report(IntStream.range(0, OF_OTHERS).mapToObj(one -> result(busy, one)).toList());
            lab.beat(
                    IntStream.range(0, OF_OTHERS)
                            .mapToObj(one -> new ApplierBeat("default", busy, "h", one, 1))
                            .toList());

            try (Lab.Running registry = lab.registry(Map.of())) {
                await().atMost(SOON).until(registry::ready);
                JsonArray appliers =
                        new JsonArray(get(registry, "/v1/groups"))
                                .getJsonObject(0)
                                .getJsonArray("appliers");

                assertThat(appliers)
                        .map(JsonObject.class::cast)
                        .allMatch(applier -> applier.containsKey("lastBeat"))
                        .extracting(applier -> applier.getString("applier"))
                        .containsExactly(busy, "silent");
            }
        }
    }

    /** An applier whose results and beats are of the same partitions. */
    private static String neighbourOf(String applier) {
        return IntStream.range(0, 100)
                .mapToObj(number -> "busy-" + number)
                .filter(one -> resultsOf(one) == resultsOf(applier))
                .filter(one -> beatsOf(one) == beatsOf(applier))
                .findFirst()
                .orElseThrow();
    }

    private static int resultsOf(String applier) {
        return Partitions.of(Keys.result("default", applier), Topic.APPLY_RESULTS.partitions());
    }

    private static int beatsOf(String applier) {
        return Partitions.of(Keys.applierBeat("default", applier), Topic.LIVENESS.partitions());
    }

    private static ApplyResult result(String applier, long epoch) {
        return new ApplyResult(
                "default",
                applier,
                "h",
                epoch,
                1,
                ApplyResult.Outcome.APPLIED,
                ApplyResult.How.RUNTIME,
                "",
                "3.0.11",
                new ApplyResult.Reach("h", List.of()),
                "hash",
                Map.of(),
                List.of(),
                List.of(),
                List.of(),
                RUN,
                RUN,
                RUN);
    }

    private static ConfigRecord.Manifest manifest(long epoch) {
        return new ConfigRecord.Manifest(
                "default", epoch, 1, "", "1", "t", List.of(0L), 0, List.of());
    }

    private static String get(Lab.Running registry, String path) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            URI uri = URI.create("http://" + registry.runtime.http().address() + path);
            return client.send(
                            HttpRequest.newBuilder(uri).build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body();
        }
    }
}
