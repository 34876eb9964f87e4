package io.signalbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.signalbox.OwnHost.Published;
import io.signalbox.bench.faults.ProxySocket;
import io.signalbox.cli.load.HttpConnection;
import io.signalbox.cli.load.HttpConnection.Response;
import io.signalbox.cli.load.Load;
import java.io.IOException;
import java.io.Reader;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Two Docker hosts with networks of their own, in which containers have the same addresses, a proxy
 * on each of them and one on neither; and what becomes of the servers of a host whose engine and
 * watcher are killed.
 */
@Timeout(900)
class TwoHostsIT {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final ObjectMapper JSON = new ObjectMapper();

    /** The machine itself is the third place: it has no engine here, but a proxy. */
    private static final Map<String, String> ELSEWHERE =
            Map.of(
                    "docker-host", "off",
                    "host-suspected-after", "3s",
                    "host-lost-after", "8s",
                    "host-expired-after", "10s");

    @Test
    void shouldReachContainersFromWhereAProxyStandsAndFollowAHostThatDiesAndReturns()
            throws Exception {
        Path directory = Files.createTempDirectory("sbhosts");
        try (Lan lan = new Lan();
                OwnHost a = new OwnHost("a", lan.add("a"), directory);
                OwnHost b = new OwnHost("b", lan.add("b"), directory);
                Chain elsewhere = new Chain(ELSEWHERE)) {
            connect(lan, elsewhere, List.of(a, b));
            new Story(elsewhere, a, b).run();
        } finally {
            Shell.outputOf("rm", "-rf", directory.toString());
        }
    }

    /** Lets the hosts reach the log, and the test their proxies; starts what runs on them. */
    private static void connect(Lan lan, Chain chain, List<OwnHost> hosts) throws IOException {
        Path config = chain.data().resolve("endpoints");
        Properties endpoints = new Properties();
        try (Reader in = Files.newBufferedReader(config)) {
            endpoints.load(in);
        }
        URI broker = URI.create("kafka://" + chain.bootstrapServers());
        URI schemas = URI.create(endpoints.getProperty("SIGNALBOX_SCHEMA_REGISTRY_URL", ""));
        for (OwnHost host : hosts) {
            lan.lend(broker.getPort(), host.place());
            lan.lend(schemas.getPort(), host.place());
            lan.borrow(chain.proxy().getPort(), host.place(), host.proxy().getPort());
        }
        lan.relay(chain.data());
        for (OwnHost host : hosts) {
            host.watch(config);
            host.serve(config);
        }
    }

    /** A proxy, as clients and as its own runtime socket show it. */
    private record View(InetSocketAddress address, ProxySocket socket) {

        static View of(OwnHost host) {
            return new View(host.proxy(), new ProxySocket(host.runtimeSocket()));
        }

        static View of(Chain chain) {
            return new View(chain.proxy(), new ProxySocket(chain.runtimeSocket()));
        }

        /** Waits until these containers get its requests, each at this address. */
        void awaitServing(Map<String, String> servers) {
            await().atMost(PATIENCE)
                    .ignoreExceptionsInstanceOf(IOException.class)
                    .untilAsserted(() -> assertThat(socket.serving()).isEqualTo(servers));
        }

        /** Waits until the service is answered so, by these containers or with these statuses. */
        void awaitAnswers(String service, Set<String> answers) {
            await().atMost(PATIENCE)
                    .ignoreExceptionsInstanceOf(IOException.class)
                    .untilAsserted(() -> assertThat(answers(service)).isEqualTo(answers));
        }

        private Set<String> answers(String service) throws IOException {
            Set<String> answers = new TreeSet<>();
            for (int i = 0; i < 6; i++) {
                try (HttpConnection connection = new HttpConnection(address, 10_000)) {
                    Response response = connection.send("GET", service + ".test", "/", false);
                    answers.add(
                            response.status() == 200
                                    ? JSON.readTree(response.body()).path("host").asText()
                                    : Integer.toString(response.status()));
                }
            }
            return answers;
        }

