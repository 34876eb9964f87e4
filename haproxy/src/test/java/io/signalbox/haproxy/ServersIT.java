package io.signalbox.haproxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.signalbox.haproxy.Configuration.Backend;
import io.signalbox.haproxy.Configuration.PlacedServer;
import io.signalbox.haproxy.RealHaproxy.Release;
import io.signalbox.haproxy.Reply.Ok;
import io.signalbox.haproxy.RuntimeCommand.AddServer;
import io.signalbox.haproxy.RuntimeCommand.EnableHealth;
import io.signalbox.haproxy.RuntimeCommand.EnableServer;
import io.signalbox.haproxy.RuntimeCommand.SetServerState;
import io.signalbox.haproxy.RuntimeCommand.SetServerState.State;
import io.signalbox.haproxy.ServerSettings.Protocol;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What is said of servers, as a real HAProxy follows it: of servers that are added at run time, and
 * of the same in a file.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class ServersIT {

    private static final ServiceName WEB = new ServiceName("web");
    private static final String HOST = "web.example";
    private static final CheckSettings CHECK = new CheckSettings(Duration.ofMillis(100), 1, 1);
    private static final HttpCheck HEALTH =
            new HttpCheck("/health?x=1", "a.example", "200-299,401");

    @TempDir Path directory;

    private int port;

    @BeforeEach
    void choosePort() throws IOException {
        port = RealHaproxy.freePort();
    }

    @ParameterizedTest
    @EnumSource
    void shouldTakeAllOfItInAFile(Release release) throws Exception {
        var servers = new ArrayList<PlacedServer>();
        for (var protocol : Protocol.values()) {
            for (var proxyProtocol = 0; proxyProtocol <= 2; proxyProtocol++) {
                var settings =
                        new ServerSettings(
                                1_000_000,
                                1_000_000,
                                Duration.ofHours(24),
                                1_000,
                                protocol,
                                proxyProtocol,
                                true,
                                proxyProtocol == 0,
                                proxyProtocol == 0 ? "" : "n" + proxyProtocol);
                var id = 1 + servers.size();
                servers.add(
                        new PlacedServer(
                                new Server(
                                        new Identifier("s" + id),
                                        new ServerAddress("192.0.2.1", id),
                                        id,
                                        256,
                                        CHECK,
                                        settings),
                                true));
            }
        }
        for (var mode : Sticky.Mode.values()) {
            var key = mode == Sticky.Mode.PREFIX ? null : new Identifier("key");
            var sticky = new Sticky(mode, "A_b-c.9", true, key);
            var text =
                    new BackendSettings(Balance.LEASTCONN, null, null, null, null, sticky, HEALTH)
                            .lines();
            assertThat(AllowedText.problem(text)).isEmpty();
            assertThat(RealHaproxy.check(release, directory, files(release, text, servers)))
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldSendNothingToServersWhoseCheckAnswersOtherwise(Release release) throws Exception {
        try (var good = Peer.answering(line -> health(line, 401, "good"));
                var bad = Peer.answering(line -> health(line, 500, "bad"));
                var haproxy = start(release, HEALTH)) {
            add(haproxy, "good", good.address(), ServerSettings.NONE);
            add(haproxy, "bad", bad.address(), ServerSettings.NONE);

            await().until(() -> answers(20).keySet().equals(Set.of("good")));
            assertThat(answers(20)).containsOnlyKeys("good");
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldLetRequestsWaitForAServerWithEnoughToDo(Release release) throws Exception {
        var finish = new CountDownLatch(1);
        try (var busy = Peer.waiting("busy", finish);
                var haproxy = start(release, null)) {
            add(haproxy, "busy", busy.address(), settings(1, Duration.ZERO, 0, false));
            var first = CompletableFuture.supplyAsync(this::answer);
            await().until(() -> busy.requests() == 1);

            assertThat(answer()).as("waited as long as it may").isEqualTo("503");
            assertThat(busy.requests()).isEqualTo(1);
            finish.countDown();
            assertThat(first.get()).isEqualTo("busy");
            assertThat(answer()).isEqualTo("busy");
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldAskABackupWhereNoOtherServerIsLeft(Release release) throws Exception {
        try (var main = Peer.named("main");
                var backup = Peer.named("backup");
                var haproxy = start(release, null)) {
            add(haproxy, "backup", backup.address(), settings(0, Duration.ZERO, 0, true));
            assertThat(answers(5)).containsOnlyKeys("backup");
            add(haproxy, "main", main.address(), ServerSettings.NONE);
            assertThat(answers(20)).containsOnlyKeys("main");

            haproxy.run(new SetServerState(WEB.backend(), WEB.server("main"), State.MAINT));
            assertThat(answers(5)).containsOnlyKeys("backup");
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldTakeOutAServerThatAnswersWithErrors(Release release) throws Exception {
        try (var good = Peer.named("good");
                var broken = Peer.answering(line -> health(line, 200, 500));
                var haproxy = start(release, null)) {
            var slowCheck = new CheckSettings(Duration.ofMinutes(10), 1, 1);
            add(haproxy, "good", good.address(), ServerSettings.NONE);
            add(haproxy, "bad", broken.address(), settings(0, Duration.ZERO, 3, false), slowCheck);
            answers(20);

            assertThat(broken.requests()).isEqualTo(3);
            assertThat(answers(20)).containsOnlyKeys("good");
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldGiveAServerItsShareSlowly(Release release) throws Exception {
        try (var old = Peer.named("old");
                var young = Peer.named("young");
                var haproxy = start(release, null)) {
            add(haproxy, "old", old.address(), ServerSettings.NONE);
            var slow = settings(0, Duration.ofHours(1), 0, false);
            add(haproxy, "young", young.address(), slow);

            var answers = answers(100);
            assertThat(answers.get("old")).isGreaterThan(85);
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldSpeakAsServersDo(Release release) throws Exception {
        try (var peer = Peer.listening();
                var haproxy = start(release, null)) {
            assertThat(spoken(haproxy, peer, Protocol.HTTP, 0)).startsWith("GET / HTTP/1.1\r\n");
            assertThat(spoken(haproxy, peer, Protocol.H2C, 0)).startsWith("PRI * HTTP/2.0\r\n");
            assertThat(spoken(haproxy, peer, Protocol.HTTPS, 0))
                    .startsWith("\u0016\u0003")
                    .doesNotContain("\u0002h2");
            assertThat(spoken(haproxy, peer, Protocol.H2, 0))
                    .startsWith("\u0016\u0003")
                    .contains("\u0002h2");
            assertThat(spoken(haproxy, peer, Protocol.HTTP, 1))
                    .startsWith("PROXY TCP4 127.0.0.1 127.0.0.1 ");
            assertThat(spoken(haproxy, peer, Protocol.HTTP, 2))
                    .startsWith("\r\n\r\n\0\r\nQUIT\n!\u0011");
        }
    }

    /** What a connection to a server of that kind begins with. */
    private String spoken(RealHaproxy haproxy, Peer peer, Protocol protocol, int proxyProtocol)
            throws InterruptedException {
        var settings =
                new ServerSettings(0, 0, Duration.ZERO, 0, protocol, proxyProtocol, false, false);
        add(haproxy, "peer", peer.address(), settings, CheckSettings.NONE);
        peer.firstBytes().clear();
        answer();
        var first = peer.firstBytes().poll(10, TimeUnit.SECONDS);
        var server = WEB.server("peer");
        haproxy.run(new SetServerState(WEB.backend(), server, State.MAINT));
        await().until(
                        () ->
                                haproxy.run(new RuntimeCommand.DeleteServer(WEB.backend(), server))
                                                .getFirst()
                                        instanceof Ok);
        return String.valueOf(first);
    }

    private static Peer.Reply health(String line, int status, String name) {
        return line.startsWith("GET /health?x=1 HTTP/1.1")
                ? new Peer.Reply(status, "")
                : new Peer.Reply(200, name);
    }

    private static Peer.Reply health(String line, int health, int other) {
        return line.contains("/health")
                ? new Peer.Reply(health, "")
                : new Peer.Reply(other, "broken");
    }

    private static ServerSettings settings(
            int maxConnections, Duration slowStart, int errorLimit, boolean backup) {
        return new ServerSettings(
                maxConnections, 0, slowStart, errorLimit, Protocol.HTTP, 0, backup, false);
    }

    private RealHaproxy start(Release release, @Nullable HttpCheck check) throws IOException {
        var text =
                new BackendSettings(
                                Balance.ROUNDROBIN,
                                null,
                                Duration.ofMillis(300),
                                null,
                                0,
                                null,
                                check)
                        .lines();
        return RealHaproxy.start(release, directory, files(release, text, List.of()));
    }

    private static void add(
            RealHaproxy haproxy, String name, ServerAddress address, ServerSettings settings) {
        add(haproxy, name, address, settings, CHECK);
    }

    private static void add(
            RealHaproxy haproxy,
            String name,
            ServerAddress address,
            ServerSettings settings,
            CheckSettings check) {
        var id = 1 + Math.floorMod(name.hashCode(), 1_000_000);
        var server = new Server(WEB.server(name), address, id, 100, check, settings);
        var commands = new ArrayList<RuntimeCommand>();
        commands.add(new AddServer(WEB.backend(), server, haproxy.capabilities()));
        if (check.enabled()) {
            commands.add(new EnableHealth(WEB.backend(), server.name()));
        }
        commands.add(new EnableServer(WEB.backend(), server.name()));
        assertThat(haproxy.run(commands.toArray(RuntimeCommand[]::new)))
                .as(name)
                .allMatch(Ok.class::isInstance);
    }

    private Map<String, Integer> answers(int requests) {
        var answers = new TreeMap<String, Integer>();
        for (var i = 0; i < requests; i++) {
            answers.merge(answer(), 1, Integer::sum);
        }
        return answers;
    }

    /** The body of a good answer, else the status. */
    private String answer() {
        try {
            var answer = new RealRequest(port).get(HOST, "/");
            return answer.status() == 200 ? answer.body() : Integer.toString(answer.status());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private Configuration.Files files(
            Release release, List<String> text, List<PlacedServer> servers) {
        var routes = new TreeMap<RouteKey, ServiceName>();
        routes.put(new RouteKey(HOST, "/"), WEB);
        return new Configuration(
                        Frame.of(Samples.frame(new ListenAddress("127.0.0.1", port))),
                        List.of(new Backend(WEB, WEB.backend(), text, servers)),
                        List.of(),
                        routes,
                        1,
                        1)
                .files(RealHaproxy.local(directory), release.version().capabilities());
    }
}
