package io.signalbox.haproxy;

import static io.signalbox.haproxy.HeaderChange.Action.ADD;
import static io.signalbox.haproxy.HeaderChange.Action.DELETE;
import static io.signalbox.haproxy.HeaderChange.Action.SET;
import static io.signalbox.haproxy.HeaderChange.Direction.REQUEST;
import static io.signalbox.haproxy.HeaderChange.Direction.RESPONSE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.signalbox.haproxy.BasicAuthentication.User;
import io.signalbox.haproxy.Configuration.Backend;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The text of what is done to HTTP, and which values it is made of. */
class HttpRulesTest {

    private static final String HASH = HttpCases.USERS.get(2).hash();
    private static final String LONG = "a".repeat(5_000);

    @Test
    void shouldSayNothingWhereNothingIsDone() {
        assertThat(Rules.none().lines()).isEmpty();
        assertThat(Rules.none().strip("/").lines()).isEmpty();
    }

    @Test
    void shouldWriteEveryCharacterOfAHeaderAsItself() {
        assertThat(Rules.none().header(REQUEST, SET, "X-A", "%[src] 'a'").lines())
                .containsExactly("    http-request set-header X-A '%%[src] '\\''a'\\'''");
        assertThat(Rules.none().header(RESPONSE, ADD, "X-A", "%").lines())
                .containsExactly("    http-after-response add-header X-A %%");
        assertThat(Rules.none().header(RESPONSE, DELETE, "X-A", "").lines())
                .containsExactly("    http-after-response del-header X-A");
    }

    @Test
    void shouldDoNothingMoreToRequestsThatAreAllAnswered() {
        assertThat(Rules.none().users("x").strip("/a").header(REQUEST, SET, "X-A", "a").lines())
                .containsExactly("    http-request auth realm x");
        assertThat(Rules.none().maintenance("m").users("x").prefix("/a").lines())
                .containsExactly(
                        "    http-request return status 503 content-type text/plain string m");
    }

    @Test
    void shouldPutUsersIntoAListOfTheirBackend() {
        var auth = Rules.none().users("r", new User("ann", HASH), new User("b b", HASH)).lines();
        var nobody = List.of("    http-request auth realm r unless { http_auth(@users@) }");
        var other = new ServiceName("other");
        var file =
                new Configuration(
                                Frame.of(Samples.frame(new ListenAddress("", 80))),
                                List.of(
                                        new Backend(
                                                Samples.WEB,
                                                Samples.WEB.backend(),
                                                auth,
                                                List.of()),
                                        new Backend(other, other.backend(), nobody, List.of())),
                                List.of(),
                                new TreeMap<>(),
                                1,
                                1)
                        .files(Samples.local(), HaproxyVersion.of("2.6").capabilities())
                        .haproxyCfg();

        assertThat(file)
                .contains(
                        """

                        userlist service_shop.web
                            user ann password '%s'
                            user 'b b' password '%s'

                        backend service_shop.web
                            http-request auth realm r unless { http_auth(service_shop.web) }
                            http-request del-header Authorization

                        userlist service_other

                        backend service_other
                            http-request auth realm r unless { http_auth(service_other) }
                        """
                                .formatted(HASH, HASH));
    }

    @Test
    void shouldNotShowAHashByAccident() {
        assertThat(new User("ann", HASH).toString()).isEqualTo("User[ann]");
    }

