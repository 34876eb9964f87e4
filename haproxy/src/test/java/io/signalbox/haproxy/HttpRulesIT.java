package io.signalbox.haproxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.haproxy.Configuration.Backend;
import io.signalbox.haproxy.Configuration.PlacedServer;
import io.signalbox.haproxy.RealHaproxy.Release;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What real clients and a real application see of everything that is done to HTTP. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class HttpRulesIT {

    @TempDir static Path secrets;

    @TempDir Path directory;

    private Peer application;
    private int port;
    private int tlsPort;

    @BeforeAll
    static void makeCertificate() throws Exception {
        Keytool.localhost(certificate());
    }

    @BeforeEach
    void startApplication() throws IOException {
        port = RealHaproxy.freePort();
        tlsPort = RealHaproxy.freePort();
        application =
                Peer.echoing(
                        "Content-Type: text/plain",
                        "Server: application",
                        "X-App: application",
                        "X-More: a",
                        "Access-Control-Allow-Origin: *",
                        "access-control-allow-private-network: true");
    }

    @AfterEach
    void stopApplication() {
        application.close();
    }

    @ParameterizedTest
    @EnumSource
    void shouldDoToRequestsAndResponsesWhatIsSaid(Release release) throws Exception {
        var cases = HttpCases.all();
        var files = files(release, cases);
        assertThat(RealHaproxy.check(release, directory, files)).isEmpty();
        try (var _ = RealHaproxy.start(release, directory, files)) {
            for (var one : cases) {
                assertThat(AllowedText.problem(one.rules().lines())).as(one.name()).isEmpty();
                for (var exchange : one.exchanges()) {
                    exchange.check(one.name(), port, tlsPort);
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldTakeWhateverItsTypesLetThrough(Release release) {
        Seeded.check(
                5,
                random -> {
                    var cases = new ArrayList<HttpCases.Case>();
                    for (var i = 0; i < 100; i++) {
                        cases.add(new HttpCases.Case("s" + i, RandomRules.of(random), List.of()));
                    }
                    assertThat(RealHaproxy.check(release, directory, files(release, cases)))
                            .isEmpty();
                });
    }

    private Configuration.Files files(Release release, List<HttpCases.Case> cases) {
        var backends = new ArrayList<Backend>();
        var routes = new TreeMap<RouteKey, ServiceName>();
        for (var one : cases) {
            var service = new ServiceName(one.name());
            var text = new ArrayList<>(BackendSettings.of(Balance.ROUNDROBIN).lines());
            text.addAll(one.rules().lines());
            backends.add(new Backend(service, service.backend(), text, servers(service)));
            routes.put(new RouteKey(service + ".example", "/"), service);
        }
        routes.put(new RouteKey("", "/nohost"), new ServiceName("https"));
        routes.put(new RouteKey("old.example", "/"), new ServiceName("host"));
        routes.put(new RouteKey("www.example", "/"), new ServiceName("host"));
        return new Configuration(frame(), backends, List.of(), routes, 1, 1)
                .files(RealHaproxy.local(directory), release.version().capabilities());
    }

    private List<PlacedServer> servers(ServiceName service) {
        var server =
                new Server(
                        service.server("0123456789ab"),
                        application.address(),
                        1,
                        1,
                        CheckSettings.NONE);
        return service.value().equals("noserver")
                ? List.of()
                : List.of(new PlacedServer(server, true));
    }

    /** A frame that listens for TLS too, and believes who says to be a proxy before it. */
    private Frame frame() {
        var frame = Frame.of(Samples.frame(new ListenAddress("127.0.0.1", port)));
        var sections = new ArrayList<>(frame.sections());
        sections.add(2, "    bind 127.0.0.1:" + tlsPort + " ssl crt " + certificate());
        sections.add(
                sections.indexOf("    http-request set-header X-Forwarded-Proto http") + 1,
                "    http-request set-header X-Forwarded-Proto https if"
                        + " { req.fhdr(x-test-proxy) https }");
        return new Frame(frame.global(), frame.defaults(), sections);
    }

    private static Path certificate() {
        return secrets.resolve("localhost.pem");
    }
}
