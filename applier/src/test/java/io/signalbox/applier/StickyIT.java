package io.signalbox.applier;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.haproxy.BackendSettings;
import io.signalbox.haproxy.Balance;
import io.signalbox.haproxy.HaproxyVersion;
import io.signalbox.haproxy.Identifier;
import io.signalbox.haproxy.Sticky;
import io.signalbox.schemas.ApplyResult;
import io.signalbox.schemas.ApplyResult.How;
import io.signalbox.schemas.ConfigRecord.FurtherOptions;
import io.signalbox.schemas.ConfigRecord.Server;
import io.signalbox.schemas.ConfigRecord.ServerOptions;
import io.signalbox.schemas.Policy;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Clients that stay with their server by a cookie. */
@Timeout(120)
class StickyIT {
    private static final String BINARIES = "io.signalbox.applier.Binaries#all";
    private static final int CLIENTS = 30;
    private static final String HOST = "127.0.0.1";
    private static final ServerOptions COOKIES =
            new ServerOptions(2_000, 3, 1, new FurtherOptions(true, Policy.Servers.NONE));

    /** Each server brings the value of its cookie. */
    private static final List<String> OWN =
            BackendSettings.of(
                            Balance.ROUNDROBIN,
                            new Sticky(Sticky.Mode.INSERT, "SESSION", false, null))
                    .lines();

    @TempDir Path directory;

    @ParameterizedTest
    @MethodSource(BINARIES)
    void shouldMoveOnceWhenTheirServerStopsAndNotOtherwise(Path binary) throws Exception {
        try (Rig rig = Rig.start(binary, directory);
                App one = App.start();
                App two = App.start();
                App three = App.start()) {
            int port = ApplierIT.freePort();
            GroupTopic topic = new GroupTopic(rig::offer);
            topic.frame(port, 8, true).manifest();
            rig.await(1);
            long worker = rig.worker();
            rig.awaitServing(serve(topic, server(one), server(two)));
            assertThat(rig.worker()).as("no reload for a sticky service").isEqualTo(worker);
            Clients clients = new Clients(port);
            Map<Integer, String> first = clients.ask();
            assertThat(first.values()).contains(one.id(), two.id());

            rig.awaitServing(serve(topic, server(one), server(two), server(three)));
            assertThat(clients.ask()).as("a third server came").isEqualTo(first);

            topic.frame(port, 9, true);
            rig.awaitServing(topic.manifest());
            assertThat(rig.worker()).as("a reload").isNotEqualTo(worker);
            assertThat(clients.ask()).as("HAProxy was reloaded").isEqualTo(first);

            rig.awaitServing(
                    serve(topic, GroupTopic.server("a", one, true), server(two), server(three)));
            Map<Integer, String> moved = clients.ask();
            assertThat(moved).doesNotContainValue(one.id());
            first.forEach(
                    (client, server) -> {
                        if (!server.equals(one.id())) {
                            assertThat(moved).containsEntry(client, server);
                        }
                    });

            rig.awaitServing(serve(topic, server(two), server(three)));
            assertThat(clients.ask()).as("the server is gone").isEqualTo(moved);
            try (App four = App.start()) {
                rig.awaitServing(serve(topic, server(two), server(three), server(four)));
                assertThat(clients.ask()).as("a fourth server came").isEqualTo(moved);
            }
        }
    }

    @ParameterizedTest
    @MethodSource(BINARIES)
    void shouldFindServersByTheValuesThatTheyBring(Path binary) throws Exception {
        try (Rig rig = Rig.start(binary, directory);
                App one = App.start();
                App two = App.start();
                App three = App.start()) {
            int port = ApplierIT.freePort();
            GroupTopic topic = new GroupTopic(rig::offer);
            topic.frame(port, 8, true).manifest();
            rig.await(1);
            Server red = server(one).withCookie("red");
            Server blue = server(two).withCookie("blue");
            rig.awaitServing(own(topic, red, blue));
            long worker = rig.worker();
            assertThat(asked(port, "red")).isEqualTo(one.id());
            assertThat(asked(port, "blue")).isEqualTo(two.id());

            ApplyResult result = rig.awaitServing(own(topic, red, blue, backup(three, "green")));
            assertThat(asked(port, "green")).isEqualTo(three.id());
            assertThat(asked(port, "red")).isEqualTo(one.id());
            boolean from30 = HaproxyVersion.of(result.haproxyVersion()).isAtLeast(3, 0);
            assertThat(rig.worker() == worker).as("no reload").isEqualTo(from30);
            if (!from30) {
                assertThat(result.reason()).contains("server cookie: a");
            }

            long settled = rig.worker();
            rig.awaitServing(topic.service("b", "b.example", server(two)).manifest());
            assertThat(rig.worker()).as("nothing of it differs").isEqualTo(settled);
        }
    }

