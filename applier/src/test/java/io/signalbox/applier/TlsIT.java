package io.signalbox.applier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.signalbox.applier.certificates.Make;
import io.signalbox.schemas.ApplyResult;
import io.signalbox.schemas.ConfigRecord.Note;
import io.signalbox.schemas.GroupDefinition.EntryPoint;
import io.signalbox.schemas.GroupDefinition.HttpsRedirect;
import io.signalbox.schemas.GroupDefinition.Listen;
import io.signalbox.schemas.GroupDefinition.Tls;
import io.signalbox.schemas.GroupDefinition.TlsProfile;
import java.io.IOException;
import java.net.http.HttpClient.Version;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Clients speak TLS with a real HAProxy, with certificates that come, change and go. */
@Timeout(value = 90, unit = TimeUnit.SECONDS)
class TlsIT {
    private static final String BINARIES = "io.signalbox.applier.Binaries#all";
    private static final TlsClient CLIENT = TlsClient.anonymous();
    private static final Duration SOON = Duration.ofSeconds(3);

    @TempDir Path directory;

    private EchoApp app;
    private int http;
    private int https;

    @BeforeEach
    void start() throws IOException {
        app = new EchoApp();
        http = ApplierIT.freePort();
        https = ApplierIT.freePort();
        Files.createDirectories(directory.resolve("store"));
    }

    @AfterEach
    void stop() {
        app.close();
    }

    private Rig serve(Path binary, EntryPoint... entries) throws InterruptedException {
        return Rig.serving(binary, directory, app, entries);
    }

    private void put(String file, String content) throws IOException {
        Path path = directory.resolve("store").resolve(file);
        Files.createDirectories(path.getParent());
        Path fresh = path.resolveSibling("." + path.getFileName());
        Files.writeString(fresh, content);
        Files.move(fresh, path, java.nio.file.StandardCopyOption.ATOMIC_MOVE);
    }

    private static String name(java.security.cert.X509Certificate certificate) {
        return certificate.getSubjectX500Principal().getName();
    }

    private String shown(String name) throws IOException {
        return name(TlsClient.shown(https, name));
    }

    @ParameterizedTest
    @MethodSource(BINARIES)
    void shouldChooseByNameAndFollowTheStoreWithoutAReload(Path binary) throws Exception {
        put("default.pem", Make.pem("standard.example"));
        put("a.pem", Make.pem("a.example"));
        try (Rig rig = serve(binary, EntryPoints.tls(https))) {
            long worker = rig.worker();
            assertThat(shown("a.example")).isEqualTo("CN=a.example");
            assertThat(shown("else.example")).isEqualTo("CN=standard.example");

            // Another one of the same name.
            String serial = TlsClient.serial(https, "a.example");
            long began = System.nanoTime();
            put("a.pem", Make.pem("a.example"));
            await().atMost(SOON)
                    .pollInterval(Duration.ofMillis(10))
                    .until(() -> !TlsClient.serial(https, "a.example").equals(serial));
            long tookMs = (System.nanoTime() - began) / 1_000_000;
            System.out.println("a replaced certificate serves after " + tookMs + " ms");
            assertThat(tookMs).isLessThan(1_000);

            // One more, another default, one less.
            put("b.crt", Make.open(Make.pem("b.example")));
            put("b.pem", Make.pem("b.example"));
            Files.delete(directory.resolve("store/b.crt"));
            put("default.pem", Make.pem("other.example"));
            await().atMost(SOON).until(() -> shown("b.example").equals("CN=b.example"));
            await().atMost(SOON).until(() -> shown("else.example").equals("CN=other.example"));
            Files.delete(directory.resolve("store/a.pem"));
            await().atMost(SOON).until(() -> shown("a.example").equals("CN=other.example"));

            assertThat(rig.worker()).isEqualTo(worker);
            assertThat(rig.counted("reloads")).isEqualTo(1);
            assertThat(rig.metrics.scrape())
                    .contains("signalbox_applier_certificate_not_after_seconds{name=\"b\"}")
                    .doesNotContain("signalbox_applier_certificate_not_after_seconds{name=\"a\"}");
        }
    }

