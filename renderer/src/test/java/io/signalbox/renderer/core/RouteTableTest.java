package io.signalbox.renderer.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.renderer.core.RouteTable.Holder;
import io.signalbox.renderer.core.RouteTable.RouteName;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class RouteTableTest {
    private static final RouteName ROUTE = new RouteName("a.example", "/");

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
        RouteName other = new RouteName("b.example", "/");
        table.remember(other, new Holder("vanished", A.T0));
        table.claim("older", claims(1, ROUTE, other));
        table.claim("holder", claims(99, ROUTE));
        table.settle();

        assertThat(table.holder(ROUTE)).isEqualTo(new Holder("holder", A.T0.plusSeconds(50)));
        assertThat(table.holder(other)).isEqualTo(new Holder("older", A.T0.plusSeconds(1)));
    }

    @Test
    void shouldOrderRoutesTheMostSpecificFirst() {
        List<RouteName> ordered =
                List.of(
                        new RouteName("a.example", "/x/y/z"),
                        new RouteName("a.example", "/xx/y"),
                        new RouteName("a.example", "/x/y"),
                        new RouteName("a.example", "/"),
                        new RouteName("b.example", "/"),
                        new RouteName("", "/x"),
                        new RouteName("", "/"));
        List<RouteName> shuffled = new ArrayList<>(ordered);
        Collections.reverse(shuffled);

        assertThat(shuffled.stream().sorted()).containsExactlyElementsOf(ordered);
    }

    private static SortedMap<RouteName, java.time.Instant> claims(int second, RouteName... routes) {
        SortedMap<RouteName, java.time.Instant> claims = new TreeMap<>();
        Arrays.stream(routes).forEach(route -> claims.put(route, A.T0.plusSeconds(second)));
        return claims;
    }
}
