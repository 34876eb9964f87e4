package io.signalbox.applier;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.haproxy.ConfigPath;
import io.signalbox.haproxy.MapEntry;
import io.signalbox.haproxy.MapName;
import io.signalbox.haproxy.RuntimeCommand.SetMapEntry;
import io.signalbox.schemas.ApplyResult.How;
import io.signalbox.schemas.GroupDefinition.EntryPoint;
import io.signalbox.schemas.GroupDefinition.Listen;
import io.signalbox.schemas.HttpPolicy.Hsts;
import io.signalbox.schemas.LiveOptions;
import io.signalbox.schemas.LiveOptions.Closed;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What real clients see of options that HAProxy looks up, and that no change reloads. */
@Timeout(value = 90, unit = TimeUnit.SECONDS)
class OptionsIT {
    private static final String THROUGH_TLS = "X-Forwarded-Proto: https";
    private static final String WEB_SOCKET =
            "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                    + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==";
    private static final LiveOptions TO_TLS = redirect(308);
    private static final LiveOptions CLOSED =
            new LiveOptions(null, Closed.AT_ONCE, null, null, null);
    private static final LiveOptions PATIENT =
            new LiveOptions(
                    null,
                    null,
                    Duration.ofMillis(300),
                    Duration.ofMillis(500),
                    new Hsts(Duration.ofDays(365), true, true));

    @TempDir Path directory;

    private int port;

    @ParameterizedTest
    @MethodSource("io.signalbox.applier.Binaries#all")
    void shouldBringChangeAndTakeBackOptionsWithoutAReload(Path binary) throws Exception {
        try (Rig rig = Rig.start(binary, directory);
                SilentApp app = new SilentApp()) {
            GroupTopic topic = begin(rig);
            long worker = rig.worker();

            put(rig, topic, PATIENT, app);
            shouldKeepTimes();
            shouldSayHsts();
            for (int status : List.of(301, 302, 303, 307, 308)) {
                put(rig, topic, redirect(status), app);
                shouldSendToTls(status);
            }
            put(rig, topic, CLOSED, app);
            assertThat(get("/")).startsWith("HTTP/1.1 503").endsWith("is under maintenance.");
            put(rig, topic, LiveOptions.NONE, app);
            assertThat(get("/", THROUGH_TLS))
                    .startsWith("HTTP/1.1 200")
                    .doesNotContainIgnoringCase("strict-transport");
            assertThat(get("/silent")).isEqualTo("silence");
            assertThat(rig.entries(MapName.OPTIONS)).isEmpty();

            put(rig, topic, TO_TLS, app);
            topic.remove("web");
            assertThat(rig.await(topic.manifest()).how()).isEqualTo(How.RUNTIME);
            assertThat(rig.entries(MapName.OPTIONS)).isEmpty();
            assertThat(rig.worker()).isEqualTo(worker);
        }
    }

