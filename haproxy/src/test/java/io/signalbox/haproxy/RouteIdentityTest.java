package io.signalbox.haproxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.schemas.RouteMatch;
import io.signalbox.schemas.RouteMatch.FieldMatch;
import io.signalbox.schemas.RouteMatch.FieldMatch.Kind;
import io.signalbox.schemas.RouteMatch.HostKind;
import io.signalbox.schemas.RouteMatch.PathKind;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Running proxies and cookies of clients have what is made of these texts. */
class RouteIdentityTest {
    private static final RouteMatch ALL =
            new RouteMatch(
                    HostKind.WILDCARD,
                    PathKind.BEGINNING,
                    List.of("/a", "/b"),
                    List.of("GET", "PUT"),
                    List.of(new FieldMatch("x-a", Kind.EXACT, "1")),
                    List.of(
                            new FieldMatch("q", Kind.PRESENT, ""),
                            new FieldMatch("r", Kind.REGEX, "a+")),
                    List.of("web"),
                    "https",
                    true,
                    List.of("10.0.0.0/8"),
                    7,
                    null,
                    false);

    @Test
    void shouldKeepTheTextOfAPlainRoute() {
        assertThat(RouteIdentity.of(new RoutePattern("shop.example.com", "/a")))
                .isEqualTo(
                        "RoutePattern[host=shop.example.com, path=/a, match=RouteMatch["
                                + "hostKind=EXACT, pathKind=PREFIX, excludedPaths=[], methods=[],"
                                + " headers=[], queries=[], entryPoints=[], scheme=, webSocket=null,"
                                + " sources=[], priority=null, percent=null, percentSticky=false]]");
    }

    @Test
    void shouldKeepTheTextOfAllThatARouteCanSay() {
        assertThat(RouteIdentity.of(new RoutePattern("*.example.com", "/a", ALL)))
                .isEqualTo(
                        "RoutePattern[host=*.example.com, path=/a, match=RouteMatch["
                                + "hostKind=WILDCARD, pathKind=BEGINNING, excludedPaths=[/a, /b],"
                                + " methods=[GET, PUT],"
                                + " headers=[FieldMatch[name=x-a, kind=EXACT, value=1]],"
                                + " queries=[FieldMatch[name=q, kind=PRESENT, value=],"
                                + " FieldMatch[name=r, kind=REGEX, value=a+]], entryPoints=[web],"
                                + " scheme=https, webSocket=true, sources=[10.0.0.0/8], priority=7,"
                                + " percent=null, percentSticky=false]]");
    }

    @Test
    void shouldKeepTheNamesOfSplits() {
        assertThat(Split.id(new RoutePattern("shop.example.com", "/"), false))
                .isEqualTo("split=3e7dde875b2fe96c9228");
        assertThat(Split.id(new RoutePattern("*.example.com", "/a", ALL), true))
                .isEqualTo("split=sticky-edba14237cbe02c52842");
    }

    @Test
    void shouldNotTakeAValueForFurtherFields() {
        var faked = "1], FieldMatch[name=y, kind=EXACT, value=2";
        var one = headers(new FieldMatch("x", Kind.EXACT, faked));
        var two =
                headers(new FieldMatch("x", Kind.EXACT, "1"), new FieldMatch("y", Kind.EXACT, "2"));

        assertThat(RouteIdentity.compare(one, two)).isNegative();
        assertThat(RouteIdentity.compare(two, one)).isPositive();
        assertThat(RouteIdentity.compare(two, two)).isZero();
        assertThat(Split.id(new RoutePattern("a.example", "/", one), false))
                .isNotEqualTo(Split.id(new RoutePattern("a.example", "/", two), false));
    }

    @Test
    void shouldNotTakeAHostForHostAndPath() {
        var kinds = RouteConditions.ofKinds(HostKind.REGEX, PathKind.REGEX);

        assertThat(RouteIdentity.of(new RoutePattern("a", "b, path=c", kinds)))
                .isNotEqualTo(RouteIdentity.of(new RoutePattern("a, path=b", "c", kinds)));
    }

    @Test
    void shouldKeepTheTextOfValuesThatLookLikeNoFurtherField() {
        var match = headers(new FieldMatch("x", Kind.REGEX, "[a-z]{1,2}=,;"));

        assertThat(RouteIdentity.of(match))
                .contains("headers=[FieldMatch[name=x, kind=REGEX, value=[a-z]{1,2}=,;]], queries");
    }

    private static RouteMatch headers(FieldMatch... headers) {
        var none = RouteMatch.NONE;
        return new RouteMatch(
                none.hostKind(),
                none.pathKind(),
                List.of(),
                List.of(),
                List.of(headers),
                List.of(),
                List.of(),
                "",
                null,
                List.of(),
                null,
                null,
                false);
    }
}
