package io.signalbox.registry.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.schemas.Cause;
import io.signalbox.schemas.Container.Health;
import io.signalbox.schemas.Container.NetworkMode;
import io.signalbox.schemas.Container.State;
import io.signalbox.schemas.Declaration;
import io.signalbox.schemas.Declaration.Route;
import io.signalbox.schemas.Event;
import io.signalbox.schemas.Keys;
import io.signalbox.schemas.Policy;
import io.signalbox.schemas.ServiceState;
import io.signalbox.schemas.ServiceState.DeclaredService;
import io.signalbox.schemas.ServiceState.Instance;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WhyLentTest {
    private static final Instant T0 = Instant.parse("2026-01-01T00:00:00Z");
    private static final String SWARM = "com.docker.swarm.service.id";

    private final ReadModel model = new ReadModel();

    @Test
    void shouldSayByWhoseWordAContainerIsServed() {
        show(declared(false), container("c1", "go-demo", Event.DOCKER, Map.of(), List.of()));

        assertThat(lines("c1"))
                .contains("it is a server of service go-demo by the declaration of service go-demo")
                .contains("(docker-flow, container-events 3/120)")
                .contains("default, service go-demo: not served")
                .contains("default, service go-demo.2: not served")
                .doesNotContain("not a service");
        assertThat(lines("go-demo"))
                .contains("it was declared by its name (docker-flow, container-events 3/120)")
                .contains("c1 (go-demo)");
        assertThat(lines("go-demo.2")).contains("c1 (go-demo)");
        assertThat(new Overview(model).services().toString())
                .contains("service=go-demo, containers=1")
                .contains("service=go-demo.2, containers=1");
    }

    @Test
    void shouldSayNothingOfAWithdrawnService() {
        show(declared(true), container("c1", "go-demo", Event.DOCKER, Map.of(), List.of()));

        assertThat(lines("c1")).contains("not a service").doesNotContain("declaration of");
    }

    @Test
    void shouldTellAContainersOwnWordFromABorrowedOne() {
        show(
                declared(false),
                container("c1", "go-demo", Event.DOCKER, Map.of(), List.of(word("go-demo"))));

        assertThat(lines("c1"))
                .contains("server of service go-demo.2 by")
                .doesNotContain("server of service go-demo by");
    }

    @Test
    void shouldKnowTheContainersOfASwarmService() {
        show(
                container("s1", "web", Event.SWARM, Map.of(), List.of(word("web"))),
                container("c1", "web.1.x", Event.DOCKER, Map.of(SWARM, "s1"), List.of()));

        assertThat(lines("c1")).contains("server of service web by the declaration of service web");
        assertThat(lines("s1")).contains("a Swarm service: its servers are its containers");
        assertThat(new Why(model).service("web").details()).hasSize(1);
    }

    private void show(ServiceState... states) {
        for (ServiceState state : states) {
            model.state(0, Keys.of(state), state);
        }
    }

    private static DeclaredService declared(boolean gone) {
        return new DeclaredService(
                "go-demo", List.of(word("go-demo"), word("go-demo.2")), gone, cause(3, 120), true);
    }

    private static Declaration word(String service) {
        return new Declaration(
                service,
                "docker-flow",
                List.of("default"),
                8080,
                null,
                List.of(new Route("default", "", "/demo")),
                Policy.NONE);
    }

    private static Instance container(
            String id,
            String name,
            String source,
            Map<String, String> labels,
            List<Declaration> declarations) {
        return new Instance(
                "h1",
                id,
                name,
                "image",
                false,
                State.RUNNING,
                Health.NONE,
                T0,
                false,
                T0,
                "10.0.0.1",
                new NetworkMode(NetworkMode.Kind.NETWORKS, ""),
                List.of(),
                List.of(),
                labels,
                declarations,
                List.of(),
                cause(0, 1),
                true,
                source);
    }

    private static Cause cause(int partition, long offset) {
        return new Cause(partition, offset, "subject", null, T0, T0, null);
    }

    private String lines(String subject) {
        List<String> lines = new ArrayList<>();
        new Why(model).subject(subject).forEach(answer -> lines.addAll(answer.lines()));
        new Why(model).container("h1/" + subject).forEach(answer -> lines.addAll(answer.lines()));
        return String.join("\n", lines);
    }
}
