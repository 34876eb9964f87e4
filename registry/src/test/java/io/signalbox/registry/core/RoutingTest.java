package io.signalbox.registry.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.schemas.ConfigRecord.Claim;
import io.signalbox.schemas.ConfigRecord.HeldRoute;
import io.signalbox.schemas.ConfigRecord.Manifest;
import io.signalbox.schemas.ConfigRecord.Part;
import io.signalbox.schemas.ConfigRecord.ServerOptions;
import io.signalbox.schemas.ConfigRecord.Service;
import io.signalbox.schemas.Keys;
import io.signalbox.schemas.Policy;
import io.signalbox.schemas.RouteMatch;
import io.signalbox.schemas.RouteMatch.HostKind;
import io.signalbox.schemas.RouteMatch.PathKind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Questions about requests, where routes ask for more than an exact host and a prefix. */
class RoutingTest {
    private final ReadModel model = new ReadModel();
    private long offset;
    private long generation;

    @Test
    void shouldFindHostsByTheirKindTheMostSpecificFirst() {
        held("below", "*.a.example", "/", match(HostKind.WILDCARD, PathKind.PREFIX));
        held("deeper", "*.b.a.example", "/", match(HostKind.WILDCARD, PathKind.PREFIX));
        held("exact", "x.a.example", "/", null);
        held("regex", "y[0-9]\\.z", "/", match(HostKind.REGEX, PathKind.PREFIX));
        held("any", "", "/", null);

        assertThat(lines("x.a.example", "/")).contains("leads to service exact");
        assertThat(lines("y.a.example", "/")).contains("route *.a.example/ leads to service below");
        assertThat(lines("1.b.a.example", "/")).contains("leads to service deeper");
        assertThat(lines("y1.z", "/")).contains("route ~y[0-9]\\.z/ leads to service regex");
        assertThat(lines("a.example", "/")).contains("route (any host)/ leads to service any");
    }

    @Test
    void shouldLeadConnectionsByTheNameThatTheyAskForAtEachEntryPoint() {
        held("one", "db.example", "/", RouteMatch.tcp("edge", HostKind.EXACT));
        held("below", "*.example", "/", RouteMatch.tcp("edge", HostKind.WILDCARD));
        held("other", "*.example", "/", RouteMatch.tcp("tls", HostKind.WILDCARD));
        held("all", "", "/", RouteMatch.tcp("edge", HostKind.EXACT));
        held("web", "web.example", "/", null);

        assertThat(asked("DB.example:5432"))
                .contains(
                        "route tcp edge db.example leads to service one",
                        "route tcp tls *.example leads to service other")
                .doesNotContain("service below", "service all", "not routed");
        assertThat(asked("web.example"))
                .contains(
                        "route tcp edge *.example leads to service below",
                        "route web.example/ leads to service web");
        assertThat(asked("a.b.c.d.e.f.g.example")).contains("not routed").doesNotContain("tcp");
        assertThat(asked("db.other")).contains("not routed").doesNotContain("tcp");
    }

    private String asked(String subject) {
        List<String> lines = new ArrayList<>();
        new Why(model).subject(subject).forEach(answer -> lines.addAll(answer.lines()));
        return String.join("\n", lines);
    }

    @Test
    void shouldFindPathsByTheirKind() {
        held("api", "a.example", "/api", null);
        held("one", "a.example", "/api/one", match(HostKind.EXACT, PathKind.EXACT));
        held("png", "a.example", "/api/*.png", match(HostKind.EXACT, PathKind.WILDCARD));

        assertThat(lines("a.example", "/api/one?x"))
                .contains("route a.example=/api/one leads to service one");
        assertThat(lines("a.example", "/api/one/")).contains("leads to service api");
        assertThat(lines("a.example", "/api/x/y.png")).contains("leads to service png");
    }

    @Test
    void shouldSayOnWhichConditionAnotherRouteGoesFirst() {
        held("main", "a.example", "/", null);
        held("posts", "a.example", "/", posts());
        held("deep", "a.example", "/x/y", null);

        assertThat(lines("a.example", "/"))
                .contains(
                        "route a.example/ [method POST] leads to service posts if the request has"
                                + " what stands in brackets",
                        "route a.example/ leads to service main");
        assertThat(lines("a.example", "/x/y"))
                .contains("leads to service deep")
                .doesNotContain("posts", "main");
    }

    @Test
    void shouldNameAllServicesThatShareARoute() {
        held("blue", "a.example", "/", RouteMatch.NONE.sharing(90, false));
        held("green", "a.example", "/", RouteMatch.NONE.sharing(10, false));

        assertThat(lines("a.example", "/"))
                .contains(
                        "a.example/ (90 percent of its requests) leads to service blue",
                        "a.example/ (10 percent of its requests) leads to service green");
    }

    private String lines(String host, String path) {
        return String.join("\n", new Why(model).request(host, path).lines());
    }

    private void held(String service, String host, String path, @Nullable RouteMatch match) {
        HeldRoute route = new HeldRoute(host, path, Instant.EPOCH, match);
        Service content =
                new Service(
                        service,
                        List.of(),
                        new ServerOptions(0, 3, 1),
                        List.of(),
                        List.of(route),
                        List.of(),
                        Policy.NONE);
        generation++;
        if (generation == 1) {
            model.configuration("default", offset++, Keys.CLAIM, new Claim("r"));
        }
        model.configuration(
                "default",
                offset++,
                Keys.part("service/" + service),
                new Part("service/" + service, 0, generation, content));
        model.configuration(
                "default",
                offset++,
                Keys.manifest(0),
                new Manifest("default", 0, generation, "", "1", "t", List.of(99L), 0, List.of()));
    }

    private static RouteMatch posts() {
        return new RouteMatch(
                HostKind.EXACT,
                PathKind.PREFIX,
                List.of(),
                List.of("POST"),
                List.of(),
                List.of(),
                List.of(),
                "",
                null,
                List.of(),
                null,
                null,
                false);
    }

    private static RouteMatch match(HostKind host, PathKind path) {
        return new RouteMatch(
                host, path, List.of(), List.of(), List.of(), List.of(), List.of(), "", null,
                List.of(), null, null, false);
    }
}
