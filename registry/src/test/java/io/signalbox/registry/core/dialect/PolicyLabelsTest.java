package io.signalbox.registry.core.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.schemas.Declaration;
import io.signalbox.schemas.Policy;
import io.signalbox.schemas.Policy.Balance;
import io.signalbox.schemas.Policy.Timeouts;
import io.signalbox.schemas.Rejection;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How requests are spread, how long they may wait, how often they are tried again. */
class PolicyLabelsTest {
    private static final Containers WEB =
            Containers.named("web").tcp(8080).label("signalbox.host", "a.example");
    private static final String TIMEOUT_RULE =
            "a time-out is a whole number of ms, s, m or h, from 1ms to 24h, such as 10s";
    private static final String BALANCE_RULE =
            "it is one of roundrobin, leastconn, first, random, source";
    private static final String RETRIES_RULE = "retries are a whole number from 0 to 10";

    @ParameterizedTest
    @EnumSource
    void shouldReadEveryWayToBalance(Balance balance) {
        Declared declared = WEB.label("signalbox.balance", " " + balance.word() + " ").declared();

        assertThat(declared.rejections()).isEmpty();
        assertThat(policies(declared))
                .containsExactly(new Policy(null, balance, Timeouts.NONE, null));
    }

    @ParameterizedTest
    @CsvSource({
        "'',",
        "RoundRobin,roundrobin",
        "round-robin,roundrobin",
        "rr,roundrobin",
        "leastcon,leastconn",
        "least_connections,leastconn",
        "ip_hash,source",
        "soruce,source",
        "static-rr,",
        "'source depth 1',",
        "uri,",
        "unknown,"
    })
    void shouldBalanceAsTheGroupDoesWhereTheWayIsBad(String written, String likely) {
        assertRefused(
                "signalbox.balance",
                written,
                new Rejection("bad-balance", "signalbox.balance", written, BALANCE_RULE, likely));
    }

    @Test
    void shouldReadTimeouts() {
        Declared declared =
                WEB.label("signalbox.timeout.server", "24h")
                        .label("signalbox.timeout.queue", "1ms")
                        .label("signalbox.timeout.tunnel", " 90m ")
                        .declared();

        Timeouts timeouts =
                new Timeouts(Duration.ofHours(24), Duration.ofMillis(1), Duration.ofMinutes(90));
        assertThat(declared.rejections()).isEmpty();
        assertThat(policies(declared)).containsExactly(new Policy(null, null, timeouts, null));
    }

    @ParameterizedTest
    @CsvSource({
        "'',",
        "0s,",
        "-3s,",
        "1.5s,",
        "25h,",
        "1d,",
        "3S,",
        "30,30s",
        "86401,",
        "'5s; timeout client 1s',"
    })
    void shouldWaitAsTheGroupDoesWhereATimeoutIsBad(String written, String likely) {
        for (String key :
                List.of(
                        "signalbox.timeout.server",
                        "signalbox.timeout.queue",
                        "signalbox.timeout.tunnel")) {
            assertRefused(
                    key, written, new Rejection("bad-timeout", key, written, TIMEOUT_RULE, likely));
        }
    }

    @ParameterizedTest
    @CsvSource({"0,0", "3,3", "' 10 ',10", "07,7"})
    void shouldReadRetries(String written, int retries) {
        Declared declared = WEB.label("signalbox.retries", written).declared();

        assertThat(declared.rejections()).isEmpty();
        assertThat(policies(declared))
                .containsExactly(new Policy(null, null, Timeouts.NONE, retries));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-1", "11", "100", "3x", "three", "1.0", "+3", "99999999999"})
    void shouldTryAgainAsTheGroupDoesWhereRetriesAreBad(String written) {
        assertRefused(
                "signalbox.retries",
                written,
                new Rejection("bad-retries", "signalbox.retries", written, RETRIES_RULE, null));
    }

    @Test
    void shouldKeepEveryOtherValueBesideABadOne() {
        Declared declared =
                WEB.label("signalbox.drain", "3s")
                        .label("signalbox.balance", "best")
                        .label("signalbox.timeout.server", "10s")
                        .label("signalbox.timeout.queue", "long")
                        .label("signalbox.retries", "5")
                        .declared();

        assertThat(policies(declared))
                .containsExactly(
                        new Policy(
                                Duration.ofSeconds(3),
                                null,
                                new Timeouts(Duration.ofSeconds(10), null, null),
                                5));
        assertThat(declared.rejections())
                .extracting(Rejection::code)
                .containsExactly("bad-balance", "bad-timeout");
    }

    @Test
    void shouldHoldForEveryServiceOfTheContainer() {
        Declared declared =
                WEB.label("signalbox.balance", "leastconn")
                        .label("signalbox.routes.api.path", "/api")
                        .label("signalbox.routes.admin.host", "admin.example")
                        .label("signalbox.routes.admin.port", "9000")
                        .declared();

        assertThat(declared.declarations())
                .extracting(Declaration::service)
                .containsExactly("web", "web.admin");
        assertThat(policies(declared))
                .containsOnly(new Policy(null, Balance.LEASTCONN, Timeouts.NONE, null));
    }

    @ParameterizedTest
    @CsvSource({
        "signalbox.blance,signalbox.balance",
        "signalbox.balancing,signalbox.balance",
        "signalbox.routes.web.balance,signalbox.balance",
        "signalbox.retry,signalbox.retries",
        "signalbox.retires,signalbox.retries",
        "signalbox.timeout,signalbox.timeout.server",
        "signalbox.timeout.sever,signalbox.timeout.server",
        "signalbox.timeouts.queue,signalbox.timeout.queue",
        "signalbox.timeout-tunnel,signalbox.timeout.tunnel",
        "signalbox.tunnel-timeout,signalbox.timeout.tunnel",
        "signalbox.Timeout.Server,signalbox.timeout.server",
        "signalbox.routes.web.timeout.server,signalbox.timeout.server",
        "signalbox.timeout.connect,",
        "signalbox.timeout.server.x,signalbox.timeout.server"
    })
    void shouldNameALikelyKeyForAnUnknownOne(String key, String likely) {
        Declared declared = WEB.label(key, "3").declared();

        assertThat(policies(declared)).containsExactly(Policy.NONE);
        assertThat(declared.rejections())
                .containsExactly(
                        new Rejection("unknown-key", key, "3", "there is no such label", likely));
    }

    private static void assertRefused(String key, String written, Rejection rejection) {
        Declared declared = WEB.label(key, written).declared();

        assertThat(policies(declared)).containsExactly(Policy.NONE);
        assertThat(declared.declarations().getFirst().routes()).hasSize(1);
        assertThat(declared.rejections()).containsExactly(rejection);
    }

    private static List<Policy> policies(Declared declared) {
        return declared.declarations().stream().map(Declaration::policy).toList();
    }
}
