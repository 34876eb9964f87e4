package io.signalbox.renderer.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.schemas.ConfigRecord.Removed;
import io.signalbox.schemas.ConfigRecord.Server;
import io.signalbox.schemas.Container.State;
import io.signalbox.schemas.Declaration;
import io.signalbox.schemas.GroupDefinition;
import io.signalbox.schemas.GroupDefinition.Selector;
import io.signalbox.schemas.Keys;
import io.signalbox.schemas.ServiceState;
import io.signalbox.schemas.ServiceState.Checkpoint;
import io.signalbox.schemas.ServiceState.DeclaredService;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LendersTest {
    private static final String SWARM_ID = "com.docker.swarm.service.id";
    private static final String SWARM = "com.docker.swarm.service.name";
    private static final String COMPOSE = "com.docker.compose.service";

    private final Rig rig = new Rig();

    @Test
    void shouldServeContainersOfADeclaredServicesNameAsItDeclares() {
        GroupRenderer.Step step =
                rig.take(demo().at(1), declared("go-demo", 2, word("go-demo", 8080, "/demo")));

        Server server = rig.service("go-demo").servers().getFirst();
        assertThat(server.name()).isEqualTo("go-demo.c1");
        assertThat(server.candidates().getFirst().port()).isEqualTo(8080);
        assertThat(server.cause().offset()).isEqualTo(1);
        assertThat(rig.routes("go-demo")).containsExactly("/demo");
        assertThat(rig.codes("go-demo")).isEmpty();
        assertThat(step.causes()).extracting(cause -> cause.offset()).containsExactly(2L);
    }

    @Test
    void shouldServeContainersThatComeAfterTheDeclaration() {
        rig.take(declared("go-demo", 1, word("go-demo", 8080, "/demo")));
        assertThat(rig.servers("go-demo")).isEmpty();
        assertThat(rig.routes("go-demo")).containsExactly("/demo");

        rig.take(demo().at(2));

        assertThat(rig.servers("go-demo")).containsExactly("go-demo.c1");
    }

    @ParameterizedTest
    @ValueSource(strings = {SWARM, COMPOSE})
    void shouldKnowContainersByTheNameOfTheirService(String label) {
        rig.take(
                declared("go-demo", 1, word("go-demo", 8080, "/demo")),
                A.container("c1").label(label, "go-demo").at(2));

        assertThat(rig.servers("go-demo")).containsExactly("go-demo.c1");
    }

    @Test
    void shouldTakeTheFirstOfAContainersNamesThatHasALender() {
        A container =
                A.container("c1")
                        .named("byname")
                        .label(SWARM, "byswarm")
                        .label(COMPOSE, "bycompose");
        rig.take(container.at(1), declared("byname", 2, word("byname", 80, "/n")));
        assertThat(rig.servers("byname")).hasSize(1);

        rig.take(declared("bycompose", 3, word("bycompose", 80, "/c")));
        assertThat(rig.servers("byname")).isEmpty();
        assertThat(rig.servers("bycompose")).hasSize(1);

        rig.take(declared("byswarm", 4, word("byswarm", 80, "/s")));
        assertThat(rig.servers("bycompose")).isEmpty();
        assertThat(rig.servers("byswarm")).hasSize(1);

        rig.take(withdrawn("byswarm", 5));
        assertThat(rig.servers("bycompose")).hasSize(1);
    }

    @Test
    void shouldTellTheSameServiceOfTwoComposeProjectsApart() {
        String project = "com.docker.compose.project";
        rig.take(
                A.container("c1").label(COMPOSE, "web").label(project, "shop").at(1),
                A.container("c2").label(COMPOSE, "web").label(project, "blog").at(2),
                declared("web", 3, word("web", 80, "/any")),
                declared("shop.web", 4, word("shop.web", 80, "/shop")));

        assertThat(rig.servers("shop.web")).containsExactly("shop.web.c1");
        assertThat(rig.servers("web")).containsExactly("web.c2");
    }

    @Test
    void shouldLendAllThatIsDeclared() {
        rig.take(
                demo().at(1),
                declared("go-demo", 2, word("go-demo", 8080, "/a"), word("go-demo.2", 9090, "/b")));

        assertThat(rig.service("go-demo.2").servers().getFirst().candidates().getFirst().port())
                .isEqualTo(9090);
        assertThat(rig.servers("go-demo")).hasSize(1);
    }

    @Test
    void shouldLetAContainersOwnWordCount() {
        rig.take(
                declared("go-demo", 1, word("go-demo", 8080, "/demo"), word("go-demo.2", 1, "/b")),
                demo().of("go-demo", 7070, null, List.of("default"), A.route("own.example")).at(2));

        assertThat(rig.routes("go-demo")).containsExactly("own.example/");
        assertThat(rig.service("go-demo").servers().getFirst().candidates().getFirst().port())
                .isEqualTo(7070);
        assertThat(rig.servers("go-demo.2")).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"false", "False ", "maybe"})
    void shouldLendNothingToWhoIsKeptOut(String enable) {
        rig.take(
                declared("go-demo", 1, word("go-demo", 8080, "/demo")),
                demo().label("signalbox.enable", enable).at(2));

        assertThat(rig.servers("go-demo")).isEmpty();
    }

    @Test
    void shouldLendWhatASwarmServiceDeclaresToItsTasksAlone() {
        A service = A.container("s1").named("web").swarm().of("web", A.route("w.example"));
        rig.take(
                service.at(1),
                A.container("c1").label(SWARM_ID, "s1").at(2),
                A.container("c2").named("s1").at(3),
                A.container("c3").label(SWARM, "web").label(SWARM_ID, "s2").at(4));

        assertThat(rig.servers("web")).containsExactly("web.c1");
        assertThat(rig.routes("web")).containsExactly("w.example/");

        rig.take(service.gone().at(5));
        assertThat(rig.contents()).doesNotContainKey("service/web");
    }

    @Test
    void shouldLendByTheDialectsThatTheGroupFollows() {
        rig.take(
                A.container("s1")
                        .named("web")
                        .swarm()
                        .says("docker-flow", "web", A.route("df.example"))
                        .says("traefik", "web", A.route("t.example"))
                        .at(1),
                A.container("c1").label(SWARM_ID, "s1").at(2));

        assertThat(rig.routes("web")).containsExactly("df.example/");
        assertThat(rig.servers("web")).hasSize(1);
    }

    @Test
    void shouldAskTheSelectorOfTheContainer() {
        rig.take(
                declared("go-demo", 1, word("go-demo", 8080, "/demo")),
                demo().label("stage", "test").at(2),
                A.container("c2").named("go-demo").label("stage", "prod").at(3));
        rig.renderer = new GroupRenderer(selecting("prod"), rig.view, Map.of());
        rig.step();

        assertThat(rig.servers("go-demo")).containsExactly("go-demo.c2");
    }

    @Test
    void shouldDrainTheServersOfAWithdrawnServiceHoweverMany() {
        rig.take(declared("go-demo", 1, word("go-demo", 8080, "/demo")));
        for (int number = 0; number < 10; number++) {
            rig.take(A.container("c" + number).named("go-demo").on("h" + number, 1).at(number));
        }

        GroupRenderer.Step step = rig.take(withdrawn("go-demo", 20));

        assertThat(step.changed().get("service/go-demo")).isInstanceOf(Removed.class);
        assertThat(step.drains()).isTrue();
        assertThat(step.dropping()).isZero();
    }

    @Test
    void shouldDrainTheServersOfADestinationThatIsTakenBack() {
        rig.take(declared("go-demo", 1, word("go-demo", 80, "/a"), word("go-demo.2", 81, "/b")));
        for (int number = 0; number < 4; number++) {
            rig.take(A.container("c" + number).named("go-demo").on("h" + number, 1).at(number));
        }

        GroupRenderer.Step step = rig.take(declared("go-demo", 9, word("go-demo", 80, "/a")));

        assertThat(step.dropping()).isZero();
        assertThat(rig.contents()).doesNotContainKey("service/go-demo.2");
        assertThat(rig.servers("go-demo")).hasSize(4);
    }

    @Test
    void shouldKeepServersWhileTheirLenderIsNotReadAgain() {
        ServiceState last = declared("go-demo", 30, word("go-demo", 8080, "/demo"));
        ServiceState container = demo().on("h", 1).at(5);
        rig.take(last, container);
        List<Long> positions = rig.view.positions();
        ServiceView rebuilt = new ServiceView(12);
        rig.restart(rebuilt);
        rig.renderer.standsFor(positions);
        rebuilt.read(1, Keys.of(container), container, A.T0).forEach(rig.renderer::apply);
        ServiceState old = withdrawn("go-demo", 20);
        rebuilt.read(0, Keys.of(old), old, A.T0).forEach(rig.renderer::apply);

        assertThat(rig.step().dropping()).isEqualTo(1);
        assertThat(rig.step().dropping()).isEqualTo(1);
        assertThat(rig.servers("go-demo")).hasSize(1);

        rebuilt.read(0, Keys.CHECKPOINT, new Checkpoint("t", 31), A.T0);
        assertThat(rig.step().dropping()).isZero();
        assertThat(rig.contents()).doesNotContainKey("service/go-demo");
    }

    @Test
    void shouldKeepServersWhoseLenderNobodyKnows() {
        rig.take(declared("go-demo", 1, word("go-demo", 8080, "/demo")));
        ServiceView rebuilt = new ServiceView(12);
        for (int number = 0; number < 4; number++) {
            ServiceState container =
                    A.container("c" + number).named("go-demo").on("h" + number, 1).at(number);
            rig.take(container);
            rebuilt.read(1, Keys.of(container), container, A.T0);
        }
        rig.restart(rebuilt);

        assertThat(rig.step().dropping()).isEqualTo(4);
        assertThat(rig.servers("go-demo")).hasSize(4);
    }

    @Test
    void shouldNotServeAContainerThatDoesNotRun() {
        rig.take(
                declared("go-demo", 1, word("go-demo", 8080, "/demo")),
                demo().state(State.EXITED).at(2));

        assertThat(rig.servers("go-demo")).isEmpty();
        assertThat(rig.codes("go-demo")).containsExactly("not-running");
    }

    private static A demo() {
        return A.container("c1").named("go-demo");
    }

    static Declaration word(String service, int port, String path) {
        return A.declaration(service, "docker-flow", port, A.route("", path));
    }

    static DeclaredService declared(String name, long offset, Declaration... words) {
        return new DeclaredService(name, List.of(words), false, A.cause(0, offset), true);
    }

    static DeclaredService withdrawn(String name, long offset) {
        return new DeclaredService(name, List.of(), true, A.cause(0, offset), true);
    }

    private static GroupDefinition selecting(String stage) {
        GroupDefinition group = Rig.DEFAULT;
        return new GroupDefinition(
                group.name(),
                new Selector(Map.of("stage", stage), List.of(), List.of(), List.of()),
                group.entryPoints(),
                group.oldestHaproxy(),
                group.addressMode(),
                group.network(),
                group.defaults(),
                group.statistics(),
                group.spares(),
                group.accessLog());
    }
}
