package io.signalbox.applier;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.applier.certificates.Certificate;
import io.signalbox.applier.certificates.CertificateKeeper;
import io.signalbox.applier.certificates.Make;
import io.signalbox.applier.certificates.OwnCertificate;
import io.signalbox.process.HostPort;
import io.signalbox.process.HttpEndpoint;
import io.signalbox.process.KeyPin;
import io.signalbox.process.Metrics;
import io.signalbox.process.Readiness;
import io.signalbox.process.StartFailure;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.NetworkInterface;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CertificateApiTest {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    @TempDir Path directory;

    private Path store;
    private HttpEndpoint http;
    private HostPort byTls;

    @BeforeEach
    void open() {
        Places places = Places.open(directory);
        CertificateKeeper keeper = Certificates.none(places);
        store = keeper.directory();
        http =
                HttpEndpoint.open(
                        "applier",
                        "key",
                        new HostPort("", 0),
                        new Readiness("applier"),
                        new Metrics("applier"));
        byTls =
                CertificateApi.serve(http, keeper, settings(""), directory, InstantSource.system())
                        .orElseThrow();
    }

    private static CertificateApiSettings settings(String certificate) {
        return new CertificateApiSettings(
                Optional.of("secret"),
                Optional.of(new HostPort("", 0)),
                certificate.isEmpty() ? Optional.empty() : Optional.of(Path.of(certificate)),
                false);
    }

    @AfterEach
    void close() {
        http.close();
    }

    private HttpResponse<String> ask(String method, String path, String token, String body)
            throws IOException, InterruptedException {
        String at = "http://127.0.0.1:" + http.address().port() + path;
        return ask(CLIENT, method, at, token, body);
    }

    private static HttpResponse<String> ask(
            HttpClient client, String method, String at, String token, String body)
            throws IOException, InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(at))
                        .method(method, BodyPublishers.ofString(body));
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    /** Where other machines would reach this one. */
    private static String outside() throws IOException {
        return NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(address -> address instanceof Inet4Address && !address.isLoopbackAddress())
                .findFirst()
                .orElseThrow()
                .getHostAddress();
    }

    @Test
    void shouldTakeKeysByTlsAndNotAsTheyAreFromElsewhere() throws Exception {
        String pem = Make.pem("a.example");
        String path = "/certificates/a";
        String plain = "http://" + outside() + ":" + http.address().port() + path;

        HttpResponse<String> refused = ask(CLIENT, "PUT", plain, "secret", pem);

        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(refused.body())
                .contains("SIGNALBOX_CERTIFICATES_LISTEN", "SIGNALBOX_CERTIFICATES_PLAIN");
        assertThat(store).doesNotExist();

        try (HttpClient client = TlsClient.anonymous().http()) {
            String at = "https://" + outside() + ":" + byTls.port() + path;
            assertThat(ask(client, "PUT", at, "secret2", pem).statusCode()).isEqualTo(401);
            assertThat(ask(client, "PUT", at, "secret", pem).statusCode()).isEqualTo(200);
        }
        assertThat(Files.readString(store.resolve("a.pem"))).isEqualTo(pem);
    }

    @Test
    void shouldShowTheSameCertificateAfterARestartOrTheOneThatIsGiven() throws Exception {
        Certificate own = settings("").shown(directory);
        assertThat(TlsClient.serial(byTls.port(), "any.example"))
                .isEqualTo(serial(settings("").shown(directory)));
        assertThat(OwnCertificate.pin(own))
                .isEqualTo(KeyPin.of(TlsClient.shown(byTls.port(), "any.example").getPublicKey()));
        assertThat(Files.getPosixFilePermissions(directory.resolve("api.pem")))
                .containsExactlyInAnyOrder(
                        PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

        Path given = directory.resolve("given.pem");
        Files.writeString(given, Make.pem("api.example"));
        assertThat(settings(given.toString()).shown(directory).names())
                .containsExactly("api.example");
        Files.writeString(given, Make.open(Make.pem("api.example")));
        assertThatThrownBy(() -> settings(given.toString()).shown(directory))
                .isInstanceOf(StartFailure.class)
                .hasMessageContaining("SIGNALBOX_CERTIFICATES_LISTEN_CERTIFICATE")
                .hasMessageContaining("has no private key");
    }

    private static String serial(Certificate certificate) throws Exception {
        return ((X509Certificate)
                        CertificateFactory.getInstance("X.509")
                                .generateCertificate(
                                        new ByteArrayInputStream(
                                                certificate.open().getBytes(UTF_8))))
                .getSerialNumber()
                .toString();
    }

    @Test
    void shouldStoreACertificateThatCanServeAndNeverShowItsKey() throws Exception {
        String pem = Make.pem("a.example");

        HttpResponse<String> put = ask("PUT", "/certificates/a", "secret", pem);

        assertThat(put.statusCode()).isEqualTo(200);
        assertThat(put.body()).contains("\"names\":[\"a.example\"]").doesNotContain("BEGIN");
        assertThat(Files.readString(store.resolve("a.pem"))).isEqualTo(pem);
    }

    @Test
    void shouldRefuseWhatCannotServe() throws Exception {
        HttpResponse<String> put =
                ask("PUT", "/certificates/a", "secret", Make.open(Make.pem("a.example")));

        assertThat(put.statusCode()).isEqualTo(422);
        assertThat(put.body()).contains("has no private key");
        assertThat(store).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Secret", "secret2"})
    void shouldAnswerNobodyElse(String token) throws Exception {
        for (String method : new String[] {"GET", "PUT", "DELETE"}) {
            String path = method.equals("GET") ? "/certificates" : "/certificates/a";
            assertThat(ask(method, path, token, Make.pem("a.example")).statusCode()).isEqualTo(401);
        }
        assertThat(store).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"..%2Fa", "%2e%2e", ".hidden", "a%20b", "a%2Fb"})
    void shouldRefuseNamesThatLeadElsewhere(String name) throws Exception {
        int status =
                ask("PUT", "/certificates/" + name, "secret", Make.pem("a.example")).statusCode();

        assertThat(status).isIn(400, 404, 405);
        assertThat(directory.resolve("a.pem")).doesNotExist();
        assertThat(store).doesNotExist();
    }

    @Test
    void shouldDeleteAllButTheLast() throws Exception {
        ask("PUT", "/certificates/a", "secret", Make.pem("a.example"));
        ask("PUT", "/certificates/b", "secret", Make.pem("b.example"));

        assertThat(ask("DELETE", "/certificates/a", "secret", "").statusCode()).isEqualTo(200);
        assertThat(ask("DELETE", "/certificates/a", "secret", "").statusCode()).isEqualTo(404);
        assertThat(ask("DELETE", "/certificates/b", "secret", "").statusCode()).isEqualTo(409);
        assertThat(store.resolve("a.pem")).doesNotExist();
        assertThat(store.resolve("b.pem")).exists();
    }

    @Test
    void shouldListWhatIsKnown() throws Exception {
        assertThat(ask("GET", "/certificates", "secret", "").body())
                .isEqualTo("{\"certificates\":[]}");
    }
}
