package io.signalbox.watcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.process.Outage;
import io.signalbox.process.Readiness;
import io.signalbox.schemas.Container.NetworkAttachment;
import io.signalbox.watcher.core.AllowList;
import io.signalbox.watcher.core.Input;
import io.signalbox.watcher.core.Inspection;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

class DockerSourceTest {
    @Test
    void shouldKnowDockerByItsId() {
        JsonObject info = new JsonObject().put("ID", "7f6b").put("DockerRootDir", "/data");

        assertThat(DockerSource.engineId(info, "b1")).isEqualTo("7f6b");
    }

    @Test
    void shouldKnowPodmanWhichMakesItsIdUpByItsStorage() {
        JsonObject one = podman("63539e72", "/var/lib/containers/storage");
        JsonObject again = podman("fc7df010", "/var/lib/containers/storage");
        JsonObject rootless = podman("8a9f0077", "/home/joe/.local/share/containers/storage");

        assertThat(DockerSource.engineId(one, "b1"))
                .isEqualTo(DockerSource.engineId(again, "b1"))
                .isNotEqualTo(DockerSource.engineId(rootless, "b1"));
    }

    @Test
    @Timeout(30)
    void shouldFailAnInspectionWhoseNetworksCannotBeToldAndAskAgain(@TempDir Path directory)
            throws Exception {
        Inbox inbox = new Inbox(1);
        try (FakeEngine engine = new FakeEngine(directory);
                DockerSource source = source(engine, inbox)) {
            engine.says(
                    "/containers/c/json",
                    """
                    {"Id":"c","Name":"/web","State":{"Status":"exited"},
                     "NetworkSettings":{"Networks":{"front":{"NetworkID":"n1"}}}}\
                    """);

            engine.refuses("/networks", 500);
            assertThat(inspection(source, inbox))
                    .isEqualTo(
                            new Inspection.Failed(
                                    "its networks cannot be told: the engine answers 500"));
            engine.says("/networks", "[1]");
            assertThat(inspection(source, inbox)).isInstanceOf(Inspection.Failed.class);

            engine.says("/networks", "[{\"Id\":\"n1\",\"Scope\":\"swarm\"}]");
            assertThat(networks(inspection(source, inbox)))
                    .extracting(NetworkAttachment::shared)
                    .containsExactly(true);
            engine.refuses("/networks", 500);
            assertThat(networks(inspection(source, inbox)))
                    .as("what a network is never changes")
                    .extracting(NetworkAttachment::shared)
                    .containsExactly(true);
        }
    }

    @Test
    @Timeout(30)
    void shouldTakeANetworkThatIsThereNoMoreForLocal(@TempDir Path directory) throws Exception {
        Inbox inbox = new Inbox(1);
        try (FakeEngine engine = new FakeEngine(directory);
                DockerSource source = source(engine, inbox)) {
            engine.says(
                    "/containers/c/json",
                    """
                    {"Id":"c","Name":"/web","State":{"Status":"exited"},
                     "NetworkSettings":{"Networks":{"removed":{"NetworkID":"n1"}}}}\
                    """);
            engine.says("/networks", "[]");

            assertThat(networks(inspection(source, inbox)))
                    .extracting(NetworkAttachment::shared)
                    .containsExactly(false);
        }
    }

    private static DockerSource source(FakeEngine engine, Inbox inbox) {
        return new DockerSource(
                new DockerSource.Settings(
                        engine.address(),
                        Duration.ofSeconds(5),
                        "192.0.2.1",
                        "boot",
                        AllowList.of(List.of()),
                        AllowList.of(List.of())),
                inbox,
                new Outage(
                        LoggerFactory.getLogger(DockerSourceTest.class),
                        new Readiness("test").condition("docker"),
                        InstantSource.system()),
                failure -> {
                    throw failure;
                },
                _ -> {});
    }

    private static Inspection inspection(DockerSource source, Inbox inbox) throws Exception {
        source.inspect("c");
        return inbox.poll(Duration.ofSeconds(20)) instanceof Input.Inspected(_, Inspection said)
                ? said
                : new Inspection.Missing();
    }

    private static List<NetworkAttachment> networks(Inspection said) {
        assertThat(said).isInstanceOf(Inspection.Found.class);
        return ((Inspection.Found) said).container().networks();
    }

    private static JsonObject podman(String id, String storage) {
        return new JsonObject()
                .put("ID", id)
                .put("BuildahVersion", "1.39.3")
                .put("DockerRootDir", storage);
    }
}
