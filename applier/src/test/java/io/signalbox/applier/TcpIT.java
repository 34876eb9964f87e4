package io.signalbox.applier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.applier.certificates.Make;
import io.signalbox.haproxy.AccessRules;
import io.signalbox.haproxy.BackendSettings;
import io.signalbox.haproxy.Balance;
import io.signalbox.haproxy.MapName;
import io.signalbox.haproxy.Network;
import io.signalbox.haproxy.RateLimit;
import io.signalbox.haproxy.TcpRules;
import io.signalbox.schemas.ApplyResult.How;
import io.signalbox.schemas.ConfigRecord.FurtherOptions;
import io.signalbox.schemas.ConfigRecord.HeldRoute;
import io.signalbox.schemas.ConfigRecord.ServerOptions;
import io.signalbox.schemas.GroupDefinition.EntryPoint;
import io.signalbox.schemas.GroupDefinition.Listen;
import io.signalbox.schemas.GroupDefinition.Tcp;
import io.signalbox.schemas.GroupDefinition.Tls;
import io.signalbox.schemas.GroupDefinition.TlsProfile;
import io.signalbox.schemas.Policy;
import io.signalbox.schemas.RouteMatch;
import io.signalbox.schemas.RouteMatch.HostKind;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Connections that are led as they are through a real HAProxy. */
@Timeout(value = 90, unit = TimeUnit.SECONDS)
class TcpIT {
    private static final Policy.Servers PROXY_PROTOCOL =
            new Policy.Servers(null, null, null, null, null, 1);

    private static final BackendSettings SETTINGS = BackendSettings.of(Balance.ROUNDROBIN);

    @TempDir Path directory;

    private final int plain = ApplierIT.freePort();
    private final int edge = ApplierIT.freePort();
    private final int tls = ApplierIT.freePort();

    TcpIT() throws IOException {}

    @SuppressWarnings("NullAway") // a nested type's @Nullable is not seen across modules
    private static EntryPoint entry(String name, int port, @Nullable Tls spoken, Tcp tcp) {
        return new EntryPoint(
                name, new Listen("127.0.0.1", port), spoken, null, false, List.of(), tcp);
    }

    /** A group need not lead requests at all. */
    private Rig serve(Path binary) throws IOException {
        Files.createDirectories(directory.resolve("store"));
        Files.writeString(directory.resolve("store/default.pem"), Make.pem("proxy.example"));
        return Rig.start(binary, directory);
    }

    private GroupTopic topic(Rig rig) {
        return new GroupTopic(rig::offer)
                .frame(
                        entry("plain", plain, null, Tcp.ALL),
                        entry("edge", edge, null, Tcp.BY_NAME),
                        entry(
                                "tls",
                                tls,
                                new Tls(TlsProfile.INTERMEDIATE, "", false),
                                Tcp.BY_NAME));
    }

    private static List<HeldRoute> route(String entryPoint, String name) {
        HostKind kind = name.startsWith("*") ? HostKind.WILDCARD : HostKind.EXACT;
        return List.of(new HeldRoute(name, "/", Instant.EPOCH, RouteMatch.tcp(entryPoint, kind)));
    }

    private static void lead(GroupTopic topic, String service, List<HeldRoute> routes, TcpApp app) {
        topic.routed(service, GroupTopic.TCP, routes, app.server(service, false));
    }

