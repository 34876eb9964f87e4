package io.signalbox.renderer.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.schemas.ConfigRecord.Removed;
import io.signalbox.schemas.ConfigRecord.Server;
import io.signalbox.schemas.Container.Health;
import io.signalbox.schemas.Container.State;
import io.signalbox.schemas.Declaration;
import io.signalbox.schemas.Endpoint;
import io.signalbox.schemas.GroupDefinition;
import io.signalbox.schemas.GroupDefinition.Selector;
import io.signalbox.schemas.ServiceState.DeclaredService;
import io.signalbox.schemas.ServiceState.RegisteredEndpoint;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class GroupRendererTest {
    private final Rig rig = new Rig();

    @Test
    void shouldMakeAFrameThatNamesNoService() {
        rig.take(web("c1").at(1));
        String frame = String.valueOf(rig.contents().get("frame"));

        assertThat(frame).contains("@maps@").doesNotContain("web").doesNotContain("a.example");
    }

    @Test
    void shouldListARunningContainerAsServer() {
        rig.take(web("0123456789abcdef").at(1));

        Server server = rig.service("web").servers().getFirst();
        assertThat(server.name()).isEqualTo("web.0123456789ab");
        assertThat(server.container()).isEqualTo("0123456789abcdef");
        assertThat(server.stopping()).isFalse();
        assertThat(server.cause().offset()).isEqualTo(1);
        assertThat(server.cause().stateAppendedAt()).isNull();
        assertThat(rig.routes("web")).containsExactly("a.example/");
        assertThat(rig.codes("web")).isEmpty();
    }

    @Test
    void shouldChangeOnlyThePartThatAFactTouches() {
        rig.take(web("c1").at(1), A.container("x").of("other", A.route("x.example")).at(2));

        GroupRenderer.Step step = rig.take(web("c2").at(3));

        assertThat(step.changed()).containsOnlyKeys("service/web");
        assertThat(step.causes())
                .singleElement()
                .satisfies(cause -> assertThat(cause.stateAppendedAt()).isEqualTo(A.T0));
    }

    @ParameterizedTest
    @EnumSource(
            value = State.class,
            names = {"RUNNING"},
            mode = EnumSource.Mode.EXCLUDE)
    void shouldKnowAServiceWhoseContainerDoesNotRun(State state) {
        rig.take(web("c1").state(state).at(1));

        assertThat(rig.servers("web")).isEmpty();
        assertThat(rig.routes("web")).containsExactly("a.example/");
        assertThat(rig.codes("web"))
                .containsExactly(state == State.PAUSED ? "paused" : "not-running");
    }

    @ParameterizedTest
    @EnumSource(Health.class)
    void shouldSendRequestsToHealthyContainersOnly(Health health) {
        rig.take(web("c1").health(health).at(1));

        boolean served = health == Health.NONE || health == Health.HEALTHY;
        assertThat(rig.servers("web")).hasSize(served ? 1 : 0);
        assertThat(rig.codes("web")).isEqualTo(served ? List.of() : List.of("not-healthy"));
    }

    @Test
    void shouldNotRouteOneOffContainersOfCompose() {
        rig.take(web("c1").label("com.docker.compose.oneoff", "True").at(1));

        assertThat(rig.servers("web")).isEmpty();
        assertThat(rig.codes("web")).containsExactly("one-off");
    }

    @Test
    void shouldMarkAStoppingServerAndCallThatADrain() {
        rig.take(web("c1").at(1));

        GroupRenderer.Step step = rig.take(web("c1").stopping().at(2));

        assertThat(step.drains()).isTrue();
        assertThat(rig.service("web").servers().getFirst().stopping()).isTrue();
        assertThat(rig.take(web("c1").stopping().state(State.EXITED).at(3)).drains()).isFalse();
        assertThat(rig.servers("web")).isEmpty();
    }

    @Test
    void shouldNotCallANewServerADrain() {
        assertThat(rig.take(web("c1").at(1)).drains()).isFalse();
        assertThat(rig.take(web("c2").at(2)).drains()).isFalse();
    }

    @Test
    void shouldRemoveAServiceWithItsLastContainer() {
        rig.take(web("c1").at(1));

        GroupRenderer.Step step = rig.take(web("c1").gone().at(2));

        assertThat(step.changed().get("service/web")).isInstanceOf(Removed.class);
        assertThat(rig.contents()).doesNotContainKey("service/web");
    }

    @Test
    void shouldFollowTheNewestDeclarationAndSayWhoDisagrees() {
        rig.take(
                web("c1").shownAt(1).at(1),
                A.container("c2").of("web", A.route("b.example")).shownAt(2).at(2));

        assertThat(rig.routes("web")).containsExactly("b.example/");
        assertThat(rig.servers("web")).containsExactly("web.c1", "web.c2");
        assertThat(rig.codes("web")).containsExactly("disagreement");
        assertThat(rig.service("web").notes().getFirst().subject()).isEqualTo("h/c1");

        rig.take(A.container("c2").of("web", A.route("b.example")).gone().at(3));
        assertThat(rig.routes("web")).containsExactly("a.example/");
    }

    @Test
    void shouldNotFollowAContainerThatNeverStarted() {
        rig.take(
                web("c1").shownAt(1).at(1),
                A.container("c2")
                        .of("web", A.route("b.example"))
                        .state(State.CREATED)
                        .neverStarted()
                        .shownAt(2)
                        .at(2));

        assertThat(rig.routes("web")).containsExactly("a.example/");
    }

    @Test
    void shouldReachEachContainerAtItsOwnPort() {
        rig.take(
                A.container("c1")
                        .of("web", 8080, null, List.of("default"), A.route("a.example"))
                        .shownAt(1)
                        .at(1),
                A.container("c2")
                        .of("web", 9090, null, List.of("default"), A.route("a.example"))
                        .shownAt(2)
                        .at(2));

        assertThat(rig.service("web").servers())
                .extracting(server -> server.candidates().getFirst().port())
                .containsExactly(8080, 9090);
    }

    @Test
    void shouldReportAConflictAndPassTheRouteOn() {
        rig.take(
                A.container("o").of("old", A.route("a.example")).shownAt(1).at(1),
                A.container("n").of("new", A.route("a.example"), A.route("n.example")).at(2));

        assertThat(rig.routes("old")).containsExactly("a.example/");
        assertThat(rig.routes("new")).containsExactly("n.example/");
        assertThat(rig.codes("new")).containsExactly("route-taken");

        GroupRenderer.Step step =
                rig.take(A.container("o").of("old", A.route("a.example")).gone().at(3));
        assertThat(step.changed()).containsOnlyKeys("service/old", "service/new");
        assertThat(rig.routes("new")).containsExactly("a.example/", "n.example/");
        assertThat(rig.codes("new")).isEmpty();
    }

    @Test
    void shouldKeepTheHolderAcrossARestart() {
        rig.take(A.container("n").of("new", A.route("a.example")).shownAt(9).at(1));
        rig.take(A.container("o").of("old", A.route("a.example")).shownAt(1).at(2));
        Map<String, ?> before = Map.copyOf(rig.contents());

        rig.restart();

        assertThat(rig.step().changed()).isEmpty();
        assertThat(rig.contents()).isEqualTo(before);
        assertThat(rig.routes("new")).containsExactly("a.example/");
    }

    @Test
    void shouldSayThatAServiceWithoutRouteIsNotRouted() {
        rig.take(A.container("c").of("web").at(1));

        assertThat(rig.servers("web")).containsExactly("web.c");
        assertThat(rig.codes("web")).containsExactly("no-route");
    }

    @Test
    void shouldListRoutesTheMostSpecificFirst() {
        rig.take(
                A.container("c")
                        .of(
                                "web",
                                A.route("", "/x"),
                                A.route("a.example", "/"),
                                A.route("a.example", "/x/y"))
                        .at(1));

        assertThat(rig.routes("web")).containsExactly("a.example/x/y", "a.example/", "/x");
    }

    @Test
    void shouldServeOnlyItsOwnGroupAndSelection() {
        rig.renderer = new GroupRenderer(selecting("stage", "prod"), rig.view, Map.of());
        rig.take(
                web("c1").at(1),
                A.container("c2").of("web", A.route("a.example")).label("stage", "prod").at(2),
                A.container("c3")
                        .of("web", 80, null, List.of("edge"), A.route("a.example"))
                        .label("stage", "prod")
                        .at(3));

        assertThat(rig.servers("web")).containsExactly("web.c2");
    }

    @Test
    void shouldRenderEverythingAnewWhenTheDefinitionChanges() {
        rig.take(web("c1").at(1), web("c2").label("stage", "prod").at(2));

        rig.renderer.define(selecting("stage", "prod"));
        rig.step();

        assertThat(rig.servers("web")).containsExactly("web.c2");
    }

    @Test
    void shouldKnowADeclaredServiceWithoutContainers() {
        DeclaredService declared =
                new DeclaredService(
                        "web",
                        List.of(A.declaration("web", "operator", 80, A.route("a.example"))),
                        false,
                        A.cause(0, 1),
                        true);
        rig.take(declared);

        assertThat(rig.servers("web")).isEmpty();
        assertThat(rig.routes("web")).containsExactly("a.example/");
        rig.take(A.container("c").of("web", A.route("b.example")).at(2));
        assertThat(rig.routes("web")).containsExactly("b.example/");
    }

    @Test
    void shouldServeARegisteredEndpointAtItsAddress() {
        Declaration declaration = A.declaration("web", "api", 81, A.route("a.example"));
        Endpoint endpoint = new Endpoint("e1", "192.0.2.7", 81, 30, List.of(declaration));
        rig.take(new RegisteredEndpoint(endpoint, false, A.T0, A.cause(0, 1), true));

        assertThat(rig.servers("web")).containsExactly("web.e1");
        assertThat(rig.service("web").servers().getFirst().candidates().getFirst().address())
                .isEqualTo("192.0.2.7");
    }

    @Test
    void shouldServeEndpointsWhateverTheirIdsAreAndDropThoseThatAreGone() {
        Declaration declaration = A.declaration("web", "api", 81, A.route("a.example"));
        Endpoint one = new Endpoint("lambda/t/web/1", "192.0.2.7", 81, 0, List.of(declaration));
        Endpoint two = new Endpoint("lambda/t/web/2", "192.0.2.8", 81, 0, List.of(declaration));
        Endpoint known = new Endpoint("lambda/t/web/3", "192.0.2.9", 0, 0, List.of());
        rig.take(new RegisteredEndpoint(one, false, A.T0, A.cause(0, 1), true));
        rig.take(new RegisteredEndpoint(two, false, A.T0, A.cause(0, 2), true));
        rig.take(new RegisteredEndpoint(known, false, A.T0, A.cause(0, 3), true));
        assertThat(rig.servers("web")).hasSize(2);

        rig.take(new RegisteredEndpoint(two, true, A.T0, A.cause(0, 4), true));

        assertThat(rig.servers("web")).singleElement().asString().startsWith("web.1-");
    }

    @Test
    void shouldLeaveOutAServiceThatHaproxyCannotHaveAndNoOther() {
        rig.take(A.container("c").of("no good", A.route("b.example")).at(1), web("c1").at(2));

        assertThat(rig.contents()).containsOnlyKeys("frame", "service/web");
        assertThat(rig.renderer.unrendered()).containsOnlyKeys("service/no good");
    }

    @Test
    void shouldNameARouteThatHaproxyCannotHave() {
        rig.take(A.container("c").of("web", A.route("a b"), A.route("a.example")).at(1));

        assertThat(rig.routes("web")).containsExactly("a.example/");
        assertThat(rig.codes("web")).containsExactly("bad-route");
    }

    @Test
    void shouldBoundTheServersOfAService() {
        io.signalbox.schemas.ServiceState[] all = new io.signalbox.schemas.ServiceState[10_002];
        for (int number = 0; number < all.length; number++) {
            all[number] = web("c" + number).at(number);
        }
        // Members enter before the renderer is there: the part is built once.
        for (io.signalbox.schemas.ServiceState value : all) {
            rig.view.read(0, io.signalbox.schemas.Keys.of(value), value, A.T0);
        }
        rig.renderer = new GroupRenderer(Rig.DEFAULT, rig.view, Map.of());
        rig.step();

        assertThat(rig.servers("web")).hasSize(10_000);
        assertThat(rig.codes("web")).containsExactly("too-many-servers", "too-many-servers");
    }

    @Test
    void shouldFollowTheFirstDialectOfTheGroupThatSaysAnything() {
        GroupDefinition group =
                selecting(
                        new Selector(
                                Map.of(), List.of(), List.of(), List.of("nginx-proxy", "traefik")));
        rig.renderer = new GroupRenderer(group, rig.view, Map.of());

        rig.take(
                A.container("a")
                        .says("traefik", "of-traefik", A.route("t.example"))
                        .says("nginx-proxy", "of-nginx", A.route("n.example"))
                        .at(1),
                A.container("b")
                        .says("signalbox", "native", A.route("s.example"))
                        .says("traefik", "other", A.route("o.example"))
                        .at(2));

        assertThat(rig.contents()).containsOnlyKeys("frame", "service/of-nginx", "service/other");
    }

    private static A web(String id) {
        return A.container(id).of("web", A.route("a.example"));
    }

    private static GroupDefinition selecting(String label, String value) {
        return selecting(new Selector(Map.of(label, value), List.of(), List.of(), List.of()));
    }

    private static GroupDefinition selecting(Selector selector) {
        GroupDefinition all = Rig.DEFAULT;
        return new GroupDefinition(
                all.name(),
                selector,
                all.entryPoints(),
                all.oldestHaproxy(),
                all.addressMode(),
                all.network(),
                all.defaults(),
                all.statistics(),
                all.spares(),
                all.accessLog());
    }
}
