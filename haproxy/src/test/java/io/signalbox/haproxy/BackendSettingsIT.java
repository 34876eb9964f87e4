package io.signalbox.haproxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.haproxy.Configuration.Backend;
import io.signalbox.haproxy.RealHaproxy.Release;
import io.signalbox.haproxy.Reply.Ok;
import io.signalbox.haproxy.RuntimeCommand.AddServer;
import io.signalbox.haproxy.RuntimeCommand.EnableHealth;
import io.signalbox.haproxy.RuntimeCommand.EnableServer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A real HAProxy takes every setting of a backend, and servers at run time with each of them. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class BackendSettingsIT {

    private static final int SERVERS = 3;
    private static final int REQUESTS = 100;

    @TempDir Path directory;

    private final List<Peer> applications = new ArrayList<>();
    private int port;

    @BeforeEach
    void startApplications() throws IOException {
        port = RealHaproxy.freePort();
        for (var i = 0; i < SERVERS; i++) {
            applications.add(Peer.named("application-" + i));
        }
    }

    @AfterEach
    void stopApplications() {
        applications.forEach(Peer::close);
    }

    @ParameterizedTest
    @EnumSource
    void shouldBeAccepted(Release release) throws Exception {
        for (var balance : Balance.values()) {
            assertThat(RealHaproxy.check(release, directory, files(release, List.of(balance))))
                    .as("%s", balance)
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldServeFromServersAddedAtRunTime(Release release) throws IOException {
        var all = List.of(Balance.values());
        try (var haproxy = RealHaproxy.start(release, directory, files(release, all))) {
            for (var balance : all) {
                assertThat(answers(balance, 1)).as("%s", balance).containsOnlyKeys("503");
                add(haproxy, balance, 0);
                assertThat(answers(balance, 1)).as("%s", balance).containsOnlyKeys("application-0");
                for (var i = 1; i < SERVERS; i++) {
                    add(haproxy, balance, i);
                }
                var answers = answers(balance, REQUESTS);
                assertThat(answers).as("%s", balance).hasSize(serving(balance));
                assertThat(answers).as("%s", balance).doesNotContainKey("503");
            }
        }
    }

    /** How many of the servers get requests that come one by one from one address. */
    private static int serving(Balance balance) {
        return switch (balance) {
            case ROUNDROBIN, LEASTCONN, RANDOM -> SERVERS;
            case FIRST, SOURCE -> 1;
        };
    }

    private void add(RealHaproxy haproxy, Balance balance, int number) {
        var service = service(balance);
        var server =
                new Server(
                        service.server("0123456789a" + number),
                        applications.get(number).address(),
                        1 + number,
                        1,
                        Samples.CHECK);
        assertThat(
                        haproxy.run(
                                new AddServer(service.backend(), server, haproxy.capabilities()),
                                new EnableHealth(service.backend(), server.name()),
                                new EnableServer(service.backend(), server.name())))
                .as("%s", balance)
                .hasSize(3)
                .allMatch(Ok.class::isInstance);
    }

    /** How many of the requests each server answered, by its name, and HAProxy, by the status. */
    private Map<String, Integer> answers(Balance balance, int requests) throws IOException {
        var answers = new TreeMap<String, Integer>();
        for (var i = 0; i < requests; i++) {
            var answer = new RealRequest(port).get(service(balance) + ".example", "/");
            var from = answer.status() == 200 ? answer.body() : Integer.toString(answer.status());
            answers.merge(from, 1, Integer::sum);
        }
        return answers;
    }

    private Configuration.Files files(Release release, List<Balance> balances) {
        var backends = new ArrayList<Backend>();
        var routes = new TreeMap<RouteKey, ServiceName>();
        for (var balance : balances) {
            var settings =
                    new BackendSettings(
                            balance,
                            Duration.ofHours(24),
                            Duration.ofMillis(1),
                            Duration.ofSeconds(90),
                            10,
                            null,
                            null);
            var service = service(balance);
            backends.add(new Backend(service, service.backend(), settings.lines(), List.of()));
            routes.put(new RouteKey(service + ".example", "/"), service);
        }
        return new Configuration(
                        Frame.of(Samples.frame(new ListenAddress("127.0.0.1", port))),
                        backends,
                        List.of(),
                        routes,
                        1,
                        1)
                .files(RealHaproxy.local(directory), release.version().capabilities());
    }

    private static ServiceName service(Balance balance) {
        return new ServiceName(balance.keyword());
    }
}
