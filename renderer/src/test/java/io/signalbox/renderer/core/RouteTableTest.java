package io.signalbox.renderer.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.haproxy.RoutePattern;
import io.signalbox.renderer.core.RouteTable.Claim;
import io.signalbox.renderer.core.RouteTable.Holder;
import io.signalbox.schemas.RouteMatch;
import io.signalbox.schemas.RouteMatch.HostKind;
import io.signalbox.schemas.RouteMatch.PathKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class RouteTableTest {
    private static final RoutePattern ROUTE = new RoutePattern("a.example", "/");
    private static final RouteMatch BEGINNING =
            new RouteMatch(
                    HostKind.PREFIX,
                    PathKind.PREFIX,
                    List.of(),
                    List.of(),
                    List.of(),
                    List.of(),
                    List.of(),
                    "",
                    null,
                    List.of(),
                    null,
                    null,
                    false);

    private final RouteTable table = new RouteTable();

    @Test
    void shouldGiveADisputedRouteToTheOlderClaim() {
        table.claim("young", claims(20, ROUTE));
        table.claim("old", claims(10, ROUTE));

        assertThat(table.settle()).containsExactly("old", "young");
        assertThat(table.holder(ROUTE)).isEqualTo(new Holder("old", A.T0.plusSeconds(10)));
    }

    @Test
    void shouldLetTheHolderKeepItAgainstAnOlderClaim() {
        table.claim("holder", claims(20, ROUTE));
        table.settle();
        table.claim("older", claims(10, ROUTE));
        table.settle();

        assertThat(table.holder(ROUTE)).isEqualTo(new Holder("holder", A.T0.plusSeconds(20)));
    }

    @Test
    void shouldKeepSinceOfADisputedRouteWhenTheHolderIsRestarted() {
        table.claim("holder", claims(20, ROUTE));
        table.settle();
        table.claim("other", claims(30, ROUTE));
        table.settle();
        table.claim("holder", claims(99, ROUTE));
        table.settle();

        assertThat(table.holder(ROUTE)).isEqualTo(new Holder("holder", A.T0.plusSeconds(20)));
    }

    @Test
    void shouldHoldAnUndisputedRouteSinceItsClaim() {
        table.claim("holder", claims(20, ROUTE));
        table.settle();
        table.claim("holder", claims(99, ROUTE));
        table.settle();

        assertThat(table.holder(ROUTE)).isEqualTo(new Holder("holder", A.T0.plusSeconds(99)));
    }

    @Test
    void shouldPassARouteOnOnceItsHolderLetsGo() {
        table.claim("a", claims(1, ROUTE));
        table.claim("b", claims(3, ROUTE));
        table.claim("c", claims(2, ROUTE));
        table.settle();
        table.claim("a", new TreeMap<>());

        assertThat(table.settle()).containsExactly("b", "c");
        assertThat(table.holder(ROUTE)).isEqualTo(new Holder("c", A.T0.plusSeconds(2)));
    }

    @Test
    void shouldForgetARouteThatNobodyClaims() {
        table.claim("a", claims(1, ROUTE));
        table.settle();
        table.claim("a", new TreeMap<>());
        table.settle();

        assertThat(table.holder(ROUTE)).isNull();
    }

    @Test
    void shouldGoOnFromWhatWasHeldBefore() {
        table.remember(ROUTE, new Holder("holder", A.T0.plusSeconds(50)));
        RoutePattern other = new RoutePattern("b.example", "/");
        table.remember(other, new Holder("vanished", A.T0));
        table.claim("older", claims(1, ROUTE, other));
        table.claim("holder", claims(99, ROUTE));
        table.settle();

        assertThat(table.holder(ROUTE)).isEqualTo(new Holder("holder", A.T0.plusSeconds(50)));
        assertThat(table.holder(other)).isEqualTo(new Holder("older", A.T0.plusSeconds(1)));
    }

    @Test
    void shouldShareARouteAndGiveTheRestToItsHolder() {
        table.claim("main", claims(1, ROUTE));
        table.claim("canary", share(2, 10, false));
        table.claim("late", claims(3, ROUTE));

        assertThat(table.settle()).containsExactly("canary", "late", "main");
        assertThat(table.holder(ROUTE)).isEqualTo(new Holder("main", A.T0.plusSeconds(1)));
        assertThat(table.shares(ROUTE).percent())
                .containsExactlyInAnyOrderEntriesOf(Map.of("canary", 10, "main", 90));
        assertThat(table.shares(ROUTE).sticky()).isFalse();
    }

    @Test
    void shouldCutSharesBeyondTheWholeTheOlderClaimFirst() {
        table.claim("a", share(3, 60, true));
        table.claim("b", share(1, 70, false));
        table.claim("c", share(2, 20, false));
        table.claim("main", claims(4, ROUTE));
        table.settle();

        assertThat(table.shares(ROUTE))
                .isEqualTo(
                        new RouteShares(
                                new TreeMap<>(Map.of("a", 10, "b", 70, "c", 20, "main", 0)), true));
    }

    @Test
    void shouldGiveWhatNobodyClaimsToTheGreatestShareAndNothingToNone() {
        table.claim("a", share(1, 30, false));
        table.claim("b", share(2, 50, false));
        table.claim("c", share(3, 0, false));
        table.settle();
        assertThat(table.shares(ROUTE).percent())
                .containsExactlyInAnyOrderEntriesOf(Map.of("a", 30, "b", 70, "c", 0));

        table.claim("a", new TreeMap<>());
        table.claim("b", new TreeMap<>());
        table.settle();
        assertThat(table.shares(ROUTE).of("c")).isZero();
        assertThat(table.holder(ROUTE)).isNull();
    }

    @Test
    void shouldGoOnFromWhoHeldTheRestWhateverSharesWereHeld() {
        table.remember(ROUTE, new Holder("main", A.T0.plusSeconds(50)));
        table.remember(ROUTE, new Holder("canary", A.T0.plusSeconds(2)));
        table.claim("canary", share(2, 10, false));
        table.claim("main", claims(9, ROUTE));
        table.claim("older", claims(1, ROUTE));
        table.settle();

        assertThat(table.holder(ROUTE)).isEqualTo(new Holder("main", A.T0.plusSeconds(50)));
        assertThat(table.shares(ROUTE).percent().keySet()).containsExactly("canary", "main");
    }

    private static SortedMap<RoutePattern, Claim> share(int second, int percent, boolean sticky) {
        return new TreeMap<>(Map.of(ROUTE, new Claim(A.T0.plusSeconds(second), percent, sticky)));
    }

    @Test
    void shouldHaveRoomForTheRulesThatWereClaimedFirst() {
        RouteTable small = new RouteTable(2);
        small.claim("b", claims(2, rule("b1"), rule("b2")));
        small.claim("map", claims(9, ROUTE));
        small.claim("c", claims(3, rule("c")));
        small.settle();
        assertThat(small.hasRoom(rule("c"))).isFalse();
        assertThat(small.holder(rule("c"))).isNull();
        assertThat(small.hasRoom(ROUTE)).isTrue();

        small.claim("a", claims(1, rule("a")));
        assertThat(small.settle()).containsExactly("a", "b");
        assertThat(small.hasRoom(rule("b2"))).isFalse();

        small.claim("b", new TreeMap<>());
        assertThat(small.settle()).containsExactly("c");
        assertThat(small.holder(rule("c"))).isEqualTo(new Holder("c", A.T0.plusSeconds(3)));
    }

    @Test
    void shouldDecideOfRulesAsATableThatIsMadeAnew() {
        for (long seed = 0; seed < 200; seed++) {
            Random random = new Random(seed);
            RouteTable table = new RouteTable(4);
            SortedMap<String, SortedMap<RoutePattern, Claim>> said = new TreeMap<>();
            for (int step = 0; step < 40; step++) {
                changeOne(table, said, random, "seed " + seed + ", step " + step);
            }
        }
    }

    private static void changeOne(
            RouteTable table,
            SortedMap<String, SortedMap<RoutePattern, Claim>> said,
            Random random,
            String when) {
        SortedMap<String, String> before = decided(table, said.keySet());
        String service = "s" + random.nextInt(4);
        SortedMap<RoutePattern, Claim> wanted = new TreeMap<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            wanted.putAll(claims(random.nextInt(9), rule("r" + random.nextInt(8))));
        }
        said.put(service, wanted);
        table.claim(service, wanted);
        Set<String> concerned = new TreeSet<>(table.settle());
        concerned.add(service);

        SortedMap<String, String> after = decided(table, said.keySet());
        assertThat(after).as(when).isEqualTo(decided(anew(table, said), said.keySet()));
        after.entrySet().removeAll(before.entrySet());
        assertThat(concerned).as("those who are told, %s", when).containsAll(after.keySet());
    }

    /** A table that knows the claims, and who had what. */
    private static RouteTable anew(
            RouteTable known, SortedMap<String, SortedMap<RoutePattern, Claim>> said) {
        RouteTable table = new RouteTable(4);
        said.forEach(
                (service, wanted) ->
                        wanted.keySet().forEach(route -> remember(table, known, route, service)));
        said.forEach(table::claim);
        table.settle();
        return table;
    }

    private static void remember(
            RouteTable table, RouteTable known, RoutePattern route, String service) {
        Holder holder = known.holder(route);
        if (holder != null && holder.service().equals(service)) {
            table.remember(route, holder);
        }
    }

    /** What of each service's claims has room, and who holds it. */
    private static SortedMap<String, String> decided(RouteTable table, Set<String> services) {
        SortedMap<String, String> decided = new TreeMap<>();
        for (String service : services) {
            StringBuilder text = new StringBuilder();
            for (RoutePattern route : table.claims(service).keySet()) {
                text.append(route.text()).append(' ').append(table.hasRoom(route));
                text.append(' ').append(table.holder(route)).append('\n');
            }
            decided.put(service, text.toString());
        }
        return decided;
    }

    private static RoutePattern rule(String name) {
        return RoutePattern.of(name + ".*", "/", BEGINNING);
    }

    @Test
    void shouldOrderRoutesTheMostSpecificFirst() {
        List<RoutePattern> ordered =
                List.of(
                        new RoutePattern("a.example", "/x/y/z"),
                        new RoutePattern("a.example", "/xx/y"),
                        new RoutePattern("a.example", "/x/y"),
                        new RoutePattern("a.example", "/"),
                        new RoutePattern("b.example", "/"),
                        new RoutePattern("", "/x"),
                        new RoutePattern("", "/"));
        List<RoutePattern> shuffled = new ArrayList<>(ordered);
        Collections.reverse(shuffled);

        assertThat(shuffled.stream().sorted()).containsExactlyElementsOf(ordered);
    }

    private static SortedMap<RoutePattern, Claim> claims(int second, RoutePattern... routes) {
        SortedMap<RoutePattern, Claim> claims = new TreeMap<>();
        Arrays.stream(routes)
                .forEach(route -> claims.put(route, Claim.whole(A.T0.plusSeconds(second))));
        return claims;
    }
}