    @ParameterizedTest
    @MethodSource(BINARIES)
    void shouldStayByTheCookieThatTheApplicationSets(Path binary) throws Exception {
        try (Rig rig = Rig.start(binary, directory);
                SessionApp one = new SessionApp("one");
                SessionApp two = new SessionApp("two");
                SessionApp three = new SessionApp("three")) {
            int port = ApplierIT.freePort();
            GroupTopic topic = new GroupTopic(rig::offer);
            topic.frame(port, 8, true);
            sessions(topic, one, two);
            rig.awaitServing(topic.manifest());
            String rewritten = begin(port, "rewrite.example");
            String prefixed = begin(port, "prefix.example");
            assertThat(rewritten).matches("SESSION=[0-9a-f]{16}");
            assertThat(prefixed).matches("SESSION=[0-9a-f]{16}~session-of-one");

            sessions(topic, one, two, three);
            assertThat(rig.awaitServing(topic.manifest()).how()).isEqualTo(How.RUNTIME);
            for (int again = 0; again < 6; again++) {
                assertThat(ask(port, "rewrite.example", rewritten))
                        .endsWith("one got " + rewritten);
                assertThat(ask(port, "prefix.example", prefixed))
                        .endsWith("one got SESSION=session-of-one");
            }
        }
    }

    private static void sessions(GroupTopic topic, SessionApp... apps) {
        for (Sticky.Mode mode : List.of(Sticky.Mode.REWRITE, Sticky.Mode.PREFIX)) {
            String service = mode.name().toLowerCase(Locale.ROOT);
            Identifier key = new Identifier("signalbox-default");
            topic.service(
                    service,
                    service + ".example",
                    BackendSettings.of(Balance.ROUNDROBIN, new Sticky(mode, "SESSION", false, key))
                            .lines(),
                    COOKIES,
                    Arrays.stream(apps).map(app -> app.server(service)).toArray(Server[]::new));
        }
    }

    /** The cookie of a client that came to the first application. */
    private static String begin(int port, String host) throws IOException {
        for (int client = 0; client < 4; client++) {
            String answer = ask(port, host, "OTHER=x");
            if (answer.endsWith("one got OTHER=x")) {
                return answer.lines()
                        .filter(line -> line.startsWith("set-cookie: "))
                        .map(line -> line.substring("set-cookie: ".length()).split(";", -1)[0])
                        .findFirst()
                        .orElseThrow();
            }
        }
        throw new AssertionError("nobody came to the first application");
    }

    private static String ask(int port, String host, String cookie) throws IOException {
        return TlsClient.sendPlain(
                port, "GET / HTTP/1.1\r\nHost: " + host + "\r\nCookie: " + cookie);
    }

    private static long own(GroupTopic topic, Server... servers) {
        return topic.service("a", HOST, OWN, new ServerOptions(2_000, 3, 1), servers).manifest();
    }

    private static Server backup(App app, String cookie) {
        Server plain = server(app);
        return new Server(
                plain.name(),
                plain.host(),
                plain.container(),
                plain.startedAt(),
                plain.weight(),
                false,
                plain.candidates(),
                plain.cause(),
                true,
                cookie);
    }

    /** Which server answers a client that has the cookie. */
    private static String asked(int port, String cookie) throws Exception {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create("http://" + HOST + ":" + port + "/"))
                        .header("Cookie", "SESSION=" + cookie)
                        .build();
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(request, HttpResponse.BodyHandlers.ofString()).body();
        }
    }

    private static Server server(App app) {
        return GroupTopic.server("a", app);
    }

    private static long serve(GroupTopic topic, Server... servers) {
        return topic.service("a", HOST, GroupTopic.STICKY, COOKIES, servers).manifest();
    }

    /** Browsers, each with a cookie of its own. */
    private static final class Clients {
        private final HttpClient http = HttpClient.newHttpClient();
        private final List<String> cookies = new ArrayList<>();
        private final URI uri;

        Clients(int port) {
            uri = URI.create("http://" + HOST + ":" + port + "/");
            for (int client = 0; client < CLIENTS; client++) {
                cookies.add("");
            }
        }

        /** Each asks three times, all of which one server must answer; by client. */
        Map<Integer, String> ask() throws IOException, InterruptedException {
            Map<Integer, String> answered = new TreeMap<>();
            for (int round = 0; round < 3; round++) {
                for (int client = 0; client < CLIENTS; client++) {
                    String server = ask(client);
                    String before = answered.putIfAbsent(client, server);
                    assertThat(server).isEqualTo(before == null ? server : before);
                }
            }
            return answered;
        }

        private String ask(int client) throws IOException, InterruptedException {
            HttpRequest.Builder request = HttpRequest.newBuilder(uri);
            String cookie = cookies.get(client);
            if (!cookie.isEmpty()) {
                request.header("Cookie", cookie);
            }
            HttpResponse<String> response =
                    http.send(request.build(), HttpResponse.BodyHandlers.ofString());
            assertThat(response.statusCode()).isEqualTo(200);
            response.headers()
                    .firstValue("set-cookie")
                    .ifPresent(set -> cookies.set(client, set.split(";", -1)[0]));
            return response.body();
        }
    }
}
