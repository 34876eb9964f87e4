package io.signalbox.registry.core.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.schemas.Declaration;
import io.signalbox.schemas.Policy;
import io.signalbox.schemas.Rejection;
import io.signalbox.schemas.Withheld;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DrainTimeTest {
    private static final Containers WEB =
            Containers.named("web").tcp(8080).label("signalbox.host", "a.example");

    @ParameterizedTest
    @CsvSource({
        "3s,PT3S",
        "500ms,PT0.5S",
        "2m,PT2M",
        "1h,PT1H",
        "' 10s ',PT10S",
        "007s,PT7S",
        "1ms,PT0.001S",
        "24h,PT24H",
        "86400000ms,PT24H"
    })
    void shouldReadATimeWithItsUnit(String written, Duration time) {
        Declared declared = WEB.label("signalbox.drain", written).declared();

        assertThat(declared.rejections()).isEmpty();
        assertThat(policies(declared)).containsExactly(new Policy(time));
    }

    @Test
    void shouldSetNoLimitWithoutTheLabel() {
        assertThat(policies(WEB.declared())).containsExactly(Policy.NONE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "s",
                "0s",
                "0ms",
                "-3s",
                "+3s",
                "1.5s",
                "1m30s",
                "3 s",
                "3S",
                "3sec",
                "1d",
                "none",
                "25h",
                "1441m",
                "86400001ms",
                "999999999s",
                "99999999999999999999h",
                "\u0663s"
            })
    void shouldServeWithoutALimitWhereTheTimeIsBad(String written) {
        Declared declared = WEB.label("signalbox.drain", written).declared();

        assertThat(policies(declared)).containsExactly(Policy.NONE);
        assertThat(declared.declarations().getFirst().routes()).hasSize(1);
        assertThat(declared.rejections())
                .containsExactly(
                        new Rejection(
                                "bad-drain",
                                "signalbox.drain",
                                Display.of(written),
                                "a drain time is a whole number of ms, s, m or h, from 1ms to 24h,"
                                        + " such as 10s",
                                null));
    }

    @ParameterizedTest
    @CsvSource({"10,10s", "' 86400 ',86400s", "0,", "86401,", "123456789,"})
    void shouldSuggestSecondsWhereTheUnitIsMissing(String written, String likely) {
        Declared declared = WEB.label("signalbox.drain", written).declared();

        assertThat(policies(declared)).containsExactly(Policy.NONE);
        assertThat(declared.rejections())
                .singleElement()
                .satisfies(one -> assertThat(one.suggestion()).isEqualTo(likely));
    }

    @Test
    void shouldHoldForEveryServiceOfTheContainer() {
        Declared declared =
                WEB.label("signalbox.drain", "3s")
                        .label("signalbox.routes.api.path", "/api")
                        .label("signalbox.routes.admin.host", "admin.example")
                        .label("signalbox.routes.admin.port", "9000")
                        .declared();

        assertThat(declared.rejections()).isEmpty();
        assertThat(declared.declarations())
                .extracting(Declaration::service)
                .containsExactly("web", "web.admin");
        assertThat(policies(declared)).containsOnly(new Policy(Duration.ofSeconds(3)));
    }

    @Test
    void shouldNotBeSaidOfARoute() {
        Declared declared =
                WEB.label("signalbox.routes.api.path", "/api")
                        .label("signalbox.routes.api.drain", "3s")
                        .declared();

        assertThat(policies(declared)).containsExactly(Policy.NONE);
        assertThat(codes(declared)).containsExactly("unknown-key");
    }

    @Test
    void shouldMakeNoServiceByItself() {
        Declared declared =
                Containers.named("web").tcp(80).label("signalbox.drain", "3s").declared();

        assertThat(declared.declarations()).isEmpty();
        assertThat(codes(declared)).containsExactly("not-enabled");
    }

    @Test
    void shouldSetNoLimitWhereTheValueDidNotLeaveTheHost() {
        String withheld = new Withheld(Withheld.VALUE_TOO_LONG, "65536").text();
        Declared declared = WEB.label("signalbox.drain", withheld).declared();

        assertThat(policies(declared)).containsExactly(Policy.NONE);
        assertThat(codes(declared)).containsExactly("bad-drain", "too-long");
    }

    @ParameterizedTest
    @CsvSource({"PT0.5S,500ms", "PT3S,3s", "PT90S,90s", "PT2M,2m", "PT90M,90m", "PT24H,24h"})
    void shouldSayATimeAsALabelDoes(Duration time, String text) {
        assertThat(Times.text(time)).isEqualTo(text);
    }

    private static List<Policy> policies(Declared declared) {
        return declared.declarations().stream().map(Declaration::policy).toList();
    }

    private static List<String> codes(Declared declared) {
        return declared.rejections().stream().map(Rejection::code).toList();
    }
}
