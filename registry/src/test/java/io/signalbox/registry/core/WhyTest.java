package io.signalbox.registry.core;

import static io.signalbox.registry.core.Facts.RUN;
import static io.signalbox.registry.core.Facts.T0;
import static io.signalbox.registry.core.Facts.container;
import static io.signalbox.registry.core.Facts.decided;
import static io.signalbox.registry.core.Facts.event;
import static io.signalbox.registry.core.WhyScene.ID;
import static io.signalbox.registry.core.WhyScene.SERVER;
import static io.signalbox.registry.core.WhyScene.server;
import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.schemas.Cause;
import io.signalbox.schemas.ConfigRecord.Note;
import io.signalbox.schemas.ConfigRecord.Server;
import io.signalbox.schemas.Container.State;
import io.signalbox.schemas.Declaration;
import io.signalbox.schemas.Endpoint;
import io.signalbox.schemas.Fact;
import io.signalbox.schemas.GroupDefinition;
import io.signalbox.schemas.GroupDefinition.Listen;
import io.signalbox.schemas.GroupDefinition.Selector;
import io.signalbox.schemas.GroupRecord.GroupDefined;
import io.signalbox.schemas.Policy;
import io.signalbox.schemas.ServiceState.RegisteredEndpoint;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WhyTest {
    private static final Map<String, String> IN_TWO_DIALECTS =
            Map.of(
                    "com.df.notify", "true",
                    "com.df.serviceName", "of-flow",
                    "com.df.servicePath", "/demo",
                    "com.df.port", "8080",
                    "traefik.http.routers.r.rule", "Host(`t.example`)",
                    "traefik.http.services.of-traefik.loadbalancer.server.port", "8080");

    private final WhyScene scene = new WhyScene();

    @Test
    void shouldSayThatAContainerIsNoService() {
        scene.show(container(ID, State.RUNNING, RUN, Map.of()));
        assertThat(scene.lines("name-" + ID))
                .contains("not a service: no signalbox.enable=true and no route label");
    }

    @Test
    void shouldSayThatAContainerIsSwitchedOff() {
        scene.show(
                container(
                        ID,
                        State.RUNNING,
                        RUN,
                        Map.of("signalbox.enable", "false", "signalbox.host", "a.example")));
        assertThat(scene.lines(ID)).contains("signalbox.enable=false wins over every other label");
    }

    @Test
    void shouldSpeakOfTheDialectThatTheGroupFollowsFirst() {
        scene.show(container(ID, State.RUNNING, RUN, IN_TWO_DIALECTS));
        scene.configure(List.of());

        assertThat(scene.lines(ID)).contains("service of-flow").doesNotContain("of-traefik");
    }

    @Test
    void shouldSayThatAGroupDoesNotFollowADialect() {
        scene.show(container(ID, State.RUNNING, RUN, IN_TWO_DIALECTS));
        scene.configure(List.of());
        GroupDefinition standard = GroupDefinition.builtIn("default", new Listen("", 80));
        Selector selector =
                new Selector(Map.of(), List.of(), List.of(), List.of("signalbox", "cosmonaut"));
        scene.model.group(
                new GroupDefined(
                        new GroupDefinition(
                                "default",
                                selector,
                                standard.entryPoints(),
                                standard.oldestHaproxy(),
                                standard.addressMode(),
                                null,
                                standard.defaults(),
                                null,
                                0,
                                false)),
                T0);

        assertThat(scene.lines(ID))
                .contains("group default does not follow what containers say to traefik")
                .contains("group default does not follow what containers say to docker-flow");
    }

    @Test
    void shouldNameARejectionWithItsSuggestion() {
        scene.show(
                container(
                        ID,
                        State.RUNNING,
                        RUN,
                        Map.of("signalbox.enable", "true", "signalbox.hots", "a.example")));
        assertThat(scene.lines(ID))
                .contains("signalbox.hots=a.example")
                .contains("signalbox.host?");
    }

    @Test
    void shouldSayWhereTheEndpointsOfAServiceAre() {
        Declaration declaration =
                new Declaration(
                        "web",
                        "signalbox",
                        List.of("default"),
                        80,
                        null,
                        List.of(new Declaration.Route("default", "a.example", "/api")),
                        Policy.NONE);
        Endpoint endpoint = new Endpoint("e1", "192.0.2.7", 80, 30, List.of(declaration));
        Cause cause = new Cause(0, 1, "endpoint/e1", null, T0, T0, null);
        scene.model.state(
                0, "endpoint/e1", new RegisteredEndpoint(endpoint, false, T0, cause, true));
        assertThat(scene.lines("web"))
                .contains(
                        "no endpoint gets requests",
                        "endpoint e1: gets no requests",
                        "the configuration of group default does not have it yet");

        scene.configure(List.of(new Server("web.e1", "", "e1", null, 1, false, List.of(), cause)));
        scene.applied(List.of(), List.of());

        assertThat(scene.lines("web"))
                .contains(
                        "1 of 1 endpoints get requests",
                        "endpoint e1: gets requests",
                        "it is at 192.0.2.7 port 80",
                        "for 30 s after each renewal");
    }

    @Test
    void shouldSayThatAContainerGetsRequests() {
        scene.show(container(ID));
        scene.configure(List.of(server(false)));
        scene.applied(List.of(), List.of());
        Answer answer = scene.why().container(ID).getFirst();
        assertThat(answer.served()).isTrue();
        assertThat(answer.summary()).isEqualTo("gets requests");
        assertThat(scene.why().service("web").served()).isTrue();
    }

    @Test
    void shouldSayThatAContainerGetsRequestsWhereItsServiceHasABackendOfItsOwn() {
        scene.show(container(ID));
        scene.configure(List.of(server(false)));
        scene.applied(Map.of(), List.of(), List.of());
        assertThat(scene.why().container(ID).getFirst().served()).isTrue();
        assertThat(scene.why().service("web").served()).isTrue();
    }

    @Test
    void shouldSayThatTheApplicationDoesNotAnswerYet() {
        scene.show(container(ID));
        scene.configure(List.of(server(false)));
        scene.applied(List.of(SERVER), List.of());
        assertThat(scene.lines(ID))
                .contains("gets no requests", "waits until its application accepts connections");
    }

    @Test
    void shouldSayWhatAnApplierLeftOut() {
        scene.show(container(ID));
        scene.configure(List.of(server(false)));
        scene.applied(
                List.of(),
                List.of(new Note("unreachable", "h1/" + ID, "none of its addresses is reachable")));
        assertThat(scene.lines(ID)).contains("applier a1: none of its addresses is reachable");
        assertThat(scene.why().container(ID).getFirst().served()).isFalse();
    }

    @Test
    void shouldNameTheStateThatKeepsAContainerOut() {
        scene.show(container(ID, State.EXITED, RUN));
        scene.configure(List.of());
        assertThat(scene.lines(ID)).contains("its state is exited");
    }

    @Test
    void shouldSayThatAContainerIsStopping() {
        long session = scene.show(container(ID));
        scene.log.append(event("h1", session, 4, new Fact.ContainerStopping(ID, RUN)));
        scene.publish();
        scene.configure(List.of(server(true)));
        scene.applied(List.of(), List.of());
        assertThat(scene.lines(ID)).contains("a stop signal was sent to it");
        assertThat(scene.why().container(ID).getFirst().served()).isFalse();
    }

    @Test
    void shouldNameAGroupThatDoesNotExist() {
        scene.show(
                container(
                        ID,
                        State.RUNNING,
                        RUN,
                        Map.of("signalbox.host", "a.example", "signalbox.group", "nowhere")));
        assertThat(scene.lines(ID)).contains("group nowhere does not exist");
    }

    @Test
    void shouldSayWhenAnApplierIsBehind() {
        scene.show(container(ID));
        scene.configure(List.of(server(false)));
        scene.applied(List.of(), List.of());
        scene.manifest(2);
        assertThat(scene.lines(ID))
                .contains("applier a1 is at epoch 0 generation 1, the newest is");
    }

    @Test
    void shouldSayThatTheHostIsLost() {
        long session = scene.show(container(ID));
        scene.log.append(decided("h1", new Fact.HostLost(session)));
        scene.publish();
        assertThat(scene.lines(ID)).contains("its host h1 is lost since");
    }

    @Test
    void shouldFindTheRouteOfARequestByWholeSegments() {
        scene.show(container(ID));
        scene.configure(List.of(server(false)));
        scene.applied(List.of(), List.of());
        Why why = scene.why();
        assertThat(why.request("A.Example.:8080", "/api/x").served()).isTrue();
        assertThat(why.request("a.example", "/api").served()).isTrue();
        assertThat(why.request("a.example", "/apix").summary()).isEqualTo("not routed");
        assertThat(String.join("\n", why.request("a.example", "/apix").lines()))
                .contains("no route matches host a.example and path /apix");
        assertThat(String.join("\n", why.request("a.example", "/api").lines()))
                .contains("leads to service web, which has it since " + T0);
    }

    @Test
    void shouldNameTheServiceThatLostARoute() {
        scene.show(container(ID));
        scene.configure(List.of(server(false)));
        scene.part(
                "late",
                List.of(),
                List.of(),
                List.of(
                        new Note(
                                "route-taken",
                                "a.example/api",
                                "the service web has it since " + T0)));
        assertThat(String.join("\n", scene.why().request("a.example", "/api/1").lines()))
                .contains("service late claims a.example/api too: the service web has it since");
    }

    @Test
    void shouldSayHowLongRequestsMayTakeAtAStoppingContainer() {
        scene.show(container(ID));
        scene.configure(List.of(server(false)));
        assertThat(scene.lines("web")).doesNotContain("may still take");

        scene.publish(new Policy(Duration.ofSeconds(90)));
        assertThat(scene.lines("web"))
                .contains("group default: the requests of a stopping container may still take 90s");
    }

    @Test
    void shouldSayWhatAServiceHasFromItsLabelsAndNotFromTheGroup() {
        scene.show(container(ID));
        scene.configure(List.of(server(false)));
        assertThat(scene.lines("web"))
                .doesNotContain("spread", "silent", "wait for", "tried again");

        Policy.Timeouts timeouts =
                new Policy.Timeouts(
                        Duration.ofMinutes(2), Duration.ofMillis(500), Duration.ofHours(24));
        scene.publish(new Policy(null, Policy.Balance.SOURCE, timeouts, 0));

        assertThat(scene.lines("web"))
                .contains(
                        "group default: its requests are spread by source",
                        "group default: its servers may be silent for 2m",
                        "group default: its requests may wait for a free server for 500ms",
                        "group default: its tunnels, such as WebSockets, may be silent for 24h",
                        "group default: its requests are tried again at most 0 times")
                .doesNotContain("may still take");
    }

    @Test
    void shouldNotCallAServiceServedThatHoldsNoRoute() {
        scene.show(container(ID));
        scene.configure(
                List.of(server(false)),
                List.of(),
                List.of(new Note("route-taken", ID + ".example/", "the service other has it")));
        scene.applied(List.of(), List.of());

        assertThat(scene.why().container(ID).getFirst().served()).isFalse();
        assertThat(scene.why().service("web").summary())
                .isEqualTo("no container gets requests: it has no route");
        assertThat(scene.lines(ID))
                .contains("%s.example/ is not its route: the service other".formatted(ID));
    }

    @Test
    void shouldNameTheRejectionThatKeepsAHostFromBeingRouted() {
        scene.show(
                container(
                        ID,
                        State.RUNNING,
                        RUN,
                        Map.of("signalbox.host", "b.example, a.example.", "signalbox.port", "x")));

        assertThat(scene.lines("a.example/cart"))
                .contains("not routed", "(name-%s) names it: signalbox.port=x".formatted(ID));
        assertThat(scene.lines("c.example")).doesNotContain("signalbox.port");
    }

    @Test
    void shouldSayThatNothingIsKnown() {
        assertThat(scene.lines("nobody")).contains("not routed");
        assertThat(scene.why().service("nobody").summary()).isEqualTo("unknown");
    }
}
