package io.signalbox.watcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.signalbox.schemas.Container;
import io.signalbox.schemas.Container.Health;
import io.signalbox.schemas.Container.NetworkAttachment;
import io.signalbox.schemas.Container.NetworkMode;
import io.signalbox.schemas.Container.State;
import io.signalbox.watcher.core.AllowList;
import io.signalbox.watcher.core.Inspection;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a node says of its Swarm, on a unix socket. */
@Timeout(60)
class SwarmServicesTest {
    private static final String MANAGER =
            "{\"Swarm\":{\"LocalNodeState\":\"active\",\"ControlAvailable\":true}}";
    private static final String STATE =
            "{\"Swarm\":{\"LocalNodeState\":\"%s\",\"ControlAvailable\":false}}";

    @TempDir Path directory;
    private final List<List<String>> seen = new CopyOnWriteArrayList<>();
    private FakeEngine engine;
    private EngineCalls calls;
    private SwarmServices services;
    private @Nullable Thread thread;

    @BeforeEach
    void start() throws IOException {
        engine = new FakeEngine(directory);
        engine.says("/info", MANAGER);
        engine.says("/networks", "[{\"Id\":\"n1\",\"Name\":\"front\"}]");
        engine.says("/services", "[%s,{\"ID\":\"broken\"}]".formatted(service("s1", "web")));
        calls = engine.calls();
        services =
                new SwarmServices(
                        calls,
                        new SwarmReader(AllowList.labels(List.of())),
                        Duration.ofMinutes(5),
                        pictures -> seen.add(pictures.stream().map(Container::name).toList()));
    }

    @AfterEach
    void stop() throws Exception {
        Thread looking = thread;
        if (looking != null) {
            looking.interrupt();
            looking.join();
        }
        services.close();
        engine.close();
    }

    @Test
    void shouldListOnceAndThenLookAtWhatChanges() {
        look();
        awaitSeen("web");
        engine.says("/services/s2", service("s2", "api"));
        services.hint("s2");
        awaitSeen("web", "api");

        services.hint("s1");
        awaitSeen("api");
        services.hint("s2");
        await().until(() -> engine.asked("/services/s2") == 2);
        assertThat(engine.asked("/services")).isEqualTo(1);
        assertThat(seen).hasSize(3);
    }

    @Test
    void shouldKeepWhatItSawWhileTheSwarmDoesNotAnswer() {
        look();
        awaitSeen("web");
        engine.refuses("/services", 503);
        services.hint(SwarmServices.ALL);
        await().until(() -> engine.asked("/services") > 2);
        engine.says("/info", STATE.formatted("pending"));
        long asked = engine.asked("/info");
        await().until(() -> engine.asked("/info") > asked + 1);
        assertThat(seen).hasSize(1);

        engine.says("/info", MANAGER);
        engine.says("/services", "[]");
        awaitSeen();
    }

    @Test
    void shouldBeAWorkerOnlyAfterSayingSoSeveralTimes() {
        look();
        awaitSeen("web");
        engine.says("/info", STATE.formatted("active"));
        long asked = engine.asked("/info");
        services.hint(SwarmServices.ALL);

        awaitSeen();

        assertThat(engine.asked("/info")).isGreaterThanOrEqualTo(asked + 3);
    }

    @Test
    void shouldShowNothingOutsideASwarm() {
        engine.says("/info", STATE.formatted("inactive"));

        look();

        awaitSeen();
        assertThat(engine.asked("/services")).isZero();
    }

    @Test
    void shouldAskTheGatewayBridgeOnceForEachPlace() {
        GatewayBridge bridge = new GatewayBridge(calls);
        engine.refuses("/networks/docker_gwbridge", 500);
        assertThat(bridge.complete(task(), place("e1"), "/v1.41"))
                .isInstanceOf(Inspection.Failed.class);

        engine.says(
                "/networks/docker_gwbridge",
                "{\"Id\":\"gw\",\"Containers\":{\"c1\":{\"IPv4Address\":\"172.18.0.5/16\"}}}");
        for (String endpoint : List.of("e1", "e1", "e2")) {
            assertThat(bridge.complete(task(), place(endpoint), "/v1.41"))
                    .isInstanceOfSatisfying(
                            Inspection.Found.class,
                            found ->
                                    assertThat(found.container().networks())
                                            .extracting(NetworkAttachment::ipv4)
                                            .containsExactly("172.18.0.5", "10.0.1.3"));
        }
        assertThat(engine.asked("/networks/docker_gwbridge")).isEqualTo(3);
    }

    private void look() {
        thread =
                Thread.ofPlatform()
                        .start(
                                () -> {
                                    try {
                                        services.run(() -> false);
                                    } catch (InterruptedException e) {
                                        Thread.currentThread().interrupt();
                                    }
                                });
    }

    private void awaitSeen(String... names) {
        await().atMost(Duration.ofSeconds(30))
                .until(() -> !seen.isEmpty() && seen.getLast().equals(List.of(names)));
    }

    private static String service(String id, String name) {
        return "{\"ID\":\"%s\",\"Spec\":{\"Name\":\"%s\"},\"Endpoint\":{\"VirtualIPs\":[{\"NetworkID\":\"n1\",\"Addr\":\"10.0.1.2/24\"}]}}"
                .formatted(id, name);
    }

    private static JsonObject place(String endpoint) {
        return new JsonObject(
                "{\"NetworkSettings\":{\"Networks\":{\"front\":{\"EndpointID\":\"%s\"}}}}"
                        .formatted(endpoint));
    }

    private static Inspection.Found task() {
        return new Inspection.Found(
                new Container(
                        "c1",
                        "web.1",
                        "web:1",
                        State.RUNNING,
                        Health.NONE,
                        Instant.EPOCH,
                        null,
                        0,
                        false,
                        new NetworkMode(NetworkMode.Kind.NETWORKS, ""),
                        List.of(new NetworkAttachment("n1", "front", "10.0.1.3", null, true)),
                        List.of(),
                        List.of(),
                        Map.of(),
                        Map.of(),
                        10),
                15);
    }
}
