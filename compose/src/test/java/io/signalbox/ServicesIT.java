package io.signalbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.dockerjava.api.command.CreateContainerCmd;
import com.github.dockerjava.api.model.ExposedPort;
import com.github.dockerjava.api.model.HostConfig;
import io.signalbox.process.FreePort;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Which container is which service, and by which requests it is reached: labels, word by word. */
@Timeout(120)
@ExtendWith(Chain.Shared.class)
class ServicesIT {
    private static final String HOST = "signalbox.host";
    private static final String PORT = "signalbox.port";

    private static Chain chain;
    private static Engine engine;

    @BeforeAll
    static void start(Chain shared) {
        engine = new Engine("sem-services-");
        chain = shared;
    }

    @AfterAll
    static void stop() {
        engine.close();
    }

    @Test
    void shouldServeOnlyContainersThatAskForIt() {
        engine.run("silent", Map.of());
        engine.run("off", Map.of("signalbox.enable", "false", HOST, "off.test", PORT, "x"));
        String on = engine.run("on", Map.of(HOST, "on.test"));

        chain.awaitServed("on.test", "/", on);
        chain.awaitWhy(engine.name("silent"), "no signalbox.enable=true and no route label");
        chain.awaitWhy(engine.name("off"), "signalbox.enable=false wins over every other label");
        assertThat(chain.get("off.test", "/").status()).isEqualTo(404);
        assertThat(chain.get(engine.name("silent"), "/").status()).isEqualTo(404);
    }

    @Test
    void shouldNameServicesAfterComposeElseAfterTheContainer() {
        Map<String, String> compose =
                Map.of(
                        "com.docker.compose.project",
                        "shop",
                        "com.docker.compose.service",
                        "cart",
                        HOST,
                        "composed.test");
        engine.run("composed", compose);
        engine.run("alone", Map.of(HOST, "alone.test"));
        engine.run("named", Map.of(HOST, "named.test", "signalbox.service", "given"));

        chain.awaitWhy("composed.test", "leads to service shop.cart,", "served");
        chain.awaitWhy("alone.test", "leads to service " + engine.name("alone") + ",");
        chain.awaitWhy("named.test", "leads to service given,");
    }

    @Test
    void shouldCompareHostsWithoutPortCaseAndTrailingDot() {
        String id = engine.run("hosts", Map.of(HOST, "first.test, Second.Test."));

        for (String host :
                List.of(
                        "first.test",
                        "second.test",
                        "SECOND.Test",
                        "first.test:8080",
                        "first.test.",
                        "First.TEST.:80")) {
            chain.awaitServed(host, "/", id);
        }
        for (String host : List.of("x.first.test", "first.test.x", "first", "first.test/")) {
            assertThat(chain.get(host, "/").status()).as(host).isEqualTo(404);
        }
    }

    @Test
    void shouldMatchPathsByWholeSegmentsTheMostSpecificFirst() {
        String any = engine.run("any-host", Map.of("signalbox.path", "/seg/"));
        String all = engine.run("all-paths", Map.of(HOST, "paths.test"));
        String api = engine.run("api", Map.of(HOST, "paths.test", "signalbox.path", "/seg/api"));

        chain.awaitServed("paths.test", "/seg/api", api);
        chain.awaitServed("paths.test", "/seg/api/x?y=/z", api);
        chain.awaitServed("paths.test", "/seg/apix", all);
        chain.awaitServed("paths.test", "/seg", all);
        chain.awaitServed("other-paths.test", "/seg", any);
        chain.awaitServed("other-paths.test", "/seg/api/", any);
        assertThat(chain.get("other-paths.test", "/segx").status()).isEqualTo(404);
        assertThat(chain.get("other-paths.test", "/").status()).isEqualTo(404);
    }

    @Test
    void shouldUseTheLowestExposedPortUnlessOneIsNamed() {
        String lowest =
                engine.run(
                        "lowest",
                        Map.of(HOST, "lowest.test"),
                        made ->
                                made.withExposedPorts(
                                                ExposedPort.tcp(9000),
                                                ExposedPort.tcp(7000),
                                                ExposedPort.udp(53))
                                        .withEnv("PORT=7000"));
        String unexposed =
                engine.run(
                        "unexposed",
                        Map.of(HOST, "unexposed.test", PORT, "9123"),
                        made -> made.withEnv("PORT=9123"));

        chain.awaitServed("lowest.test", "/", lowest);
        chain.awaitServed("unexposed.test", "/", unexposed);
    }

    @Test
    void shouldNameTheRuleThatAPortBreaks() {
        engine.run("udp", Map.of(HOST, "udp.test", PORT, "53/udp"));
        engine.run("bad-port", Map.of(HOST, "bad-port.test", PORT, "http"));
        engine.run("host-port", Map.of(HOST, "host-port.test"), made -> hostNetwork(made));

        chain.awaitWhy(engine.name("udp"), PORT + "=53/udp: only TCP ports are served, not UDP");
        chain.awaitWhy(engine.name("bad-port"), PORT + "=http: a port is a number");
        chain.awaitWhy(engine.name("host-port"), "on the host's network must name its port");
        chain.awaitWhy("bad-port.test/x", "not routed", PORT + "=http");
        assertThat(chain.get("udp.test", "/").status()).isEqualTo(404);
    }

