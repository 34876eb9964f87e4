package io.signalbox.renderer.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.haproxy.Route;
import io.signalbox.schemas.ConfigRecord.HeldRoute;
import io.signalbox.schemas.ConfigRecord.Note;
import io.signalbox.schemas.Declaration;
import io.signalbox.schemas.RouteMatch;
import io.signalbox.schemas.RouteMatch.HostKind;
import io.signalbox.schemas.RouteMatch.PathKind;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a service's part says of routes that ask for more than host and path, or are shared. */
class ServiceRoutesTest {
    private final Rig rig = new Rig();

    @Test
    void shouldShareARouteAndGiveItBackWhole() {
        rig.take(
                A.container("m").of("main", A.route("a.example")).shownAt(1).at(1),
                A.container("c").of("canary", share(10, true)).shownAt(2).at(2));

        assertThat(match("main")).isEqualTo(RouteMatch.NONE.sharing(90, true));
        assertThat(match("canary")).isEqualTo(RouteMatch.NONE.sharing(10, true));
        assertThat(rig.codes("main")).isEmpty();
        assertThat(rig.codes("canary")).isEmpty();

        rig.take(A.container("c").of("canary", share(25, false)).shownAt(2).at(3));
        assertThat(match("main")).isEqualTo(RouteMatch.NONE.sharing(75, false));
        assertThat(match("canary")).isEqualTo(RouteMatch.NONE.sharing(25, false));

        rig.take(A.container("c").gone().at(4));
        assertThat(rig.service("main").routes())
                .containsExactly(new HeldRoute("a.example", "/", A.T0.plusSeconds(1)));
    }

    @Test
    void shouldSayWhatBecameOfAShare() {
        rig.take(
                A.container("a").of("a", share(70, false)).shownAt(1).at(1),
                A.container("b").of("b", share(50, false)).shownAt(2).at(2),
                A.container("c").of("c", share(0, false)).shownAt(3).at(3),
                A.container("d").of("d", A.route("a.example")).shownAt(4).at(4));

        assertThat(match("a")).isEqualTo(RouteMatch.NONE.sharing(70, false));
        assertThat(match("b")).isEqualTo(RouteMatch.NONE.sharing(30, false));
        assertThat(rig.service("b").notes())
                .extracting(Note::message)
                .first()
                .asString()
                .contains("it gets 30 percent, not 50");
        assertThat(rig.service("c").routes()).isEmpty();
        assertThat(rig.codes("c")).containsExactly("no-share");
        assertThat(rig.service("d").routes()).isEmpty();
        assertThat(rig.codes("d")).containsExactly("no-share");
    }

    @Test
    void shouldDisputeOnlyWhatAsksTheSame() {
        rig.take(
                A.container("a").of("a", asking("GET")).shownAt(1).at(1),
                A.container("b").of("b", asking("POST"), asking("GET")).shownAt(2).at(2));

        assertThat(rig.service("a").routes()).hasSize(1);
        assertThat(rig.service("b").routes())
                .singleElement()
                .satisfies(
                        route ->
                                assertThat(Route.of(route).pattern().match().methods())
                                        .containsExactly("POST"));
        assertThat(rig.service("b").notes())
                .singleElement()
                .satisfies(
                        note -> {
                            assertThat(note.code()).isEqualTo("route-taken");
                            assertThat(note.subject()).isEqualTo("a.example/ [method GET]");
                        });
    }

    @Test
    void shouldLeaveOutAndNoteWhatHaproxyCannotHave() {
        rig.take(
                A.container("a")
                        .of("a", asking("a b"), A.route("good.example"), at("nowhere"))
                        .at(1));

        assertThat(rig.routes("a")).contains("good.example/");
        assertThat(rig.codes("a")).containsExactlyInAnyOrder("bad-route", "no-entry-point");
    }

    @Test
    void shouldHaveNoMoreRulesThanEachRequestCanBeComparedWith() {
        rig.take(A.container("a").of("a", rules("a.example", 102)).at(1));

        assertThat(rig.service("a").routes()).hasSize(100);
        assertThat(rig.codes("a")).containsExactly("too-many-rules", "too-many-rules");
    }

    @Test
    void shouldLeaveOutTheLatestRulesOfAGroupThatHasTooMany() {
        for (int i = 0; i <= 10; i++) {
            rig.take(A.container("c" + i).of("s" + i, rules("h" + i, 100)).shownAt(i).at(i));
        }
        rig.take(A.container("z").of("plain", A.route("a.example")).shownAt(99).at(20));

        assertThat(rig.service("s9").routes()).hasSize(100);
        assertThat(rig.codes("plain")).isEmpty();
        assertThat(rig.service("s10").routes()).isEmpty();
        assertThat(rig.service("s10").notes())
                .hasSize(100)
                .extracting(Note::message)
                .allMatch(message -> message.contains("a group has at most 1000 routes"));

        rig.take(A.container("c3").gone().at(30));
        assertThat(rig.service("s10").routes()).hasSize(100);
        assertThat(rig.codes("s10")).isEmpty();
    }

    private static Declaration.Route[] rules(String host, int many) {
        return IntStream.range(0, many)
                .mapToObj(i -> "M" + (char) ('A' + i / 26) + (char) ('A' + i % 26))
                .map(method -> route(host, match(List.of(method), List.of())))
                .toArray(Declaration.Route[]::new);
    }

    private RouteMatch match(String service) {
        RouteMatch match = rig.service(service).routes().getFirst().match();
        return match == null ? RouteMatch.NONE : match;
    }

    private static Declaration.Route share(int percent, boolean sticky) {
        return route("a.example", RouteMatch.NONE.sharing(percent, sticky));
    }

    private static Declaration.Route asking(String method) {
        return route("a.example", match(List.of(method), List.of()));
    }

    private static Declaration.Route at(String entryPoint) {
        return route("b.example", match(List.of(), List.of(entryPoint)));
    }

    @SuppressWarnings("NullAway") // a nested type's @Nullable is not seen across modules
    private static Declaration.Route route(String host, @Nullable RouteMatch match) {
        return new Declaration.Route("default", host, "/", match);
    }

    private static RouteMatch match(List<String> methods, List<String> entryPoints) {
        return new RouteMatch(
                HostKind.EXACT,
                PathKind.PREFIX,
                List.of(),
                methods,
                List.of(),
                List.of(),
                entryPoints,
                "",
                null,
                List.of(),
                null,
                null,
                false);
    }
}
