package io.signalbox.renderer.core;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.haproxy.AllowedText;
import io.signalbox.schemas.ConfigRecord;
import io.signalbox.schemas.Declaration.Route;
import io.signalbox.schemas.GroupDefinition;
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
import io.signalbox.schemas.HttpPolicy.Maintenance;
import io.signalbox.schemas.HttpPolicy.PathRedirect;
import io.signalbox.schemas.HttpPolicy.PathRewrite;
import io.signalbox.schemas.HttpPolicy.PathRules;
import io.signalbox.schemas.HttpPolicy.Rate;
import io.signalbox.schemas.HttpPolicy.Redirects;
import io.signalbox.schemas.HttpPolicy.User;
import io.signalbox.schemas.LiveOptions;
import io.signalbox.schemas.LiveOptions.Closed;
import io.signalbox.schemas.PartHash;
import io.signalbox.schemas.Policy;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a service's part says of what is done to requests and responses. */
class ServiceHttpTest {
    private static final String HASH = "$1$saltsalt$9xy1btjgzLYfb7hivXtC//";
    private static final List<String> PLAIN = List.of("    balance roundrobin");

    private final Rig rig = new Rig();

    @Test
    void shouldKeepTheTextOfTheSparesWhereNothingIsDone() {
        assertThat(text(HttpPolicy.NONE)).isEqualTo(PLAIN);
    }

    @Test
    void shouldSayEverythingInTheTextOfTheBackend() {
        HttpPolicy all =
                new HttpPolicy(
                        List.of(
                                new HeaderRule(Direction.RESPONSE, HeaderAction.SET, "X-B", "50%"),
                                new HeaderRule(Direction.REQUEST, HeaderAction.ADD, "X-A", "a"),
                                new HeaderRule(Direction.REQUEST, HeaderAction.DELETE, "X-C", "")),
                        new PathRules(true, List.of(new PathRewrite("^/a$", "/b")), "/app"),
                        new Redirects(
                                308,
                                List.of(new HostRedirect("b.example", "a.example", 301)),
                                List.of(new PathRedirect("^/x", "https://c.example/y", 302))),
                        new Hsts(Duration.ofSeconds(60), true, false),
                        new HttpPolicy.Compression(List.of("text/html")),
                        new Auth("Staff", List.of(new User("ann", HASH))),
                        new Access(List.of("10.0.0.0/8"), List.of("10.0.0.1/32")),
                        new Rate(100, Duration.ofSeconds(10)),
                        new Cors(
                                List.of("https://a.example"),
                                List.of("PUT"),
                                List.of("X-D"),
                                List.of("X-E"),
                                true,
                                Duration.ofMinutes(1)),
                        null,
                        List.of(new ErrorPage(503, "<b>")));

        List<String> text = text(all, A.route("a.example", "/api"), A.route("b.example", "/"));

        assertThat(text).containsExactlyElementsOf(golden());
        assertThat(AllowedText.problem(text)).isEmpty();
        assertThat(rig.service("web").live())
                .isEqualTo(new LiveOptions(308, null, null, null, all.hsts()));
    }

    @Test
    void shouldTakeAwayThePrefixesOfTheRoutesThatItHolds() {
        HttpPolicy strip = http(new PathRules(true, List.of(), ""), null, null);
        rig.take(A.container("c0").of("other", A.route("a.example", "/lost")).at(1));

        List<String> text =
                text(
                        strip,
                        A.route("a.example", "/api"),
                        A.route("b.example", "/api"),
                        A.route("a.example", "/api/v2"),
                        A.route("a.example", "/lost"),
                        A.route("c.example", "/"));

        assertThat(text)
                .containsExactly(
                        "    balance roundrobin",
                        "    http-request set-var(txn.strip) int(5) if { path,concat(/) -m beg"
                                + " /api/ }",
                        "    http-request set-var(txn.strip) int(8) if { path,concat(/) -m beg"
                                + " /api/v2/ }",
                        "    http-request set-path /%[path,bytes(5)] if { var(txn.strip) -m int 5 }",
                        "    http-request set-path /%[path,bytes(8)] if { var(txn.strip) -m int 8 }");
        assertThat(text(strip, A.route("c.example", "/"))).isEqualTo(PLAIN);
    }

    @Test
    void shouldCloseWithTheStandardTextWithoutAWordInTheBackend() {
        assertThat(text(http(PathRules.NONE, null, new Maintenance("")))).isEqualTo(PLAIN);
        assertThat(rig.service("web").live().closed()).isEqualTo(Closed.AT_ONCE);
    }