    @Test
    void shouldSayWhyAServiceIsNotRouted() {
        engine.run("no-route", Map.of("signalbox.enable", "true"));
        engine.run("no-group", Map.of(HOST, "no-group.test", "signalbox.group", "nowhere"));
        engine.run("typo", Map.of("signalbox.enable", "true", "signalbox.hots", "typo.test"));

        chain.awaitWhy(engine.name("no-route"), "it has neither a host nor a path");
        chain.awaitWhy(engine.name("no-group"), "group nowhere does not exist");
        chain.awaitWhy("no-group.test", "declares it for service " + engine.name("no-group"));
        chain.awaitWhy(
                engine.name("typo"),
                "signalbox.hots=typo.test: there is no such label, did you mean signalbox.host?");
        assertThat(chain.get("no-group.test", "/").status()).isEqualTo(404);
    }

    @Test
    void shouldGiveNamedRoutesTheirOwnHostsPathsAndPorts() {
        String id =
                engine.run(
                        "routes",
                        Map.of(
                                "signalbox.routes.web.host",
                                "web.test",
                                "signalbox.routes.files.path",
                                "/files-of-routes",
                                "signalbox.routes.admin.host",
                                "admin.test",
                                "signalbox.routes.admin.port",
                                "8081"));

        chain.awaitServed("web.test", "/", id);
        chain.awaitServed("any.test", "/files-of-routes/1", id);
        chain.awaitStatus("admin.test", "/", 503);
        chain.awaitWhy(
                "admin.test",
                "leads to service " + engine.name("routes") + ".admin,",
                "waits until its application accepts connections");
    }

    @Test
    void shouldLeaveADisputedRouteToItsHolderUntilThatIsGone() {
        String holder = engine.run("holder", Map.of(HOST, "disputed.test"));
        chain.awaitServed("disputed.test", "/", holder);
        String later = engine.run("later", Map.of(HOST, "disputed.test, undisputed.test"));
        String loser = engine.run("loser", Map.of(HOST, "disputed.test"));
        chain.awaitServed("undisputed.test", "/", later);

        chain.awaitWhy(
                engine.name("loser"),
                "no container gets requests: it has no route",
                "disputed.test/ is not its route: the service " + engine.name("holder"));
        chain.awaitWhy("disputed.test", engine.name("later") + " claims disputed.test/ too");
        chain.awaitServed("disputed.test", "/", holder);
        engine.remove(holder);

        chain.awaitServed("disputed.test", "/", later);
        assertThat(chain.get("disputed.test", "/").servedBy()).isNotEqualTo(loser);
    }

    @Test
    void shouldReachContainersOnOtherNetworksThanTheirOwn() throws IOException {
        int port = FreePort.onLoopback();
        engine.run(
                "host-network",
                Map.of(HOST, "host-network.test", PORT, Integer.toString(port)),
                made -> hostNetwork(made).withEnv("PORT=" + port));
        String sidecar = engine.run("sidecar", Map.of());
        engine.run(
                "shared",
                Map.of(HOST, "shared.test", PORT, "9200"),
                made ->
                        made.withHostConfig(
                                        HostConfig.newHostConfig()
                                                .withNetworkMode("container:" + sidecar))
                                .withEnv("PORT=9200"));
        engine.run(
                "no-network",
                Map.of(HOST, "no-network.test"),
                made -> made.withHostConfig(HostConfig.newHostConfig().withNetworkMode("none")));

        chain.awaitServed("shared.test", "/", sidecar);
        chain.awaitWhy("host-network.test", "1 of 1 containers get requests");
        assertThat(chain.get("host-network.test", "/").status()).isEqualTo(200);
        chain.awaitStatus("no-network.test", "/", 503);
        chain.awaitWhy("no-network.test", "it is attached to no network");
        engine.docker().stopContainerCmd(sidecar).withTimeout(1).exec();
        chain.awaitStatus("shared.test", "/", 503);
        chain.awaitWhy("shared.test", "which is not running");
    }

    @Test
    void shouldChooseAmongNetworksAndFollowChanges() {
        String first = engine.network("net-a");
        String second = engine.network("net-b");
        String plain = onNetwork("plain", "net-b", Map.of(HOST, "plain.test"));
        engine.connect(plain, first);
        String label = "signalbox.network";
        String chosen =
                onNetwork("chosen", "net-b", Map.of(HOST, "chosen.test", label, name("net-b")));
        onNetwork("absent", "net-a", Map.of(HOST, "absent.test", label, "nowhere"));

        chain.awaitServed("plain.test", "/", plain);
        chain.awaitWhy("plain.test", "of its 2 networks " + name("net-a") + " is used");
        chain.awaitServed("chosen.test", "/", chosen);
        chain.awaitStatus("absent.test", "/", 503);
        chain.awaitWhy("absent.test", "it is not attached to the network nowhere");

        engine.connect(chosen, first);
        engine.disconnect(chosen, second);
        chain.awaitStatus("chosen.test", "/", 503);
        engine.disconnect(plain, first);
        chain.awaitServed("plain.test", "/", plain);
        engine.run("in-between", Map.of(), made -> network(made, "net-b"));
        engine.connect(chosen, second);
        chain.awaitServed("chosen.test", "/", chosen);
    }

    private static String onNetwork(String name, String network, Map<String, String> labels) {
        return engine.run(name, labels, made -> network(made, network));
    }

    private static void network(CreateContainerCmd made, String network) {
        made.withHostConfig(HostConfig.newHostConfig().withNetworkMode(name(network)));
    }

    private static CreateContainerCmd hostNetwork(CreateContainerCmd made) {
        return made.withHostConfig(HostConfig.newHostConfig().withNetworkMode("host"));
    }

    private static String name(String name) {
        return engine.name(name);
    }
}