    @ParameterizedTest
    @MethodSource(BINARIES)
    void shouldKeepTheLastGoodOneAndSaySo(Path binary) throws Exception {
        String good = Make.pem("a.example");
        put("a.pem", good);
        try (Rig rig = serve(binary, EntryPoints.tls(https))) {
            String serial = TlsClient.serial(https, "a.example");
            long worker = rig.worker();
            rig.results.clear();

            put("a.pem", Make.open(good) + Make.key(Make.pem("x.example")));
            ApplyResult result = rig.await(1);

            assertThat(result.reason()).isEqualTo("certificates");
            assertThat(result.leftOut()).extracting(Note::subject).contains("certificate/a");
            assertThat(TlsClient.serial(https, "a.example")).isEqualTo(serial);
            assertThat(rig.worker()).isEqualTo(worker);
            assertThat(rig.metrics.scrape()).contains("signalbox_applier_certificates_refused 1");

            put("a.pem", Make.pem("a.example"));
            assertThat(rig.await(1).leftOut()).isEmpty();
            await().atMost(SOON).until(() -> !TlsClient.serial(https, "a.example").equals(serial));
        }
    }

    @ParameterizedTest
    @MethodSource(BINARIES)
    void shouldRefuseWhatHaproxyWouldNotTake(Path binary) throws Exception {
        put("a.pem", Make.pem("a.example"));
        try (Rig rig = serve(binary, EntryPoints.tls(https))) {
            rig.results.clear();
            put("weak.pem", Make.weak());

            ApplyResult result = rig.await(1);

            assertThat(result.leftOut()).extracting(Note::subject).contains("certificate/weak");
            assertThat(result.leftOut().getFirst().message()).contains("HAProxy does not take it");
            assertThat(shown("a.example")).isEqualTo("CN=a.example");
        }
    }

    @ParameterizedTest
    @MethodSource(BINARIES)
    void shouldServeAnotherChainAndReloadOnceForOneThatIsTooLong(Path binary) throws Exception {
        String leaf = Make.pem("a.example");
        put("a.pem", leaf);
        try (Rig rig = serve(binary, EntryPoints.tls(https))) {
            assertThat(TlsClient.chain(https, "a.example")).isEqualTo(1);

            String issuer = Make.open(Make.pem("issuer.example"));
            put("a.pem", Make.open(leaf) + issuer + Make.key(leaf));
            await().atMost(SOON).until(() -> TlsClient.chain(https, "a.example") == 2);
            assertThat(rig.counted("reloads")).isEqualTo(1);

            String large = Make.open(Make.pem("label.".repeat(250) + "example"));
            put("a.pem", Make.open(leaf) + large.repeat(3) + Make.key(leaf));
            await().atMost(Duration.ofSeconds(10))
                    .ignoreExceptions()
                    .until(() -> TlsClient.chain(https, "a.example") == 4);
            put("b.pem", Make.pem("b.example"));
            await().atMost(SOON).until(() -> shown("b.example").equals("CN=b.example"));
            assertThat(rig.counted("reloads")).isEqualTo(2);
        }
    }

    @ParameterizedTest
    @MethodSource(BINARIES)
    void shouldLetNoClientInOfSignersWhoWereReplacedWhileNoApplierRan(Path binary)
            throws Exception {
        String before = Make.pem("before.example");
        String after = Make.pem("after.example");
        String request = "GET /x HTTP/1.1\r\nHost: localhost";
        put("client-ca/staff.pem", Make.open(before));
        EntryPoint entry = EntryPoints.tls(https, new Tls(TlsProfile.INTERMEDIATE, "staff", false));
        try (Rig killed = serve(binary, entry)) {
            assertThat(TlsClient.with(before).send(https, "", request)).contains("CN=before");
            killed.kill();
            put("client-ca/staff.pem", Make.open(after));

            try (Rig _ = Rig.start(binary, directory)) {
                await().atMost(Duration.ofSeconds(10))
                        .ignoreExceptions()
                        .until(
                                () ->
                                        TlsClient.with(after)
                                                .send(https, "", request)
                                                .contains("CN=after"));
                assertThatThrownBy(() -> TlsClient.with(before).send(https, "", request))
                        .isInstanceOf(IOException.class);
            }
        }
    }