    @Test
    void shouldCloseBehindWhatComesBeforeMaintenance() {
        HttpPolicy closed =
                new HttpPolicy(
                        List.of(),
                        PathRules.NONE,
                        Redirects.NONE,
                        null,
                        null,
                        null,
                        new Access(List.of(), List.of("10.0.0.1/32")),
                        null,
                        null,
                        new Maintenance(""),
                        List.of());

        List<String> text = text(closed);

        assertThat(text)
                .last()
                .isEqualTo(
                        "    http-request return status 503 content-type text/plain string"
                                + " 'This service is under maintenance.'"
                                + " if { var(txn.options),field(2,/) -m str 2 }");
        assertThat(AllowedText.problem(text)).isEmpty();
        assertThat(rig.service("web").live().closed()).isEqualTo(Closed.IN_TURN);
    }

    @Test
    void shouldShowATextOfItsOwnFromTheBackend() {
        assertThat(text(http(PathRules.NONE, null, new Maintenance("Back soon"))))
                .last()
                .isEqualTo(
                        "    http-request return status 503 content-type text/plain string"
                                + " 'Back soon'");
        assertThat(rig.service("web").live()).isEqualTo(LiveOptions.NONE);
    }

    @Test
    void shouldAskForCertificatesWithoutATextAndNoteWhereNobodyCanShowOne() {
        assertThat(text(asking(), A.route("a.example"))).isEqualTo(PLAIN);
        assertThat(rig.service("web").live()).isEqualTo(LiveOptions.NONE.withClientCertificate());
        assertThat(rig.codes("web")).containsExactly("no-client-certificate");

        rig.renderer.define(withClientCa("staff"));
        rig.step();
        assertThat(rig.codes("web")).isEmpty();

        rig.renderer.define(withClientCa(""));
        rig.step();
        assertThat(rig.codes("web")).containsExactly("no-client-certificate");
    }

    private static HttpPolicy asking() {
        return new HttpPolicy(
                List.of(),
                PathRules.NONE,
                Redirects.NONE,
                null,
                null,
                null,
                Access.NONE,
                null,
                null,
                null,
                List.of(),
                true);
    }

    @SuppressWarnings("NullAway") // a nested type's @Nullable is not seen across modules
    private static GroupDefinition withClientCa(String name) {
        GroupDefinition group = Rig.DEFAULT;
        return new GroupDefinition(
                group.name(),
                group.selector(),
                List.of(
                        new GroupDefinition.EntryPoint(
                                "https",
                                new GroupDefinition.Listen("", 443),
                                new GroupDefinition.Tls(
                                        GroupDefinition.TlsProfile.MODERN, name, true),
                                null,
                                false,
                                List.of())),
                group.oldestHaproxy(),
                group.addressMode(),
                group.network(),
                group.defaults(),
                group.statistics(),
                group.spares(),
                group.accessLog());
    }

    @Test
    void shouldLetNobodyInWithoutAUser() {
        assertThat(text(http(PathRules.NONE, new Auth("x", List.of()), null)))
                .last()
                .isEqualTo("    http-request auth realm x");
    }

    @Test
    void shouldBeAnotherPartWithAnotherUser() {
        List<String> ann = text(http(PathRules.NONE, auth("ann"), null));
        String hash = PartHash.of(rig.service("web"));
        List<String> bob = text(http(PathRules.NONE, auth("bob"), null));

        assertThat(ann).isNotEqualTo(bob);
        assertThat(PartHash.of(rig.service("web"))).isNotEqualTo(hash);
    }

    @Test
    void shouldKeepTheLastGoodPartWhereHaproxyCannotHaveThePolicy() {
        List<String> good = text(http(PathRules.NONE, auth("ann"), null));

        assertThat(text(http(PathRules.NONE, auth("a:n"), null))).isEqualTo(good);
        assertThat(rig.renderer.unrendered()).containsOnlyKeys("service/web");
    }

    private static List<String> golden() {
        try (InputStream file = ServiceHttpTest.class.getResourceAsStream("/golden/http.txt")) {
            return new String(Objects.requireNonNull(file).readAllBytes(), US_ASCII)
                    .lines()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Auth auth(String user) {
        return new Auth("x", List.of(new User(user, HASH)));
    }

    private static HttpPolicy http(
            PathRules path, @Nullable Auth auth, @Nullable Maintenance maintenance) {
        return new HttpPolicy(
                List.of(),
                path,
                Redirects.NONE,
                null,
                null,
                auth,
                Access.NONE,
                null,
                null,
                maintenance,
                List.of());
    }

    private List<String> text(HttpPolicy http, Route... routes) {
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
        rig.take(A.container("c1").of("web", routes).with(policy).at(2));
        ConfigRecord.Service service = rig.service("web");
        return service.backend();
    }
}