    @ParameterizedTest
    @MethodSource("io.signalbox.applier.Binaries#all")
    void shouldLeadConnectionsByEntryPointAndName(Path binary) throws Exception {
        try (Rig rig = serve(binary);
                TcpApp one = TcpApp.plain("one");
                TcpApp a = TcpApp.tls("a.example", Make.pem("a.example"));
                TcpApp b = TcpApp.tls("b.example", Make.pem("b.example"))) {
            GroupTopic topic = topic(rig);
            lead(topic, "one", route("plain", ""), one);
            lead(topic, "a", route("edge", "a.example"), a);
            lead(topic, "b", route("edge", "*.b.example"), b);
            lead(topic, "t", route("tls", "t.example"), one);
            rig.awaitServing(topic.manifest());
            long worker = rig.worker();

            // A server that speaks first is not kept waiting for its client.
            try (Socket client = connect(plain)) {
                assertThat(Streams.line(client.getInputStream())).isEqualTo("one");
                assertThat(said(client, "anything")).isEqualTo("anything");
            }

            // By name, untouched: clients see the certificate of the server itself.
            assertThat(shown(edge, "a.example")).isEqualTo("CN=a.example");
            assertThat(shown(edge, "A.Example")).isEqualTo("CN=a.example");
            assertThat(shown(edge, "x.b.example")).isEqualTo("CN=b.example");
            assertThat(shown(edge, "x.y.z.b.example")).isEqualTo("CN=b.example");
            assertThatThrownBy(() -> shown(edge, "b.example")).isInstanceOf(IOException.class);
            assertThatThrownBy(() -> shown(edge, "c.example")).isInstanceOf(IOException.class);
            try (Socket client = connect(edge)) {
                Streams.write(client.getOutputStream(), "no TLS at all\n");
                assertThat(isClosed(client)).isTrue();
            }

            // TLS ends here: clients see the proxy's certificate.
            try (Socket client = TlsClient.connect(tls, "t.example")) {
                assertThat(Streams.line(client.getInputStream())).isEqualTo("one");
                assertThat(said(client, "in TLS")).isEqualTo("in TLS");
            }
            assertThat(shown(tls, "t.example")).isEqualTo("CN=proxy.example");
            try (Socket client = TlsClient.connect(tls, "else.example")) {
                assertThat(isClosed(client)).isTrue();
            }

            // New services need no reload: by name, and for all that no name leads elsewhere.
            lead(topic, "c", route("edge", "c.b.example"), a);
            lead(topic, "rest", route("edge", ""), one);
            assertThat(rig.awaitServing(topic.manifest()).how()).isEqualTo(How.RUNTIME);
            assertThat(shown(edge, "c.b.example")).isEqualTo("CN=a.example");
            try (Socket client = connect(edge)) {
                Streams.write(client.getOutputStream(), "no TLS at all\n");
                assertThat(Streams.line(client.getInputStream())).isEqualTo("one");
            }

            // Nor do those that go.
            topic.remove("c").remove("rest");
            assertThat(rig.await(topic.manifest()).how()).isEqualTo(How.RUNTIME);
            assertThat(shown(edge, "c.b.example")).isEqualTo("CN=b.example");
            assertThatThrownBy(() -> shown(edge, "c.example")).isInstanceOf(IOException.class);
            assertThat(rig.entries(MapName.TCP))
                    .containsOnlyKeys(
                            "plain/", "edge/a.example", "edge/*.b.example", "tls/t.example");
            assertThat(rig.worker()).isEqualTo(worker);
            assertThat(rig.counted("reloads")).isEqualTo(1);
            Awaitility.await()
                    .atMost(Duration.ofSeconds(5))
                    .untilAsserted(
                            () ->
                                    assertThat(Files.readString(rig.places.accessLog()))
                                            .containsPattern(
                                                    "\"host\":\"a.example\".*\"entryPoint\":\"in_edge\","
                                                            + "\"service\":\"a\"")
                                            .containsPattern(
                                                    "\"host\":\"c.example\".*\"termination\":\"PR\""));
        }
    }

    @ParameterizedTest
    @MethodSource("io.signalbox.applier.Binaries#all")
    void shouldLeaveOpenConnectionsToTheirServer(Path binary) throws Exception {
        try (Rig rig = serve(binary);
                TcpApp one = TcpApp.plain("one");
                TcpApp two = TcpApp.plain("two")) {
            GroupTopic topic = topic(rig);
            lead(topic, "app", route("plain", ""), one);
            rig.awaitServing(topic.manifest());
            try (Socket client = connect(plain)) {
                assertThat(Streams.line(client.getInputStream())).isEqualTo("one");

                topic.routed(
                        "app",
                        GroupTopic.TCP,
                        route("plain", ""),
                        one.server("app", true),
                        two.server("app", false));
                rig.awaitServing(topic.manifest());
                assertThat(greeting(plain)).isEqualTo("two");
                assertThat(said(client, "still there")).isEqualTo("still there");

                lead(topic, "app", route("plain", ""), two);
                rig.awaitServing(topic.manifest());
                assertThat(said(client, "even now")).isEqualTo("even now");

                // Servers are told who the client is; that takes a reload, and no connection.
                topic.routed(
                        "app",
                        GroupTopic.TCP,
                        new ServerOptions(2_000, 3, 1, new FurtherOptions(false, PROXY_PROTOCOL)),
                        route("plain", ""),
                        two.server("app", false));
                assertThat(rig.awaitServing(topic.manifest()).how()).isEqualTo(How.RELOAD);
                try (Socket told = connect(plain)) {
                    assertThat(Streams.line(told.getInputStream())).isEqualTo("two");
                    assertThat(Streams.line(told.getInputStream()))
                            .isEqualTo(
                                    "PROXY TCP4 127.0.0.1 127.0.0.1 %d %d"
                                            .formatted(told.getLocalPort(), plain));
                }
                assertThat(said(client, "after a reload")).isEqualTo("after a reload");

                topic.remove("app");
                rig.await(topic.manifest());
                try (Socket late = connect(plain)) {
                    assertThat(isClosed(late)).isTrue();
                }
                assertThat(said(client, "and last")).isEqualTo("and last");
            }
        }
    }

