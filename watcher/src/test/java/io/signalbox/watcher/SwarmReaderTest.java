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
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SwarmReaderTest {
    private static final Map<String, SwarmReader.Network> NETWORKS =
            Map.of(
                    "n1",
                    new SwarmReader.Network("front", false),
                    "n2",
                    new SwarmReader.Network("back", false),
                    "in",
                    new SwarmReader.Network("ingress", true));

    private final SwarmReader reader = new SwarmReader(AllowList.labels(List.of()));

    private Container read(String json) {
        return reader.read(new JsonObject(json), NETWORKS::get);
    }

    @Test
    void shouldReadServiceAsThePictureOfItsTasks() {
        Container picture =
                read(
                        """
                        {"ID":"s1","CreatedAt":"2026-11-20T03:00:00Z","UpdatedAt":"2026-11-21T03:00:00.123Z",
                         "Spec":{"Name":"shop_web","Labels":{"signalbox.host":"shop.test","com.docker.stack.namespace":"shop","secret":"x"},
                          "TaskTemplate":{"ContainerSpec":{"Image":"web:1","Labels":{"signalbox.port":"1"},"Env":["VIRTUAL_HOST=x"],"StopGracePeriod":3000000000},
                                          "Networks":[{"Target":"n1"},{"Target":"n2"},{"Target":"elsewhere"}]},
                          "Mode":{"Replicated":{"Replicas":3}},"EndpointSpec":{"Mode":"vip"}},
                         "Endpoint":{"Spec":{"Mode":"vip"},
                          "Ports":[{"Protocol":"tcp","TargetPort":8080,"PublishedPort":30000,"PublishMode":"ingress"},
                                   {"Protocol":"tcp","TargetPort":9090,"PublishedPort":30001,"PublishMode":"host"},
                                   {"Protocol":"udp","TargetPort":53,"PublishedPort":30053,"PublishMode":"ingress"}],
                          "VirtualIPs":[{"NetworkID":"in","Addr":"10.0.0.5/24"},{"NetworkID":"n1","Addr":"10.0.1.5/24"},
                                        {"NetworkID":"n1","Addr":"fd00::5/64"}]}}
                        """);

        assertThat(picture)
                .isEqualTo(
                        new Container(
                                "s1",
                                "shop_web",
                                "web:1",
                                State.RUNNING,
                                Health.NONE,
                                Instant.parse("2026-11-21T03:00:00.123Z"),
                                null,
                                0,
                                false,
                                new NetworkMode(NetworkMode.Kind.NETWORKS, ""),
                                List.of(
                                        new NetworkAttachment("n2", "back", null, null, true),
                                        new NetworkAttachment(
                                                "n1", "front", "10.0.1.5", "fd00::5", true)),
                                List.of(
                                        new PublishedPort(53, Protocol.UDP, "0.0.0.0", 30_053),
                                        new PublishedPort(8080, Protocol.TCP, "0.0.0.0", 30_000)),
                                List.of(
                                        new ExposedPort(53, Protocol.UDP),
                                        new ExposedPort(8080, Protocol.TCP),
                                        new ExposedPort(9090, Protocol.TCP)),
                                Map.of(
                                        "signalbox.host",
                                        "shop.test",
                                        "com.docker.stack.namespace",
                                        "shop",
                                        "com.docker.swarm.service.id",
                                        "s1",
                                        "com.docker.swarm.service.name",
                                        "shop_web"),
                                Map.of(),
                                3));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "{\"Replicated\":{\"Replicas\":0}}; EXITED",
                "{\"Replicated\":{\"Replicas\":1}}; RUNNING",
                "{\"Replicated\":{}}; RUNNING",
                "{\"Global\":{}}; RUNNING"
            })
    void shouldRunUnlessNoTaskIsWanted(String mode, State state) {
        Container picture =
                read("{\"ID\":\"s1\",\"Spec\":{\"Name\":\"a\",\"Mode\":%s}}".formatted(mode));

        assertThat(picture.state()).isEqualTo(state);
        assertThat(picture.stopTimeoutSeconds()).isEqualTo(10);
    }

    @Test
    void shouldTakePortsThatAreAskedForUntilTheyAreGiven() {
        Container picture =
                read(
                        """
                        {"ID":"s1","Spec":{"Name":"a","EndpointSpec":{"Ports":[{"TargetPort":80},{"TargetPort":"x"}]}},"Endpoint":{}}
                        """);

        assertThat(picture.exposed()).containsExactly(new ExposedPort(80, Protocol.TCP));
        assertThat(picture.published()).isEmpty();
    }

    @Test
    void shouldSeeLabelsChange() {
        String json =
                "{\"ID\":\"s1\",\"Spec\":{\"Name\":\"a\",\"Labels\":{\"signalbox.host\":\"%s\"}}}";
        read(json.formatted("Aa"));

        // Both texts have the same hash.
        assertThat(read(json.formatted("BB")).labels()).containsEntry("signalbox.host", "BB");
    }

    @Test
    void shouldRefuseWhatIsNoService() {
        assertThatThrownBy(() -> read("{\"message\":\"no\"}"))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
