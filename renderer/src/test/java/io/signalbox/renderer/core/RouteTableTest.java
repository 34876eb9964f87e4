package io.signalbox.renderer.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.haproxy.RoutePattern;
import io.signalbox.renderer.core.RouteTable.Claim;
import io.signalbox.renderer.core.RouteTable.Holder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class RouteTableTest {
    private static final RoutePattern ROUTE = new RoutePattern("a.example", "/");

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
