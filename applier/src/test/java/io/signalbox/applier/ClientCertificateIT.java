package io.signalbox.applier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.applier.certificates.Make;
import io.signalbox.haproxy.AccessRules;
import io.signalbox.haproxy.BackendSettings;
import io.signalbox.haproxy.Balance;
import io.signalbox.haproxy.TcpRules;
import io.signalbox.schemas.ApplyResult.How;
import io.signalbox.schemas.ConfigRecord.HeldRoute;
import io.signalbox.schemas.GroupDefinition.EntryPoint;
import io.signalbox.schemas.GroupDefinition.Listen;
import io.signalbox.schemas.GroupDefinition.Tcp;
import io.signalbox.schemas.GroupDefinition.Tls;
import io.signalbox.schemas.GroupDefinition.TlsProfile;
import io.signalbox.schemas.LiveOptions;
import io.signalbox.schemas.RouteMatch;
import io.signalbox.schemas.RouteMatch.HostKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Services that only clients with a certificate may use, beside others at the same address. */
@Timeout(value = 90, unit = TimeUnit.SECONDS)
class ClientCertificateIT {
    private static final LiveOptions ASKING = LiveOptions.NONE.withClientCertificate();
    private static final TlsClient ANONYMOUS = TlsClient.anonymous();

    @TempDir Path directory;

    private final String pem = Make.pem("client.example");
    private final TlsClient client = TlsClient.with(pem);
    private final int plain = ApplierIT.freePort();
    private final int open = ApplierIT.freePort();
    private final int offering = ApplierIT.freePort();
    private final int demanding = ApplierIT.freePort();
    private final int connections = ApplierIT.freePort();
    private EchoApp app;

    ClientCertificateIT() throws IOException {}

    @BeforeEach
    void start() throws IOException {
        app = new EchoApp();
        Files.createDirectories(directory.resolve("store/client-ca"));
        Files.writeString(directory.resolve("store/default.pem"), Make.pem("proxy.example"));
        Files.writeString(directory.resolve("store/client-ca/staff.pem"), Make.open(pem));
    }

    @AfterEach
    void stop() {
        app.close();
    }

    @SuppressWarnings("NullAway") // a nested type's @Nullable is not seen across modules
    private static EntryPoint entry(
            String name, int port, @Nullable Tls tls, @Nullable Tcp tcp, String... trusted) {
        Listen listen = new Listen("127.0.0.1", port);
        return new EntryPoint(name, listen, tls, null, false, List.of(trusted), tcp);
    }

    private static Tls tls(String clientCa, boolean optional) {
        return new Tls(TlsProfile.INTERMEDIATE, clientCa, optional);
    }

    private GroupTopic begin(Rig rig) throws Exception {
        GroupTopic topic =
                new GroupTopic(rig::offer)
                        .frame(
                                entry("plain", plain, null, null, "127.0.0.0/8"),
                                entry("open", open, tls("", false), null),
                                entry("offering", offering, tls("staff", true), null),
                                entry("demanding", demanding, tls("staff", false), null),
                                entry("tcp", connections, tls("staff", true), Tcp.ALL))
                        .service("public", "public.example", app.server("public"));
        rig.awaitServing(topic.manifest());
        return topic;
    }

    private static String request(String host, String... headers) {
        String more = String.join("", List.of(headers));
        return "GET / HTTP/1.1\r\nHost: " + host + more;
    }

    @ParameterizedTest
    @MethodSource("io.signalbox.applier.Binaries#all")
    void shouldRefuseRequestsWithoutACertificateOfOneServiceAlone(Path binary) throws Exception {
        try (Rig rig = Rig.start(binary, directory)) {
            GroupTopic topic = begin(rig);
            String request = request("staff.example");
            topic.service("staff", "staff.example", GroupTopic.PLAIN, ASKING, app.server("staff"));
            assertThat(rig.awaitServing(topic.manifest()).how()).isEqualTo(How.RUNTIME);

            assertThat(ANONYMOUS.send(offering, "", request)).startsWith("HTTP/1.1 403");
            assertThat(client.send(offering, "", request))
                    .startsWith("HTTP/1.1 200")
                    .contains("x-ssl-client-dn: CN=client.example");
            assertThat(client.send(offering, "", request)).as("again").startsWith("HTTP/1.1 200");
            assertThat(client.send(demanding, "", request)).startsWith("HTTP/1.1 200");
            assertThat(client.send(open, "", request)).startsWith("HTTP/1.1 403");
            assertThat(TlsClient.sendPlain(plain, request)).startsWith("HTTP/1.1 403");
            String spoofed =
                    request(
                            "staff.example",
                            "\r\nX-Forwarded-Proto: https\r\nX-SSL-Client-DN: CN=client.example");
            assertThat(TlsClient.sendPlain(plain, spoofed)).startsWith("HTTP/1.1 403");
            assertThat(ANONYMOUS.send(offering, "", request("public.example")))
                    .startsWith("HTTP/1.1 200");

            topic.service(
                    "staff",
                    "staff.example",
                    GroupTopic.PLAIN,
                    LiveOptions.NONE,
                    app.server("staff"));
            assertThat(rig.awaitServing(topic.manifest()).how()).isEqualTo(How.RUNTIME);
            assertThat(ANONYMOUS.send(offering, "", request)).startsWith("HTTP/1.1 200");
        }
    }

    @ParameterizedTest
    @MethodSource("io.signalbox.applier.Binaries#all")
    void shouldLetNoSessionOfOneEntryPointOpenAnother(Path binary) throws Exception {
        try (Rig rig = Rig.start(binary, directory);
                TcpApp tcp = TcpApp.plain("hello")) {
            GroupTopic topic = begin(rig);
            topic.routed(
                    "tcp",
                    new TcpRules(AccessRules.NONE, null, false, true)
                            .lines(BackendSettings.of(Balance.ROUNDROBIN)),
                    List.of(
                            new HeldRoute(
                                    "", "/", Instant.EPOCH, RouteMatch.tcp("tcp", HostKind.EXACT))),
                    tcp.server("tcp", false));
            rig.awaitServing(topic.manifest());
            String request = request("public.example");

            TlsClient guest = TlsClient.anonymous();
            assertThat(guest.resume(open, request)).startsWith("HTTP/1.1 200");
            assertThat(guest.resume(offering, request)).startsWith("HTTP/1.1 200");
            assertThatThrownBy(() -> guest.resume(demanding, request))
                    .isInstanceOf(IOException.class);

            assertThat(ANONYMOUS.send(connections, "", request)).isEmpty();
            assertThat(client.send(connections, "", request)).startsWith("hello");
        }
    }
}
