package io.signalbox.registry.core.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.schemas.Declaration;
import io.signalbox.schemas.Declaration.Route;
import io.signalbox.schemas.HttpPolicy;
import io.signalbox.schemas.Policy;
import io.signalbox.schemas.Rejection;
import io.signalbox.schemas.RouteMatch.HostKind;
import io.signalbox.schemas.RouteMatch.PathKind;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DockerFlowTest {
    private static final Containers APP =
            Containers.named("go-demo").tcp(8080).label("com.df.notify", "true");
    private static final Containers DEMO = say(say(APP, "servicePath", "/demo"), "port", "8080");

    @Test
    void shouldServeTheArticlesService() {
        Declared declared = DEMO.declared();

        assertThat(declared.rejections()).isEmpty();
        Declaration declaration = only(declared);
        assertThat(declaration.service()).isEqualTo("go-demo");
        assertThat(declaration.dialect()).isEqualTo("docker-flow");
        assertThat(declaration.port()).isEqualTo(8080);
        assertThat(declaration.groups()).containsExactly("default");
        assertThat(declaration.routes()).containsExactly(new Route("r1", "", "/demo"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"false", "", "no"})
    void shouldWithdrawWhatIsNotNotifiedAnyMore(String notify) {
        assertThat(say(DEMO, "notify", notify).declared()).isEqualTo(Declared.NOTHING);
    }

    @Test
    void shouldSayThatNotifyIsMissing() {
        Declared declared =
                Containers.named("a").tcp(80).label("com.df.servicePath", "/x").declared();

        assertThat(declared.declarations()).isEmpty();
        assertThat(declared.rejections())
                .extracting(Rejection::code, Rejection::suggestion)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("not-enabled", "com.df.notify"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                ";/demo;/demo",
                ";/demo,/api;/demo /api",
                "path_beg;/demo;^/demo",
                "path_beg -i;/demo;^/demo",
                "path;/demo;=/demo",
                "path_end;.png;~.*\\.png",
                "path_sub;/x;~.*/x.*",
                "path_dir;/js/;~/(.*/)?js(/.*)?",
                "path_reg;^/v[0-9]+;~/v[0-9]+.*",
                "path_reg;(png|jpg)$;~.*(png|jpg)"
            })
    void shouldMatchPathsAsTheirTypeSays(String type, String paths, String expected) {
        Containers app = say(DEMO, "servicePath", paths);
        Declared declared = (type == null ? app : say(app, "pathType", type)).declared();

        assertThat(declared.rejections()).isEmpty();
        assertThat(only(declared).routes())
                .extracting(DockerFlowTest::pathOf)
                .containsExactly(expected.split(" ", -1));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                ";Acme.com;acme.com",
                ";*.acme.com;*.acme.com",
                ";*acme.com;~.*acme\\.com",
                "hdr(host);acme.com,b.com;acme.com b.com",
                "hdr_beg(host);acme.com;acme.com",
                "hdr_beg(host);api.;api.*",
                "hdr_beg(host);api;~api.*",
                "hdr_dom(host);acme.com;acme.com *.acme.com",
                "hdr_end(host);.acme.com;*.acme.com",
                "hdr_end(host);acme.com;acme.com *.acme.com",
                "hdr_sub(host);acme;~.*acme.*",
                "hdr_reg(host);^S[0-9]\\.acme\\.com$;~s[0-9]\\.acme\\.com",
                "hdr_reg(host);acme;~.*acme.*"
            })
    void shouldMatchDomainsAsTheirAlgorithmSays(String algorithm, String domains, String hosts) {
        Containers app = say(say(APP, "port", "8080"), "serviceDomain", domains);
        Declared declared =
                (algorithm == null ? app : say(app, "serviceDomainAlgo", algorithm)).declared();

        assertThat(declared.rejections()).isEmpty();
        assertThat(only(declared).routes())
                .extracting(DockerFlowTest::hostOf)
                .containsExactlyInAnyOrder(hosts.split(" ", -1));
    }

    @Test
    void shouldMatchAllOfADomainAsTheOldWordSays() {
        Containers app = say(say(APP, "port", "8080"), "serviceDomain", "acme.com");

        assertThat(only(say(app, "serviceDomainMatchAll", "true").declared()).routes())
                .extracting(Route::host)
                .containsExactly("acme.com", "*.acme.com");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "srcPort;80;scheme http",
                "srcPort;443;scheme https",
                "srcPort;8081;port-8081",
                "denyHttp;true;scheme https",
                "servicePathExclude;/demo/x,/demo/y;not /demo/x, /demo/y",
                "serviceHeader;X-Version:2;x-version 2",
                "userAgent;curl;user-agent curl",
                "allowedMethods;GET,POST;GET HEAD POST",
                "deniedMethods;PUT,DELETE;CONNECT GET HEAD OPTIONS PATCH POST TRACE"
            })
    void shouldAskOfRequestsWhatLabelsSay(String key, String value, String expected) {
        Declared declared = say(DEMO, key, value).declared();

        assertThat(declared.rejections()).isEmpty();
        String match = String.valueOf(only(declared).routes().getFirst().match());
        for (String word : expected.replace("not ", "").replace(",", "").split(" ", -1)) {
            assertThat(match).contains(word);
        }
    }

    @Test
    void shouldReadIndexesWithDefaultsUpToTheFirstThatLeadsNowhere() {
        Containers app = say(say(APP, "port", "8080"), "serviceDomain", "acme.com");
        app = say(say(app, "servicePath.1", "/a"), "servicePath.2", "/b");
        app = say(say(app, "port.2", "9090"), "servicePath.4", "/d");

        Declared declared = app.declared();

        assertThat(declared.declarations())
                .extracting(Declaration::service, Declaration::port)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("go-demo", 8080),
                        org.assertj.core.groups.Tuple.tuple("go-demo.2", 9090));
        assertThat(declared.declarations().get(1).routes())
                .containsExactly(new Route("r1", "acme.com", "/b"));
        assertThat(declared.rejections())
                .extracting(Rejection::code, Rejection::key)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(
                                "unread-index", "com.df.servicePath.4"));
    }

    @Test
    void shouldMakeOneServiceOfDestinationsThatDifferInRoutesAlone() {
        Containers app = say(say(APP, "port", "8080"), "servicePath.1", "/a");

        assertThat(only(say(app, "servicePath.2", "/b").declared()).routes()).hasSize(2);
    }

    @Test
    void shouldSendTlsToItsOwnPort() {
        Declared declared = say(DEMO, "httpsPort", "8443").declared();

        assertThat(declared.declarations())
                .extracting(Declaration::service, Declaration::port)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("go-demo", 8080),
                        org.assertj.core.groups.Tuple.tuple("go-demo.https", 8443));
        assertThat(schemeOf(declared.declarations().get(0))).isEqualTo("http");
        assertThat(schemeOf(declared.declarations().get(1))).isEqualTo("https");
    }

    @Test
    void shouldTreatRequestsAsLabelsSay() {
        Containers app = say(say(DEMO, "httpsOnly", "true"), "httpsRedirectCode", "301");
        app = say(say(app, "timeoutServer", "30"), "timeoutTunnel", "60");
        app = say(say(app, "sessionType", "sticky-server"), "sslVerifyNone", "true");
        app = say(say(app, "compressionAlgo", "gzip"), "compressionType", "text/html text/css");
        app = say(say(app, "verifyClientSsl", "true"), "reqPathSearchReplace", "^/demo/,/");
        app = say(app, "setReqHeader", "X-Forwarded-Proto https if { ssl_fc },X-Color blue");
        app = say(app, "addResHeader", "X-Frame \"a b\",X-Two b\\ c");
        app = say(app, "delResHeader", "X-Powered-By");

        Declared declared = app.declared();

        assertThat(declared.rejections()).isEmpty();
        Policy policy = only(declared).policy();
        assertThat(policy.timeouts().server()).isEqualTo(Duration.ofSeconds(30));
        assertThat(policy.timeouts().tunnel()).isEqualTo(Duration.ofSeconds(60));
        assertThat(policy.sticky()).isNotNull();
        assertThat(policy.servers().protocol()).isEqualTo(Policy.Servers.Protocol.HTTPS);
        HttpPolicy http = policy.http();
        assertThat(http.redirects().https()).isEqualTo(301);
        assertThat(http.clientCertificate()).isTrue();
        assertThat(Objects.requireNonNull(http.compression()).types())
                .containsExactly("text/html", "text/css");
        assertThat(http.path().rewrites())
                .containsExactly(new HttpPolicy.PathRewrite("^/demo/(.*)$", "/\\1"));
        assertThat(http.headers())
                .extracting(HttpPolicy.HeaderRule::name, HttpPolicy.HeaderRule::value)
                .containsExactlyInAnyOrder(
                        org.assertj.core.groups.Tuple.tuple("X-Color", "blue"),
                        org.assertj.core.groups.Tuple.tuple("X-Frame", "a b"),
                        org.assertj.core.groups.Tuple.tuple("X-Two", "b c"),
                        org.assertj.core.groups.Tuple.tuple("X-Powered-By", ""));
    }

    @Test
    void shouldRedirectFromOtherDomains() {
        Containers app = say(say(APP, "port", "8080"), "serviceDomain", "acme.com");

        Declaration declaration = only(say(app, "redirectFromDomain", "www.acme.com").declared());

        assertThat(declaration.routes())
                .extracting(Route::host)
                .containsExactly("acme.com", "www.acme.com");
        assertThat(declaration.policy().http().redirects().hosts())
                .containsExactly(new HttpPolicy.HostRedirect("www.acme.com", "acme.com", 301));
    }

    @Test
    void shouldLeavePasswordsOfASecretToTheListOfEachProxy() {
        Declared declared = say(DEMO, "usersSecret", "admins").declared();

        HttpPolicy.Auth auth = Objects.requireNonNull(only(declared).policy().http().auth());
        assertThat(auth.users()).isEmpty();
        assertThat(auth.list()).isEqualTo("admins");
        assertThat(declared.rejections()).isEmpty();
    }

    @Test
    void shouldAskNoPasswordOnlyWhereADestinationSaysSo() {
        Containers app = say(say(APP, "port", "8080"), "servicePath.1", "/a");
        app = say(say(app, "servicePath.2", "/open"), "ignoreAuthorization.2", "true");

        Declared declared = say(app, "usersSecret", "admins").declared();

        assertThat(declared.declarations())
                .extracting(one -> one.policy().http().auth() == null)
                .containsExactly(false, true);
        assertThat(declared.declarations().get(1).routes())
                .extracting(Route::path)
                .containsExactly("/open");
    }

    @Test
    void shouldTakeWhatNoRouteTakesUnderTheSameConditions() {
        Containers app = say(say(DEMO, "isDefaultBackend", "true"), "denyHttp", "true");

        assertThat(only(app.declared()).routes())
                .extracting(Route::path, one -> Objects.requireNonNull(one.match()).scheme())
                .containsExactlyInAnyOrder(
                        org.assertj.core.groups.Tuple.tuple("/", "https"),
                        org.assertj.core.groups.Tuple.tuple("/demo", "https"));
    }

    @Test
    void shouldBeServedByTheGroupThatItsProxyIs() {
        assertThat(only(say(DEMO, "proxyInstanceName", "inner").declared()).groups())
                .containsExactly("inner");
        assertThat(only(say(DEMO, "proxyInstanceName", "docker-flow").declared()).groups())
                .containsExactly("default");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "reqMode;tcp;no-port;com.df.srcPort",
                "reqMode;udp;bad-mode;signalbox.tcp.<name>.port",
                "pathType;hdr(x);bad-path;signalbox.path",
                "serviceDomainAlgo;src;bad-host;signalbox.host",
                "verifyClientSsl;perhaps;bad-boolean;",
                "outboundHostname;db;not-followed;",
                "templateFePath;/x;not-followed;signalbox.host",
                "templateBePath;/x;not-followed;signalbox.timeout.server",
                "backendExtra;acl x;not-followed;signalbox.headers.response.set.<Name>",
                "notifyService;monitor;not-followed;signalbox.group",
                "users.1;a:b;not-followed;com.df.users",
                "srcPort;http;bad-port;",
                "denyHttp;yes;bad-boolean;",
                "allowedMethods;;bad-method;"
            })
    void shouldServeNothingWithoutWhatKeepsRequestsOut(
            String key, String value, String code, String alternative) {
        Containers app = say(DEMO, "serviceDomain", "acme.com");
        Declared declared = say(app, key, value == null ? "" : value).declared();

        assertThat(declared.declarations()).isEmpty();
        Rejection rejection = declared.rejections().getFirst();
        assertThat(rejection.code()).isEqualTo(code);
        assertThat(rejection.key()).isEqualTo("com.df." + key);
        assertThat(rejection.suggestion()).isEqualTo(alternative);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "serviceCert;sha256:00;not-followed",
                "connectionMode;httpclose;not-followed",
                "sessionType;x;bad-sticky",
                "compressionAlgo;deflate;bad-compress",
                "setReqHeader;X-A b if { ssl_fc };bad-header",
                "setReqHeader;X-A %[src];bad-header",
                "timeoutServer;1m;bad-timeout",
                "reqPathSearchReplace;/a,/b:/c,/d;bad-rewrite",
                "reqPathSearchReplace;demo,x;bad-rewrite",
                "servcePath;/x;unknown-key"
            })
    void shouldServeWithoutWhatOnlyTreatsRequests(String key, String value, String code) {
        Declared declared = say(DEMO, key, value).declared();

        assertThat(declared.declarations()).hasSize(1);
        assertThat(declared.rejections()).extracting(Rejection::code).containsExactly(code);
    }

    @Test
    void shouldNameWhatADestinationLacks() {
        assertThat(say(APP, "servicePath", "/x").declared().rejections())
                .extracting(Rejection::code)
                .containsExactly("no-port");
        assertThat(say(APP, "port", "80").declared().rejections())
                .extracting(Rejection::code)
                .containsExactly("no-route");
    }

    private static Containers say(Containers app, String key, String value) {
        return app.label("com.df." + key, value);
    }

    private static String schemeOf(Declaration declaration) {
        return Objects.requireNonNull(declaration.routes().getFirst().match()).scheme();
    }

    static String pathOf(Route route) {
        PathKind kind =
                route.match() == null
                        ? PathKind.PREFIX
                        : Objects.requireNonNull(route.match()).pathKind();
        return switch (kind) {
            case PREFIX, WILDCARD -> route.path();
            case EXACT -> "=" + route.path();
            case BEGINNING -> "^" + route.path();
            case REGEX -> "~" + route.path();
        };
    }

    static String hostOf(Route route) {
        boolean regex =
                route.match() != null
                        && Objects.requireNonNull(route.match()).hostKind() == HostKind.REGEX;
        return (regex ? "~" : "") + route.host();
    }

    private static Declaration only(Declared declared) {
        List<Declaration> all = declared.declarations();
        assertThat(all).as("%s", declared.rejections()).hasSize(1);
        return all.getFirst();
    }
}