    @ParameterizedTest
    @CsvSource({
        "10.1.2.3/8, 10.0.0.0/8",
        "10.1.2.3, 10.1.2.3/32",
        "0.0.0.0/0, 0.0.0.0/0",
        "255.255.255.255/31, 255.255.255.254/31",
        "2001:DB8:0:0:0:0:0:1/33, 2001:db8::/33",
        "::1, ::1/128",
        "fe80::1/10, fe80::/10",
        "::/0, ::/0"
    })
    void shouldKnowNetworksByTheirNormalForm(String text, String normal) {
        assertThat(Network.parse(text)).isEqualTo(new Network(normal));
        assertThat(Network.parse(normal)).isEqualTo(new Network(normal));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/8",
                "10.0.0.0/33",
                "10.0.0.0/-1",
                "10.0.0.0/",
                "10.0.0.0/8/8",
                "10.0.0.0/255.0.0.0",
                "10.0.0.0/08",
                "10.0.0/8",
                "10/8",
                "010.0.0.1",
                "10.0.0.256",
                "::1/129",
                "::ffff:10.0.0.1/104",
                "[::1]",
                "fe80::1%eth0",
                "a.example",
                "10.0.0.1 10.0.0.2"
            })
    void shouldRefuseWhatIsNoNetwork(String text) {
        assertRefused(() -> Network.parse(text));
        assertRefused(() -> new Network(text));
    }

    @Test
    void shouldRefuseWhatHaproxyMustNotHave() {
        Stream.<ThrowingCallable>of(
                        () -> new HeaderChange(REQUEST, SET, "X-A", ""),
                        () -> new HeaderChange(REQUEST, SET, "X-A", " a"),
                        () -> new HeaderChange(REQUEST, SET, "X-A", "a\n"),
                        () -> new HeaderChange(REQUEST, SET, "X-A", "@users@"),
                        () -> new HeaderChange(REQUEST, SET, "X-A", LONG),
                        () -> new HeaderChange(REQUEST, SET, "", "a"),
                        () -> new HeaderChange(REQUEST, SET, "-m", "a"),
                        () -> new HeaderChange(REQUEST, SET, "X A", "a"),
                        () -> new HeaderChange(REQUEST, SET, "cOnnection", "a"),
                        () -> new HeaderChange(RESPONSE, DELETE, "Content-Length", ""),
                        () -> new HeaderChange(RESPONSE, DELETE, "X-A", "a"),
                        () -> Rules.none().strip("api"),
                        () -> Rules.none().strip("/api/"),
                        () -> Rules.none().strip("/a b"),
                        () -> Rules.none().prefix("/" + LONG),
                        () -> Rules.none().prefix("/a%2"),
                        () -> Rules.none().rewrite("^/(a)", "/\\2"),
                        () -> Rules.none().rewrite("^/(a)", "/\\0"),
                        () -> Rules.none().rewrite("^/(a)", "\\1"),
                        () -> Rules.none().rewrite("^/(a)", "/\\x41"),
                        () -> Rules.none().rewrite("^/(a)", "/%[src]"),
                        () -> Rules.none().https(200),
                        () -> Rules.none().toHost("a", "a", 301),
                        () -> Rules.none().toHost("a", "a:80", 301),
                        () -> Rules.none().toHost("a:80", "b", 301),
                        () -> Rules.none().toHost("A", "b", 301),
                        () -> Rules.none().toHost("a", "b/c", 301),
                        () -> Rules.none().toHost("a", "b%[src]", 301),
                        () -> Rules.none().toHost("a", "b", 304),
                        () -> Rules.none().toPath("^/a", "b", 301),
                        () -> Rules.none().toPath("^/a", "//[x", 301),
                        () -> Rules.none().toPath("^/a", "ftp://b/", 301),
                        () -> Rules.none().toPath("^/a", "https://b%[src]/", 301),
                        () -> Rules.none().toPath("^/a", "https://b", 301),
                        () -> new StrictTransport(Duration.ofSeconds(-1), false, false),
                        () -> new StrictTransport(Duration.ofDays(3651), false, false),
                        () -> new StrictTransport(Duration.ofDays(364), true, true),
                        () -> new StrictTransport(Duration.ofDays(365), false, true),
                        () -> Rules.none().compress("text"),
                        () -> Rules.none().compress("text/html x"),
                        () -> Rules.none().compress("Text/html"))
                .forEach(HttpRulesTest::assertRefused);
    }

    @Test
    void shouldRefuseWhatKeepsOutInAWayThatHaproxyDoesNotKnow() {
        var ann = new User("ann", HASH);
        Stream.<ThrowingCallable>of(
                        () -> Rules.none().users("", ann),
                        () -> Rules.none().users("a\"b", ann),
                        () -> Rules.none().users("a\\b", ann),
                        () -> Rules.none().users("x", ann, ann),
                        () -> new User("", HASH),
                        () -> new User("a:b", HASH),
                        () -> new User("a,b", HASH),
                        () -> new User("a\n", HASH),
                        () -> new User("a", "secret"),
                        () -> new User("a", HASH + "x"),
                        () -> new User("a", "$2y$05$abcdefghijklmnopqrstuu"),
                        () ->
                                new User(
                                        "a",
                                        HttpCases.USERS
                                                .get(0)
                                                .hash()
                                                .replace("$6$", "$6$rounds=10001$")),
                        () -> new RateLimit(0, Duration.ofSeconds(1)),
                        () -> new RateLimit(1_000_001, Duration.ofSeconds(1)),
                        () -> new RateLimit(1, Duration.ofMillis(1_500)),
                        () -> new RateLimit(1, Duration.ofHours(25)),
                        () ->
                                new AccessRules(
                                        Collections.nCopies(501, Network.parse("10.0.0.1")),
                                        List.of()),
                        () -> cors(List.of("*"), true),
                        () -> cors(List.of("*", "https://a.example"), false),
                        () -> cors(List.of("null"), false),
                        () -> cors(List.of("https://a.example/"), false),
                        () -> cors(List.of("https://*.example"), false),
                        () -> cors(List.of("-f://a"), false),
                        () -> CrossOrigin.method("put"),
                        () -> CrossOrigin.header("a b"),
                        () -> CrossOrigin.maxAge(Duration.ofHours(25)),
                        () -> Rules.none().maintenance(""),
                        () -> Rules.none().maintenance("\u00e4"),
                        () -> Rules.none().maintenance(LONG),
                        () -> Rules.none().error(418, "x"),
                        () -> Rules.none().error(503, "x").error(503, "y").rules())
                .forEach(HttpRulesTest::assertRefused);
    }

    private static CrossOrigin cors(List<String> origins, boolean credentials) {
        return new CrossOrigin(origins, List.of(), List.of(), List.of(), credentials, null);
    }

    private static void assertRefused(ThrowingCallable made) {
        assertThatExceptionOfType(IllegalValue.class).isThrownBy(made);
    }
}