    @ParameterizedTest
    @MethodSource(BINARIES)
    void shouldStartWithoutAnyCertificateAndTakeTheFirst(Path binary) throws Exception {
        try (Rig rig = serve(binary, EntryPoints.tls(https))) {
            assertThat(shown("a.example")).isEqualTo("CN=signalbox-self-signed.invalid");
            assertThat(CLIENT.get(https, "/x").statusCode()).isEqualTo(200);

            put("a.pem", Make.pem("a.example"));

            await().atMost(SOON).until(() -> shown("a.example").equals("CN=a.example"));
            await().atMost(SOON).until(() -> shown("else").equals("CN=a.example"));
            assertThat(rig.counted("reloads")).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @MethodSource(BINARIES)
    void shouldServeTheSameAfterAReloadAndARestart(Path binary) throws Exception {
        put("a.pem", Make.pem("a.example"));
        Rig first = Rig.start(binary, directory);
        GroupTopic topic = new GroupTopic(first::offer);
        topic.frame(EntryPoints.tls(https)).service("web", "localhost", app.server("web"));
        first.awaitServing(topic.manifest());
        put("b.pem", Make.pem("b.example"));
        await().atMost(SOON).until(() -> shown("b.example").equals("CN=b.example"));
        long worker = first.worker();

        topic.frame(EntryPoints.tls(https), EntryPoints.plain(http));
        first.awaitServing(topic.manifest());
        assertThat(first.worker()).isNotEqualTo(worker);
        assertThat(shown("b.example")).isEqualTo("CN=b.example");

        first.kill();
        put("b.pem", Make.pem("b.example"));
        String serial = TlsClient.serial(https, "b.example");
        long second = first.worker();
        try (Rig next = Rig.start(binary, directory)) {
            topic.replay(next::offer);
            await().atMost(SOON).until(() -> !TlsClient.serial(https, "b.example").equals(serial));
            assertThat(next.worker()).isEqualTo(second);
        }
    }

    @ParameterizedTest
    @MethodSource(BINARIES)
    @SuppressWarnings("NullAway") // a nested type's @Nullable is not seen across modules
    void shouldSendToTlsWithHostPathAndQuery(Path binary) throws Exception {
        EntryPoint redirect =
                new EntryPoint(
                        "http",
                        new Listen("127.0.0.1", http),
                        null,
                        new HttpsRedirect(308, 8443),
                        false,
                        List.of());
        try (Rig _ = serve(binary, redirect, EntryPoints.tls(https))) {
            assertThat(TlsClient.sendPlain(http, "GET /a/b?c=d%20e&f HTTP/1.1\r\nHost: x.y:80"))
                    .startsWith("HTTP/1.1 308")
                    .containsIgnoringCase("location: https://x.y:8443/a/b?c=d%20e&f\r\n");
            assertThat(TlsClient.sendPlain(http, "GET / HTTP/1.0")).startsWith("HTTP/1.1 400");
            assertThat(
                            TlsClient.sendPlain(
                                    http,
                                    "GET /.well-known/acme-challenge/t HTTP/1.1\r\nHost: localhost"))
                    .startsWith("HTTP/1.1 200")
                    .contains("uri: /.well-known/acme-challenge/t");
            // Whoever says so itself is not believed.
            assertThat(
                            TlsClient.sendPlain(
                                    http, "GET / HTTP/1.1\r\nHost: x\r\nX-Forwarded-Proto: https"))
                    .startsWith("HTTP/1.1 308");
        }
    }

    @ParameterizedTest
    @MethodSource(BINARIES)
    void shouldSpeakHttp2AndTellTheServerHowItWasAsked(Path binary) throws Exception {
        put("a.pem", Make.pem("localhost"));
        try (Rig _ = serve(binary, EntryPoints.tls(https))) {
            HttpResponse<String> answer = CLIENT.get(https, "/x");

            assertThat(answer.version()).isEqualTo(Version.HTTP_2);
            assertThat(answer.body().lines())
                    .contains(
                            "uri: /x",
                            "x-forwarded-for: 127.0.0.1",
                            "x-forwarded-proto: https",
                            "x-forwarded-host: localhost:" + https,
                            "x-forwarded-port: " + https);
        }
    }

    @ParameterizedTest
    @MethodSource(BINARIES)
    void shouldSpeakNoOlderVersionThanTheProfileSays(Path binary) throws Exception {
        put("a.pem", Make.pem("localhost"));
        Tls modern = new Tls(TlsProfile.MODERN, "", false);
        try (Rig _ = serve(binary, EntryPoints.tls(https), EntryPoints.tls(http, modern))) {
            assertThat(TlsClient.speaks(https, "TLSv1.2")).isTrue();
            assertThat(TlsClient.speaks(https, "TLSv1.3")).isTrue();
            assertThat(TlsClient.speaks(http, "TLSv1.2")).isFalse();
            assertThat(TlsClient.speaks(http, "TLSv1.3")).isTrue();
        }
    }

    @ParameterizedTest
    @MethodSource(BINARIES)
    void shouldLetOnlyClientsInThatShowACertificate(Path binary) throws Exception {
        String client = Make.pem("client.example");
        put("client-ca/staff.pem", Make.open(client));
        Tls optional = new Tls(TlsProfile.INTERMEDIATE, "staff", true);
        try (Rig rig =
                serve(
                        binary,
                        EntryPoints.tls(https, new Tls(TlsProfile.INTERMEDIATE, "staff", false)),
                        EntryPoints.tls(http, optional))) {
            String spoofed = "GET /x HTTP/1.1\r\nHost: localhost\r\nX-SSL-Client-DN: CN=root";
            assertThat(TlsClient.with(client).send(https, "", spoofed).lines())
                    .contains("x-ssl-client-dn: CN=client.example")
                    .anyMatch(line -> line.matches("x-ssl-client-sha1: [0-9A-F]{40}"))
                    .noneMatch(line -> line.contains("root"));
            assertThatThrownBy(() -> CLIENT.send(https, "", spoofed))
                    .isInstanceOf(IOException.class);
            TlsClient stranger = TlsClient.with(Make.pem("stranger.example"));
            assertThatThrownBy(() -> stranger.send(https, "", spoofed))
                    .isInstanceOf(IOException.class);

            assertThat(CLIENT.send(http, "", spoofed))
                    .startsWith("HTTP/1.1 200")
                    .doesNotContain("x-ssl-client");
            assertThat(TlsClient.with(client).send(http, "", spoofed))
                    .contains("x-ssl-client-dn: CN=client.example");
            assertThatThrownBy(() -> stranger.send(http, "", spoofed))
                    .isInstanceOf(IOException.class);

            // Others who sign take a reload.
            String other = Make.pem("other.example");
            put("client-ca/staff.pem", Make.open(other));
            await().atMost(Duration.ofSeconds(10))
                    .ignoreExceptions()
                    .until(
                            () ->
                                    TlsClient.with(other)
                                            .send(https, "", spoofed)
                                            .contains("CN=other"));
            assertThatThrownBy(() -> TlsClient.with(client).send(https, "", spoofed))
                    .isInstanceOf(IOException.class);
            assertThat(rig.counted("reloads")).isEqualTo(2);
        }
    }
}
