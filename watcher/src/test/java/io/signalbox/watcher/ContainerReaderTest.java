package io.signalbox.watcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.schemas.Container;
import io.signalbox.schemas.Container.ExposedPort;
import io.signalbox.schemas.Container.Health;
import io.signalbox.schemas.Container.NetworkAttachment;
import io.signalbox.schemas.Container.NetworkMode;
import io.signalbox.schemas.Container.Protocol;
import io.signalbox.schemas.Container.PublishedPort;
import io.signalbox.schemas.Container.State;
import io.signalbox.watcher.core.AllowList;
import io.signalbox.watcher.core.Inspection;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContainerReaderTest {
    private final ContainerReader reader =
            new ContainerReader(
                    AllowList.labels(List.of()),
                    AllowList.environment(List.of()),
                    "overlay"::equals);

    @Test
    void shouldReadTheWholePicture() {
        Inspection.Found found =
                reader.read(
                        new JsonObject(
                                """
                                {"Id":"abc","Name":"/web-1","State":{"Status":"running","Running":true,"ExitCode":0,"OOMKilled":false,
                                  "StartedAt":"2026-11-21T03:00:00.123456789Z","FinishedAt":"0001-01-01T00:00:00Z","Health":{"Status":"starting","Log":[]}},
                                 "HostConfig":{"NetworkMode":"web"},
                                 "Config":{"Image":"web:1","Env":["A=b","VIRTUAL_HOST=a=b","BROKEN"],"Labels":{"signalbox.enable":"true","x":"y"},
                                  "ExposedPorts":{"53/udp":{},"8080/tcp":{},"80/tcp":{},"7/dccp":{}},"StopSignal":"SIGQUIT","StopTimeout":3},
                                 "NetworkSettings":{"Ports":{"80/tcp":[{"HostIp":"::","HostPort":"8000"},{"HostIp":"0.0.0.0","HostPort":"8000"}],"8080/tcp":null},
                                  "Networks":{"web":{"NetworkID":"n1","IPAddress":"10.0.0.2","GlobalIPv6Address":""},
                                              "swarm":{"NetworkID":"overlay","IPAddress":"","GlobalIPv6Address":"2001:db8::2"}}}}
                                """));

        assertThat(found.stopSignal()).isEqualTo(3);
        assertThat(found.container())
                .isEqualTo(
                        new Container(
                                "abc",
                                "web-1",
                                "web:1",
                                State.RUNNING,
                                Health.STARTING,
                                Instant.parse("2026-11-21T03:00:00.123456789Z"),
                                null,
                                0,
                                false,
                                new NetworkMode(NetworkMode.Kind.NETWORKS, ""),
                                List.of(
                                        new NetworkAttachment(
                                                "overlay", "swarm", null, "2001:db8::2", true),
                                        new NetworkAttachment(
                                                "n1", "web", "10.0.0.2", null, false)),
                                List.of(
                                        new PublishedPort(80, Protocol.TCP, "0.0.0.0", 8000),
                                        new PublishedPort(80, Protocol.TCP, "::", 8000)),
                                List.of(
                                        new ExposedPort(7, Protocol.UNKNOWN),
                                        new ExposedPort(53, Protocol.UDP),
                                        new ExposedPort(80, Protocol.TCP),
                                        new ExposedPort(8080, Protocol.TCP)),
                                Map.of("signalbox.enable", "true"),
                                Map.of("VIRTUAL_HOST", "a=b"),
                                3));
    }

    @Test
    void shouldReadAPictureWithNothingInIt() {
        Container container =
                reader.read(
                                new JsonObject(
                                        """
                                        {"Id":"abc","Name":"/a","State":{"Status":"created"},"Config":{"Env":null,"Labels":null,"ExposedPorts":null},
                                         "HostConfig":null,"NetworkSettings":{"Ports":null,"Networks":null}}
                                        """))
                        .container();

        assertThat(container.state()).isEqualTo(State.CREATED);
        assertThat(container.health()).isEqualTo(Health.NONE);
        assertThat(container.startedAt()).isNull();
        assertThat(container.networks()).isEmpty();
        assertThat(container.stopTimeoutSeconds()).isEqualTo(10);
    }

    @ParameterizedTest
    @CsvSource({
        "host, HOST, ''",
        "none, NONE, ''",
        "container:abc, CONTAINER, abc",
        "default, NETWORKS, ''",
        "bridge, NETWORKS, ''"
    })
    void shouldTellHowItIsAttached(String mode, NetworkMode.Kind kind, String other) {
        JsonObject json =
                new JsonObject("{\"Id\":\"a\",\"State\":{\"Status\":\"a later word\"}}")
                        .put("HostConfig", new JsonObject().put("NetworkMode", mode));

        Container container = reader.read(json).container();

        assertThat(container.networkMode()).isEqualTo(new NetworkMode(kind, other));
        assertThat(container.state()).isEqualTo(State.UNKNOWN);
    }

    @Test
    void shouldRefuseWhatIsNoInspection() {
        assertThatThrownBy(() -> reader.read(new JsonObject("{\"message\":\"no\"}")))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