    @ParameterizedTest
    @MethodSource("io.signalbox.applier.Binaries#all")
    void shouldKeepOptionsThroughReloadsAndRepairThem(Path binary) throws Exception {
        try (Rig rig = Rig.start(binary, directory);
                SilentApp app = new SilentApp()) {
            GroupTopic topic = begin(rig);
            put(rig, topic, TO_TLS, app);

            topic.service(
                    "web",
                    "a.example",
                    guarded(),
                    new LiveOptions(308, Closed.IN_TURN, null, null, null),
                    app.server("web"));
            assertThat(rig.awaitServing(topic.manifest()).how()).isEqualTo(How.RELOAD);
            Map<String, String> options = Map.of("web", "308/2/////");
            assertThat(rig.entries(MapName.OPTIONS)).isEqualTo(options);
            assertThat(get("/")).startsWith("HTTP/1.1 308");
            assertThat(get("/", THROUGH_TLS)).startsWith("HTTP/1.1 403");
            assertThat(get("/", THROUGH_TLS, "X-Forwarded-For: 10.0.0.1"))
                    .startsWith("HTTP/1.1 503");

            rig.say(
                    new SetMapEntry(
                            MapName.OPTIONS.in(new ConfigPath(rig.mapsDirectory().toString())),
                            new MapEntry("web", "//////")));
            Awaitility.await()
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> rig.entries(MapName.OPTIONS).equals(options));
        }
    }

    @ParameterizedTest
    @MethodSource("io.signalbox.applier.Binaries#all")
    void shouldKeepOptionsThroughAKilledApplierAndARestartOfHaproxy(Path binary) throws Exception {
        Rig killed = Rig.start(binary, directory);
        try (SilentApp app = new SilentApp()) {
            GroupTopic topic = begin(killed);
            put(killed, topic, TO_TLS, app);
            long worker = killed.worker();
            killed.kill();
            assertThat(get("/")).startsWith("HTTP/1.1 308");

            try (Rig next = Rig.start(binary, directory)) {
                Awaitility.await()
                        .atMost(Duration.ofSeconds(10))
                        .until(() -> next.beat.get() != null);
                assertThat(next.entries(MapName.OPTIONS)).isEqualTo(Map.of("web", "308//////"));
                topic.service("web", "a.example", GroupTopic.PLAIN, CLOSED, app.server("web"));
                long generation = topic.manifest();
                topic.replay(next::offer);
                assertThat(next.awaitServing(generation).how()).isEqualTo(How.RUNTIME);
                assertThat(next.worker()).isEqualTo(worker);
                assertThat(get("/")).startsWith("HTTP/1.1 503");
            }

            // HAProxy ended too: it begins with what lies on the disk, before any log.
            try (Rig _ = Rig.start(binary, directory)) {
                Awaitility.await()
                        .atMost(Duration.ofSeconds(10))
                        .ignoreExceptions()
                        .untilAsserted(
                                () -> assertThat(get("/")).endsWith("is under maintenance."));
            }
        } finally {
            killed.close();
        }
    }

    @SuppressWarnings("NullAway") // a nested type's @Nullable is not seen across modules
    private GroupTopic begin(Rig rig) throws Exception {
        port = ApplierIT.freePort();
        GroupTopic topic = new GroupTopic(rig::offer);
        topic.frame(
                new EntryPoint(
                        "http",
                        new Listen("127.0.0.1", port),
                        null,
                        null,
                        false,
                        List.of("127.0.0.0/8")));
        rig.awaitServing(topic.manifest());
        return topic;
    }

    private static void put(Rig rig, GroupTopic topic, LiveOptions options, SilentApp app)
            throws Exception {
        topic.service("web", "a.example", GroupTopic.PLAIN, options, app.server("web"));
        assertThat(rig.awaitServing(topic.manifest()).how()).isEqualTo(How.RUNTIME);
    }

    /** What comes before maintenance, and a place for it behind. */
    private static List<String> guarded() {
        List<String> text = new ArrayList<>(GroupTopic.PLAIN);
        text.add("    acl denied src 127.0.0.1/32");
        text.add("    http-request deny deny_status 403 if denied");
        text.add(
                "    http-request return status 503 content-type text/plain string"
                        + " 'This service is under maintenance.'"
                        + " if { var(txn.options),field(2,/) -m str 2 }");
        return text;
    }

    private void shouldKeepTimes() throws IOException {
        assertThat(get("/silent")).startsWith("HTTP/1.1 504");
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            send(socket, "/", WEB_SOCKET);
            assertThat(read(socket)).startsWith("HTTP/1.1 101").doesNotEndWith("silence");
        }
    }

    private void shouldSayHsts() throws IOException {
        assertThat(get("/", THROUGH_TLS))
                .startsWith("HTTP/1.1 200")
                .contains(
                        "strict-transport-security: max-age=31536000; includeSubDomains; preload");
        assertThat(get("/"))
                .startsWith("HTTP/1.1 200")
                .doesNotContainIgnoringCase("strict-transport");
    }

    private void shouldSendToTls(int status) throws IOException {
        assertThat(get("/x?y=1"))
                .startsWith("HTTP/1.1 " + status)
                .contains("location: https://a.example/x?y=1\r\n");
        assertThat(get("/", THROUGH_TLS)).startsWith("HTTP/1.1 200");
        assertThat(get("/.well-known/acme-challenge/token")).startsWith("HTTP/1.1 200");
    }

    private String get(String path, String... headers) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            List<String> all = new ArrayList<>(List.of(headers));
            all.add("Connection: close");
            send(socket, path, all.toArray(String[]::new));
            return read(socket);
        }
    }

    private static void send(Socket socket, String path, String... headers) throws IOException {
        socket.setSoTimeout(1_500);
        String head = "GET " + path + " HTTP/1.1\r\nHost: a.example\r\n";
        socket.getOutputStream()
                .write(
                        (head + String.join("\r\n", headers) + "\r\n\r\n")
                                .getBytes(StandardCharsets.US_ASCII));
    }

    /** Up to the end of the connection, or to silence. */
    private static String read(Socket socket) throws IOException {
        StringBuilder read = new StringBuilder();
        try {
            int next = socket.getInputStream().read();
            while (next >= 0) {
                read.append((char) next);
                next = socket.getInputStream().read();
            }
        } catch (SocketTimeoutException e) {
            read.append("silence");
        }
        return read.toString();
    }

    private static LiveOptions redirect(int status) {
        return new LiveOptions(status, null, null, null, null);
    }
}
