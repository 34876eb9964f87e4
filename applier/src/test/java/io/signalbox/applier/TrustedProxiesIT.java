package io.signalbox.applier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
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

/** Whose word on the client's address a real HAProxy takes. */
@Timeout(value = 90, unit = TimeUnit.SECONDS)
class TrustedProxiesIT {
    private static final String BINARIES = "io.signalbox.applier.Binaries#all";
    private static final TlsClient CLIENT = TlsClient.anonymous();
    private static final Duration SOON = Duration.ofSeconds(3);

    private static final String SPOOFED =
            String.join(
                    "\r\n",
                    "GET /x HTTP/1.1",
                    "Host: localhost",
                    "X-Forwarded-For: 198.51.100.7",
                    "X-Forwarded-Proto: https",
                    "X-Forwarded-Host: real.example",
                    "X-Forwarded-Port: 4443",
                    "X-Forwarded-User: root",
                    "Forwarded: for=192.0.2.3");

    @TempDir Path directory;

    private EchoApp app;
    private int http;
    private int https;

    @BeforeEach
    void start() throws IOException {
        app = new EchoApp();
        http = ApplierIT.freePort();
        https = ApplierIT.freePort();
    }

    @AfterEach
    void stop() {
        app.close();
    }

    @ParameterizedTest
    @MethodSource(BINARIES)
    void shouldBelieveNobodyButTrustedProxies(Path binary) throws Exception {
        try (Rig _ = Rig.serving(binary, directory, app, EntryPoints.plain(http))) {
            assertThat(TlsClient.sendPlain(http, SPOOFED).lines())
                    .contains(
                            "x-forwarded-for: 127.0.0.1",
                            "x-forwarded-proto: http",
                            "x-forwarded-host: localhost",
                            "x-forwarded-port: 80")
                    .noneMatch(line -> line.contains("198.51.100.7"))
                    .noneMatch(line -> line.contains("root"))
                    .noneMatch(line -> line.startsWith("forwarded"));
        }
        Path other = Files.createDirectories(directory.resolve("other"));
        try (Rig rig = Rig.serving(binary, other, app, EntryPoints.plain(http, "127.0.0.0/8"))) {
            List<String> answer = TlsClient.sendPlain(http, SPOOFED).lines().toList();

            assertThat(answer)
                    .contains(
                            "x-forwarded-for: 198.51.100.7",
                            "x-forwarded-for: 127.0.0.1",
                            "x-forwarded-proto: https",
                            "x-forwarded-host: real.example",
                            "x-forwarded-port: 4443")
                    .noneMatch(line -> line.startsWith("forwarded"));
            await().atMost(SOON)
                    .untilAsserted(
                            () ->
                                    assertThat(Files.readString(rig.places.accessLog()))
                                            .contains("\"client\":\"198.51.100.7\""));
        }
    }

    @ParameterizedTest
    @MethodSource(BINARIES)
    void shouldTakeTheProxyProtocol(Path binary) throws Exception {
        String said = "PROXY TCP4 198.51.100.9 192.0.2.1 5555 443\r\n";
        String request = "GET /x HTTP/1.1\r\nHost: localhost";
        try (Rig _ = Rig.serving(binary, directory, app, EntryPoints.proxiedTls(https))) {
            assertThat(CLIENT.send(https, said, request)).contains("x-forwarded-for: 198.51.100.9");
            assertThatThrownBy(() -> CLIENT.send(https, "", request))
                    .isInstanceOf(IOException.class);
        }
        Path other = Files.createDirectories(directory.resolve("other"));
        try (Rig _ =
                Rig.serving(
                        binary,
                        other,
                        app,
                        EntryPoints.proxiedTls(https, "10.0.0.0/8"),
                        EntryPoints.proxied(http, "127.0.0.0/8"))) {
            // From there: its word is taken, and not what the client says of itself.
            assertThat(TlsClient.sendPlain(http, said + SPOOFED).lines())
                    .contains("x-forwarded-for: 198.51.100.9", "x-forwarded-proto: http")
                    .noneMatch(line -> line.contains("198.51.100.7"));
            // Not from there: nobody believes it a header, and it needs none.
            assertThat(CLIENT.send(https, "", request)).contains("x-forwarded-for: 127.0.0.1");
            assertThatThrownBy(() -> CLIENT.send(https, said, request))
                    .isInstanceOf(IOException.class);
        }
    }
}