        /** Waits until no server of that container is known to it, whatever its state. */
        void awaitForgotten(Published container) {
            await().atMost(PATIENCE)
                    .until(() -> !socket.ask("show servers state").contains(container.id()));
        }
    }

    /** What happens to the two hosts. */
    private static final class Story {
        private final Chain chain;
        private final OwnHost b;
        private final View fromA;
        private final View fromB;
        private final View fromElsewhere;
        private final List<View> views;
        private final Published onA;
        private final Published onB;
        private final Published alone;

        /** Services {@code both}, with a container on each host, and {@code alone}, on B only. */
        Story(Chain chain, OwnHost a, OwnHost b) throws Exception {
            this.chain = chain;
            this.b = b;
            fromA = View.of(a);
            fromB = View.of(b);
            fromElsewhere = View.of(chain);
            views = List.of(fromA, fromB, fromElsewhere);
            onA = a.run("both");
            onB = b.run("both");
            alone = b.run("alone");
        }

        void run() throws Exception {
            assertThat(onA.inside()).isEqualTo(onB.inside());
            awaitAllServed();

            List<Load> loads = new ArrayList<>();
            for (View view : views) {
                loads.add(Load.start(view.address(), List.of("both.test"), 40, 2, 2));
            }
            try {
                killed();
                expired();
                b.comeBack(chain.data().resolve("endpoints"));
                awaitAllServed();
            } finally {
                loads.forEach(Load::close);
            }
            for (Load load : loads) {
                assertThat(load.tally().failures()).isEmpty();
                assertThat(load.tally().answered()).isPositive();
            }
        }

        private void awaitAllServed() {
            fromA.awaitServing(servers(onA.inside(), onB.outside(), alone.outside()));
            fromB.awaitServing(servers(onA.outside(), onB.inside(), alone.inside()));
            fromElsewhere.awaitServing(servers(onA.outside(), onB.outside(), alone.outside()));
            for (View view : views) {
                view.awaitAnswers("both", Set.of(onA.id(), onB.id()));
                view.awaitAnswers("alone", Set.of(alone.id()));
            }
        }

        private Map<String, String> servers(String a, String b, String alone) {
            Map<String, String> servers = new HashMap<>();
            servers.put(onA.id(), a);
            servers.put(onB.id(), b);
            servers.put(this.alone.id(), alone);
            return servers;
        }

        /**
         * Nothing leads to the ports that a dead engine published, but its containers run: where
         * they are reached by their own address they go on serving, and elsewhere HAProxy's checks
         * take their servers out, though no fact has removed them.
         */
        private void killed() throws Exception {
            b.kill();
            fromA.awaitServing(Map.of(onA.id(), onA.inside()));
            fromElsewhere.awaitServing(Map.of(onA.id(), onA.outside()));
            awaitStatus("lost");
            fromB.awaitServing(servers(onA.outside(), onB.inside(), alone.inside()));
            fromB.awaitAnswers("alone", Set.of(alone.id()));
            fromA.awaitAnswers("alone", Set.of("503"));
            assertThat(fromA.socket().ask("show servers state")).contains(onB.id(), alone.id());
        }

        /** After the grace its servers go wherever they are. */
        private void expired() {
            awaitStatus("expired");
            for (View view : views) {
                view.awaitForgotten(onB);
                view.awaitForgotten(alone);
                view.awaitAnswers("both", Set.of(onA.id()));
                view.awaitAnswers("alone", Set.of("404"));
            }
        }

        private void awaitStatus(String status) {
            await().atMost(PATIENCE).until(this::statusOfB, status::equals);
        }

        private String statusOfB() {
            for (JsonNode host : chain.ask("/v1/hosts")) {
                if (host.path("host").asText().equals("b")) {
                    return host.path("status").asText();
                }
            }
            return "unknown";
        }
    }
}
