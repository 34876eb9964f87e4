package io.signalbox.registry.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.schemas.HttpPolicy;
import io.signalbox.schemas.HttpPolicy.Access;
import io.signalbox.schemas.HttpPolicy.Auth;
import io.signalbox.schemas.HttpPolicy.Cors;
import io.signalbox.schemas.HttpPolicy.Direction;
import io.signalbox.schemas.HttpPolicy.ErrorPage;
import io.signalbox.schemas.HttpPolicy.HeaderAction;
import io.signalbox.schemas.HttpPolicy.HeaderRule;
import io.signalbox.schemas.HttpPolicy.HostRedirect;
import io.signalbox.schemas.HttpPolicy.Hsts;
import io.signalbox.schemas.HttpPolicy.PathRedirect;
import io.signalbox.schemas.HttpPolicy.PathRewrite;
import io.signalbox.schemas.HttpPolicy.PathRules;
import io.signalbox.schemas.HttpPolicy.Rate;
import io.signalbox.schemas.HttpPolicy.Redirects;
import io.signalbox.schemas.HttpPolicy.User;
import io.signalbox.schemas.Policy;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What {@code why} says of what is done to a service's requests and responses. */
class WhyHttpTest {
    private static final HttpPolicy NONE = HttpPolicy.NONE;

    @Test
    void shouldSayNothingOfWhatIsNotDone() {
        assertThat(sentences(NONE)).isEmpty();
    }

    @Test
    void shouldSayEachThingInTheOrderInWhichARequestMeetsIt() {
        HttpPolicy all =
                new HttpPolicy(
                        List.of(
                                new HeaderRule(Direction.REQUEST, HeaderAction.SET, "X-A", "a"),
                                new HeaderRule(Direction.RESPONSE, HeaderAction.ADD, "X-B", "b"),
                                new HeaderRule(
                                        Direction.RESPONSE, HeaderAction.DELETE, "Server", "")),
                        new PathRules(true, List.of(new PathRewrite("^/a", "/b")), "/app"),
                        new Redirects(
                                308,
                                List.of(new HostRedirect("", "a.example", 301)),
                                List.of(new PathRedirect("^/x", "/y", 302))),
                        new Hsts(Duration.ofDays(365), true, false),
                        new HttpPolicy.Compression(List.of()),
                        new Auth("realm", List.of(new User("ann", "$6$x"))),
                        new Access(
                                List.of("10.0.0.0/8"), List.of("1", "2", "3", "4", "5", "6", "7")),
                        new Rate(100, Duration.ofSeconds(10)),
                        new Cors(
                                List.of("https://a.example"),
                                List.of(),
                                List.of(),
                                List.of(),
                                false,
                                null),
                        new HttpPolicy.Maintenance("text"),
                        List.of(new ErrorPage(503, "text")),
                        true);

        assertThat(sentences(all))
                .containsExactly(
                        "group g: its plain requests are sent to https (status 308)",
                        "group g: requests for other hosts are sent to the host a.example"
                                + " (status 301)",
                        "group g: requests whose path fits ^/x are sent to /y (status 302)",
                        "group g: clients must show a certificate: requests without one get 403",
                        "group g: requests may come from 10.0.0.0/8 only",
                        "group g: requests may not come from 1, 2, 3, 4, 5 and 2 more",
                        "group g: a client may send 100 requests in 10s",
                        "group g: pages of https://a.example may read its responses",
                        "group g: it is under maintenance: every request gets 503",
                        "group g: it asks for the password of one of its 1 users",
                        "group g: the path prefix of its routes is taken away",
                        "group g: paths that fit ^/a become /b",
                        "group g: its servers see /app before every path",
                        "group g: the header X-A of its requests is set",
                        "group g: the header X-B of its responses is added",
                        "group g: the header Server of its responses is taken away",
                        "group g: browsers are told to use nothing but TLS for 365 days, for its"
                                + " sub-domains too",
                        "group g: its responses are compressed where they are usual texts",
                        "group g: it has pages of its own for 503");
    }

    @Test
    void shouldSayWhyNobodyComesIn() {
        HttpPolicy shut =
                new HttpPolicy(
                        List.of(),
                        PathRules.NONE,
                        Redirects.NONE,
                        null,
                        null,
                        new Auth("realm", List.of()),
                        Access.NOBODY,
                        null,
                        new Cors(List.of(), List.of(), List.of(), List.of(), false, null),
                        null,
                        List.of());

        assertThat(sentences(shut))
                .containsExactly(
                        "group g: nobody comes in: what is said of who may is wrong, see its"
                                + " rejected labels",
                        "group g: no foreign page may read its responses",
                        "group g: nobody comes in: it asks for a password, and no user can be"
                                + " checked");
    }

    @Test
    void shouldNameTheListOfUsersThatEachProxyHas() {
        HttpPolicy listed =
                new HttpPolicy(
                        List.of(),
                        PathRules.NONE,
                        Redirects.NONE,
                        null,
                        null,
                        new Auth("realm", List.of(), "staff"),
                        Access.NONE,
                        null,
                        null,
                        null,
                        List.of());

        assertThat(sentences(listed))
                .containsExactly(
                        "group g: it asks for the password of a user in the list staff of each"
                                + " proxy");
    }

    private static List<String> sentences(HttpPolicy http) {
        Policy policy =
                new Policy(
                        null,
                        null,
                        Policy.Timeouts.NONE,
                        null,
                        null,
                        null,
                        Policy.Servers.NONE,
                        Policy.Standing.NONE,
                        http);
        return WhyPolicy.of("g", policy).stream().map(Answer.Reason::message).toList();
    }
}
