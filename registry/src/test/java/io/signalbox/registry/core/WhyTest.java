package io.signalbox.registry.core;

import static io.signalbox.registry.core.Facts.RUN;
import static io.signalbox.registry.core.Facts.T0;
import static io.signalbox.registry.core.Facts.container;
import static io.signalbox.registry.core.Facts.decided;
import static io.signalbox.registry.core.Facts.event;
import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.schemas.ApplyResult;
import io.signalbox.schemas.Cause;
import io.signalbox.schemas.ConfigRecord;
import io.signalbox.schemas.ConfigRecord.HeldRoute;
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
import io.signalbox.schemas.Keys;
import io.signalbox.schemas.Policy;
import io.signalbox.schemas.ServiceState.RegisteredEndpoint;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WhyTest {
    private static final String ID = "c1c1c1c1";
    private static final String SERVER = "web." + ID;
    private static final Map<String, String> IN_TWO_DIALECTS =
            Map.of(
                    "com.df.notify", "true",
                    "com.df.serviceName", "of-flow",
                    "com.df.servicePath", "/demo",
                    "com.df.port", "8080",
                    "traefik.http.routers.r.rule", "Host(`t.example`)",
                    "traefik.http.services.of-traefik.loadbalancer.server.port", "8080");

    private final Partition log = new Partition();
    private final ReadModel model = new ReadModel();
    private long offset;

    @Test
    void shouldSayThatAContainerIsNoService() {
        show(container(ID, State.RUNNING, RUN, Map.of()));
        assertThat(lines("name-" + ID))
                .contains("not a service: no signalbox.enable=true and no route label");
    }

    @Test
    void shouldSayThatAContainerIsSwitchedOff() {
        show(
                container(
                        ID,
                        State.RUNNING,
                        RUN,
                        Map.of("signalbox.enable", "false", "signalbox.host", "a.example")));
        assertThat(lines(ID)).contains("signalbox.enable=false wins over every other label");
    }

    @Test
    void shouldSpeakOfTheDialectThatTheGroupFollowsFirst() {
        show(container(ID, State.RUNNING, RUN, IN_TWO_DIALECTS));
        configure("default", List.of());

        assertThat(lines(ID)).contains("service of-flow").doesNotContain("of-traefik");
    }

    @Test
    void shouldSayThatAGroupDoesNotFollowADialect() {
        show(container(ID, State.RUNNING, RUN, IN_TWO_DIALECTS));
        configure("default", List.of());
        GroupDefinition standard = GroupDefinition.builtIn("default", new Listen("", 80));
        Selector selector =
                new Selector(Map.of(), List.of(), List.of(), List.of("signalbox", "cosmonaut"));
        model.group(
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

        assertThat(lines(ID))
                .contains("group default does not follow what containers say to traefik")
                .contains("group default does not follow what containers say to docker-flow");
    }

    @Test
    void shouldNameARejectionWithItsSuggestion() {
        show(
                container(
                        ID,
                        State.RUNNING,
                        RUN,
                        Map.of("signalbox.enable", "true", "signalbox.hots", "a.example")));
        assertThat(lines(ID)).contains("signalbox.hots=a.example").contains("signalbox.host?");
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
        model.state(0, "endpoint/e1", new RegisteredEndpoint(endpoint, false, T0, cause, true));
        assertThat(lines("web"))
                .contains(
                        "no endpoint gets requests",
                        "endpoint e1: gets no requests",
                        "the configuration of group default does not have it yet");

        configure(
                "default",
                List.of(new Server("web.e1", "", "e1", null, 1, false, List.of(), cause)));
        applied(List.of(), List.of());

        assertThat(lines("web"))
                .contains(
                        "1 of 1 endpoints get requests",
                        "endpoint e1: gets requests",
                        "it is at 192.0.2.7 port 80",
                        "for 30 s after each renewal");
    }

    @Test
    void shouldSayThatAContainerGetsRequests() {
        show(container(ID));
        configure("default", List.of(server(false)));
        applied(List.of(), List.of());
        Answer answer = new Why(model).container(ID).getFirst();
        assertThat(answer.served()).isTrue();
        assertThat(answer.summary()).isEqualTo("gets requests");
        assertThat(new Why(model).service("web").served()).isTrue();
    }

    @Test
    void shouldSayThatAContainerGetsRequestsWhereItsServiceHasABackendOfItsOwn() {
        show(container(ID));
        configure("default", List.of(server(false)));
        applied(Map.of(), List.of(), List.of());
        assertThat(new Why(model).container(ID).getFirst().served()).isTrue();
        assertThat(new Why(model).service("web").served()).isTrue();
    }

    @Test
    void shouldSayThatTheApplicationDoesNotAnswerYet() {
        show(container(ID));
        configure("default", List.of(server(false)));
        applied(List.of(SERVER), List.of());
        assertThat(lines(ID))
                .contains("gets no requests", "waits until its application accepts connections");
    }

    @Test
    void shouldSayWhatAnApplierLeftOut() {
        show(container(ID));
        configure("default", List.of(server(false)));
        applied(
                List.of(),
                List.of(new Note("unreachable", "h1/" + ID, "none of its addresses is reachable")));
        assertThat(lines(ID)).contains("applier a1: none of its addresses is reachable");
        assertThat(new Why(model).container(ID).getFirst().served()).isFalse();
    }

    @Test
    void shouldNameTheStateThatKeepsAContainerOut() {
        show(container(ID, State.EXITED, RUN));
        configure("default", List.of());
        assertThat(lines(ID)).contains("its state is exited");
    }

    @Test
    void shouldSayThatAContainerIsStopping() {
        long session = show(container(ID));
        log.append(event("h1", session, 4, new Fact.ContainerStopping(ID, RUN)));
        publish();
        configure("default", List.of(server(true)));
        applied(List.of(), List.of());
        assertThat(lines(ID)).contains("a stop signal was sent to it");
        assertThat(new Why(model).container(ID).getFirst().served()).isFalse();
    }

    @Test
    void shouldNameAGroupThatDoesNotExist() {
        show(
                container(
                        ID,
                        State.RUNNING,
                        RUN,
                        Map.of("signalbox.host", "a.example", "signalbox.group", "nowhere")));
        assertThat(lines(ID)).contains("group nowhere does not exist");
    }

    @Test
    void shouldSayWhenAnApplierIsBehind() {
        show(container(ID));
        configure("default", List.of(server(false)));
        applied(List.of(), List.of());
        model.configuration("default", offset++, Keys.manifest(0), manifest(2));
        assertThat(lines(ID)).contains("applier a1 is at epoch 0 generation 1, the newest is");
    }

    @Test
    void shouldSayThatTheHostIsLost() {
        long session = show(container(ID));
        log.append(decided("h1", new Fact.HostLost(session)));
        publish();
        assertThat(lines(ID)).contains("its host h1 is lost since");
    }

    @Test
    void shouldFindTheRouteOfARequestByWholeSegments() {
        show(container(ID));
        configure("default", List.of(server(false)));
        applied(List.of(), List.of());
        Why why = new Why(model);
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
        show(container(ID));
        configure("default", List.of(server(false)));
        model.configuration(
                "default",
                offset++,
                Keys.part("service/late"),
                part(
                        "late",
                        List.of(),
                        List.of(),
                        List.of(
                                new Note(
                                        "route-taken",
                                        "a.example/api",
                                        "the service web has it since " + T0))));
        assertThat(String.join("\n", new Why(model).request("a.example", "/api/1").lines()))
                .contains("service late claims a.example/api too: the service web has it since");
    }

    @Test
    void shouldSayHowLongRequestsMayTakeAtAStoppingContainer() {
        show(container(ID));
        configure("default", List.of(server(false)));
        assertThat(lines("web")).doesNotContain("may still take");

        publish(new Policy(Duration.ofSeconds(90)));
        assertThat(lines("web"))
                .contains("group default: the requests of a stopping container may still take 90s");
    }

    @Test
    void shouldSayWhatAServiceHasFromItsLabelsAndNotFromTheGroup() {
        show(container(ID));
        configure("default", List.of(server(false)));
        assertThat(lines("web")).doesNotContain("spread", "silent", "wait for", "tried again");

        Policy.Timeouts timeouts =
                new Policy.Timeouts(
                        Duration.ofMinutes(2), Duration.ofMillis(500), Duration.ofHours(24));
        publish(new Policy(null, Policy.Balance.SOURCE, timeouts, 0));

        assertThat(lines("web"))
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
        show(container(ID));
        configure(
                "default",
                List.of(server(false)),
                List.of(),
                List.of(new Note("route-taken", ID + ".example/", "the service other has it")));
        applied(List.of(), List.of());

        assertThat(new Why(model).container(ID).getFirst().served()).isFalse();
        assertThat(new Why(model).service("web").summary())
                .isEqualTo("no container gets requests: it has no route");
        assertThat(lines(ID))
                .contains("%s.example/ is not its route: the service other".formatted(ID));
    }

    @Test
    void shouldNameTheRejectionThatKeepsAHostFromBeingRouted() {
        show(
                container(
                        ID,
                        State.RUNNING,
                        RUN,
                        Map.of("signalbox.host", "b.example, a.example.", "signalbox.port", "x")));

        assertThat(lines("a.example/cart"))
                .contains("not routed", "(name-%s) names it: signalbox.port=x".formatted(ID));
        assertThat(lines("c.example")).doesNotContain("signalbox.port");
    }

    @Test
    void shouldSayThatNothingIsKnown() {
        assertThat(lines("nobody")).contains("not routed");
        assertThat(new Why(model).service("nobody").summary()).isEqualTo("unknown");
    }

    private long show(io.signalbox.schemas.Container container) {
        long session = log.session("h1", container);
        publish();
        return session;
    }

    private void publish() {
        log.state.records().forEach((key, value) -> model.state(0, key, value));
    }

    private void publish(Policy policy) {
        ConfigRecord.Service service = service("web", List.of(), List.of(), List.of(), policy);
        model.configuration(
                "default",
                offset++,
                Keys.part("service/web"),
                new ConfigRecord.Part("service/web", 0, 1, service));
        model.configuration("default", offset++, Keys.manifest(0), manifest(1));
    }

    private void configure(String group, List<Server> servers) {
        configure(group, servers, List.of(new HeldRoute("a.example", "/api", T0)), List.of());
    }

    private void configure(
            String group, List<Server> servers, List<HeldRoute> routes, List<Note> notes) {
        model.configuration(group, offset++, Keys.CLAIM, new ConfigRecord.Claim("r"));
        model.configuration(
                group, offset++, Keys.part("service/web"), part("web", servers, routes, notes));
        model.configuration(group, offset++, Keys.manifest(0), manifest(1));
    }

    private static ConfigRecord.Part part(
            String service, List<Server> servers, List<HeldRoute> routes, List<Note> notes) {
        return new ConfigRecord.Part(
                "service/" + service, 0, 1, service(service, servers, routes, notes, Policy.NONE));
    }

    private static ConfigRecord.Service service(
            String service,
            List<Server> servers,
            List<HeldRoute> routes,
            List<Note> notes,
            Policy policy) {
        return new ConfigRecord.Service(
                service,
                List.of(),
                new ConfigRecord.ServerOptions(0, 3, 1),
                servers,
                routes,
                notes,
                policy);
    }

    private static ConfigRecord.Manifest manifest(long generation) {
        return new ConfigRecord.Manifest(
                "default", 0, generation, "", "1", "t", List.of(99L), 0, List.of());
    }

    private static Server server(boolean stopping) {
        return new Server(
                SERVER,
                "h1",
                ID,
                RUN,
                1,
                stopping,
                List.of(),
                new Cause(0, 1, "h1/" + ID, null, T0, T0, null));
    }

    private void applied(List<String> pending, List<Note> leftOut) {
        applied(Map.of("web", "spare_plain_001"), pending, leftOut);
    }

    private void applied(Map<String, String> spares, List<String> pending, List<Note> leftOut) {
        model.result(
                new ApplyResult(
                        "default",
                        "a1",
                        "h1",
                        0,
                        1,
                        ApplyResult.Outcome.APPLIED,
                        ApplyResult.How.RUNTIME,
                        "",
                        "2.6.12",
                        new ApplyResult.Reach("h1", List.of()),
                        "",
                        spares,
                        pending,
                        leftOut,
                        List.of(),
                        T0,
                        T0,
                        T0));
    }

    private String lines(String subject) {
        List<String> lines = new ArrayList<>();
        new Why(model).subject(subject).forEach(answer -> lines.addAll(answer.lines()));
        return String.join("\n", lines);
    }
}