    @ParameterizedTest
    @MethodSource("io.signalbox.applier.Binaries#all")
    void shouldCloseConnectionsOfWhoMayNotCome(Path binary) throws Exception {
        List<Network> here = List.of(new Network("127.0.0.0/8"));
        List<Network> elsewhere = List.of(new Network("192.0.2.0/24"));
        try (Rig rig = serve(binary);
                TcpApp app = TcpApp.plain("app")) {
            GroupTopic topic = topic(rig);
            guarded(topic, "denied", "plain", new AccessRules(List.of(), here), null, app);
            guarded(topic, "allowed", "tls", new AccessRules(here, elsewhere), null, app);
            RateLimit two = new RateLimit(2, Duration.ofHours(1));
            guarded(topic, "rated", "edge", AccessRules.NONE, two, app);
            rig.awaitServing(topic.manifest());

            try (Socket client = connect(plain)) {
                assertThat(isClosed(client)).isTrue();
            }
            try (Socket client = TlsClient.connect(tls, "any.example")) {
                assertThat(Streams.line(client.getInputStream())).isEqualTo("app");
            }
            for (int i = 0; i < 2; i++) {
                assertThat(greeted(edge)).isEqualTo("app");
            }
            assertThat(greeted(edge)).as("the third").isEmpty();

            guarded(topic, "denied", "plain", new AccessRules(elsewhere, List.of()), null, app);
            topic.routed(
                    "allowed",
                    new TcpRules(AccessRules.NONE, null, true).lines(SETTINGS),
                    route("tls", ""),
                    app.server("allowed", false));
            rig.awaitServing(topic.manifest());
            try (Socket client = connect(plain)) {
                assertThat(isClosed(client)).as("not among those allowed").isTrue();
            }
            try (Socket client = TlsClient.connect(tls, "any.example")) {
                assertThat(isClosed(client)).as("maintenance").isTrue();
            }
        }
    }

    private static void guarded(
            GroupTopic topic,
            String service,
            String entryPoint,
            AccessRules access,
            @Nullable RateLimit rate,
            TcpApp app) {
        topic.routed(
                service,
                new TcpRules(access, rate, false).lines(SETTINGS),
                route(entryPoint, ""),
                app.server(service, false));
    }

    /** What the server says to a client that speaks first; empty where there is none. */
    private static String greeted(int port) throws IOException {
        try (Socket client = connect(port)) {
            Streams.write(client.getOutputStream(), "no TLS at all\n");
            return Streams.line(client.getInputStream());
        } catch (java.net.SocketTimeoutException e) {
            throw e;
        } catch (IOException e) {
            return "";
        }
    }

    private static Socket connect(int port) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(8_000);
        return socket;
    }

    private static String greeting(int port) throws IOException {
        try (Socket client = connect(port)) {
            return Streams.line(client.getInputStream());
        }
    }

    private static String said(Socket client, String line) throws IOException {
        Streams.write(client.getOutputStream(), line + "\n");
        return Streams.line(client.getInputStream());
    }

    private static boolean isClosed(Socket client) throws IOException {
        try {
            return client.getInputStream().read() < 0;
        } catch (java.net.SocketTimeoutException e) {
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    private static String shown(int port, String name) throws IOException {
        return TlsClient.shown(port, name).getSubjectX500Principal().getName();
    }
}
