package io.signalbox.applier.core.plan;

import static io.signalbox.applier.core.plan.PlanSamples.OPTIONS;
import static io.signalbox.applier.core.plan.PlanSamples.PLAIN;
import static io.signalbox.applier.core.plan.PlanSamples.id;
import static io.signalbox.applier.core.plan.PlanSamples.plan;
import static io.signalbox.applier.core.plan.PlanSamples.started;
import static io.signalbox.applier.core.plan.PlanSamples.wanted;
import static io.signalbox.applier.core.plan.WaitsFor.ANSWERED;
import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.applier.core.plan.ReloadReason.Kind;
import io.signalbox.haproxy.ConfigPath;
import io.signalbox.haproxy.HaproxyVersion;
import io.signalbox.haproxy.Route;
import io.signalbox.haproxy.RouteKey;
import io.signalbox.haproxy.RuntimeCommand;
import io.signalbox.schemas.ConfigRecord.FurtherOptions;
import io.signalbox.schemas.ConfigRecord.ServerOptions;
import io.signalbox.schemas.Policy.Servers;
import io.signalbox.schemas.Policy.Servers.Protocol;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is said of a server behind its address. */
class ServerPlanTest {
    private static final WantedServer ONE =
            new WantedServer("a.1", "r", "10.0.0.1", 80, false, 7, false);
    private static final ServerOptions COOKIES = options(true, Servers.NONE);

    @Test
    void shouldGiveAServerItsCookieByAnAddressBelow30() {
        assertThat(transcript("2.6.12", service(COOKIES, ONE)))
                .contains(
                        "add server service_a/a.1 0.0.0.1:1 id "
                                + id("a.1")
                                + " weight 7 check inter 2s fall 3 rise 1"
                                + " pool-max-conn -1 pool-purge-delay 1s",
                        "set server service_a/a.1 addr 10.0.0.1 port 80");
    }

    @Test
    void shouldGiveAServerItsCookieWhenItIsAddedFrom30() {
        assertThat(transcript("3.0.11", service(COOKIES, ONE)))
                .contains(
                        "add server service_a/a.1 10.0.0.1:80 id "
                                + id("a.1")
                                + " weight 7 check inter 2s fall 3 rise 1")
                .noneMatch(command -> command.startsWith("set server service_a/a.1 addr"));
    }

    @Test
    void shouldSayAllOfAServer() {
        Servers servers = new Servers(100, 50, Duration.ofSeconds(30), 10, Protocol.H2C, 2);

        assertThat(transcript("3.0.11", service(options(false, servers), ONE.asBackup())))
                .contains(
                        "add server service_a/a.1 10.0.0.1:80 id "
                                + id("a.1")
                                + " weight 7 check inter 2s fall 3 rise 1 maxconn 100 maxqueue 50"
                                + " slowstart 30s observe layer7 on-error mark-down error-limit 10"
                                + " proto h2 send-proxy-v2 backup");
    }

    @Test
    void shouldReloadForAServerThatBecomesABackup() {
        Running running = started(wanted(service(OPTIONS, ONE)));

        assertThat(plan(wanted(service(OPTIONS, ONE.asBackup())), running))
                .isEqualTo(
                        new Plan.Reload(
                                List.of(new ReloadReason(Kind.SERVER_OPTIONS, "a")), List.of()));
    }

    @Test
    void shouldReloadForOtherLimits() {
        Running running = started(wanted(service(OPTIONS, ONE)));
        Servers limited = new Servers(1, null, null, null, null, null);

        assertThat(plan(wanted(service(options(false, limited), ONE)), running))
                .isEqualTo(
                        new Plan.Reload(
                                List.of(new ReloadReason(Kind.SERVER_OPTIONS, "a")), List.of()));
    }

    @Test
    void shouldAddAServerWithItsCookieFrom30() {
        assertThat(transcript("3.0.11", service(OPTIONS, ONE.withCookie("node1"))))
                .contains(
                        "add server service_a/a.1 10.0.0.1:80 id "
                                + id("a.1")
                                + " weight 7 check inter 2s fall 3 rise 1 cookie node1");
    }

    @Test
    void shouldReloadForAServerWithACookieOfItsOwnBelow30() {
        Running running = started(wanted(service(OPTIONS)), "2.6.12");

        assertThat(plan(wanted(service(OPTIONS, ONE.withCookie("node1"))), running))
                .isEqualTo(
                        new Plan.Reload(
                                List.of(new ReloadReason(Kind.SERVER_COOKIE, "a")), List.of()));
    }

    @Test
    void shouldReloadForAnotherCookie() {
        Running running = started(wanted(service(OPTIONS, ONE.withCookie("node1"))));

        assertThat(plan(wanted(service(OPTIONS, ONE.withCookie("node2"))), running))
                .isEqualTo(
                        new Plan.Reload(
                                List.of(new ReloadReason(Kind.SERVER_OPTIONS, "a")), List.of()));
    }

    @Test
    void shouldKnowOfAServerWhatHaproxyDoesNotTell() {
        WantedServer wanted = ONE.asBackup().withCookie("node1");
        Running running = started(wanted(service(OPTIONS, wanted)));
        LiveServer before = Objects.requireNonNull(running.server("service_a", "a.1"));
        LiveServer told =
                new LiveServer(
                        "a.1",
                        before.id(),
                        "10.0.0.1",
                        80,
                        7,
                        true,
                        LiveServer.UNKNOWN_OPTIONS,
                        LiveServer.UNKNOWN_RUN);

        assertThat(told.completedBy(before)).isEqualTo(before);
        assertThat(told.completedBy(before).has(OPTIONS, wanted)).isTrue();
        assertThat(told.completedBy(before).has(OPTIONS, ONE)).isFalse();
    }

    private static List<String> transcript(String version, WantedService service) {
        Running running = started(wanted(service(service.options())), version);
        Commands commands =
                new Commands(new ConfigPath("/maps"), HaproxyVersion.of(version).capabilities());
        List<RuntimeCommand> all = new ArrayList<>();
        ApplyPlanner.planAll(wanted(service), running, ANSWERED)
                .steps()
                .forEach(step -> all.addAll(commands.of(step)));
        return all.stream().map(RuntimeCommand::text).toList();
    }

    private static ServerOptions options(boolean cookie, Servers servers) {
        return new ServerOptions(
                OPTIONS.checkIntervalMs(),
                OPTIONS.fall(),
                OPTIONS.rise(),
                new FurtherOptions(cookie, servers));
    }

    private static WantedService service(ServerOptions options, WantedServer... servers) {
        return new WantedService(
                "a",
                PLAIN,
                options,
                Optional.empty(),
                List.of(servers),
                List.of(Route.plain(new RouteKey("a.example", "/"))),
                List.of());
    }
}
