package io.signalbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.signalbox.bench.stack.Stack;
import io.signalbox.cli.load.HttpConnection;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What the containers of the Compose file may do and who can reach them, as the engine says it, and
 * what the socket proxy lets pass. All containers are made; only the socket proxy runs.
 */
@Timeout(120)
class StackRightsIT {
    private static final List<String> OURS =
            List.of("watcher", "registry", "renderer", "edge", "internal", "socket-proxy");
    private static final String FIRST = "kafka schema-registry socket-proxy sample groups";
    private static final String THEN = "topics watcher registry renderer edge internal";
    private static final String PROJECT = "signalbox-stack-rights";

    private static Stack stack;
    private static String running;
    private static InetSocketAddress engine;

    @BeforeAll
    static void make() throws Exception {
        stack = Stack.asItIs(Shell.REPOSITORY, PROJECT);
        // In two steps: docker-compose 1.29 waits for what others depend on, which never runs here.
        stack.compose("up --no-start --no-deps " + FIRST);
        stack.compose("up --no-start --no-deps " + THEN);
        stack.compose("up --detach --no-deps socket-proxy");
        running = stack.containers("socket-proxy").getFirst();
        engine = new InetSocketAddress(stack.address(running, "engine"), 2375);
        await("an answer of the socket proxy")
                .atMost(Duration.ofSeconds(30))
                .ignoreException(IOException.class)
                .until(() -> ask("GET /_ping") == 200);
    }

    @AfterAll
    static void remove() throws Exception {
        stack.close();
    }

    @Test
    void shouldPublishNothingButTheProxiesAndOfThemOnlyTheEdgeBeyondLoopback() throws Exception {
        Map<String, String> published = stack.inspectEach("{{json .HostConfig.PortBindings}}");
        published.values().removeIf("{}"::equals);

        assertThat(published).containsOnlyKeys("edge", "internal");
        assertThat(published.get("edge")).startsWith("{\"80/tcp\":").doesNotContain("],");
        assertThat(published.get("internal"))
                .startsWith("{\"80/tcp\":[{\"HostIp\":\"127.0.0.1\"")
                .doesNotContain("},{")
                .doesNotContain("],");
    }

    @Test
    void shouldRunWithoutPrivilegesInNetworksOfTheStackOnly() throws Exception {
        String template =
                "{{.HostConfig.Privileged}} {{.HostConfig.CapAdd}} {{.HostConfig.Devices}}"
                        + " {{.HostConfig.PidMode}} {{.HostConfig.NetworkMode}}";

        assertThat(stack.inspectEach(template))
                .hasSize(11)
                .allSatisfy((_, said) -> assertThat(said).startsWith("false [] []  " + PROJECT));
    }

    @Test
    void shouldDropAllCapabilitiesAndWriteNowhereButToVolumes() throws Exception {
        Map<String, String> rights =
                stack.inspectEach(
                        "{{.HostConfig.ReadonlyRootfs}} {{.HostConfig.CapDrop}}"
                                + " {{.HostConfig.SecurityOpt}}");

        assertThat(OURS)
                .allSatisfy(
                        service ->
                                assertThat(rights.get(service))
                                        .isEqualTo("true [ALL] [no-new-privileges:true]"));
    }

    @Test
    void shouldRunAsNobodyInParticular() throws Exception {
        Map<String, String> users = stack.inspectEach("{{.Config.User}}");

        assertThat(List.of("watcher", "registry", "renderer", "edge", "internal", "topics"))
                .allSatisfy(service -> assertThat(users.get(service)).isEqualTo("10001:10001"));
    }

    @Test
    void shouldGiveTheEnginesSocketToTheSocketProxyAlone() throws Exception {
        Map<String, String> binds = stack.inspectEach("{{.HostConfig.Binds}}");
        binds.values().removeIf(said -> !said.contains("docker.sock"));

        assertThat(binds).containsOnlyKeys("socket-proxy");
    }

    @Test
    void shouldKeepNoPassword() throws Exception {
        assertThat(stack.inspectEach("{{.Config.Env}}"))
                .allSatisfy(
                        (_, said) ->
                                assertThat(said)
                                        .doesNotContainPattern(
                                                "(?i)password|secret|token|credential"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /_ping",
                "HEAD /_ping",
                "GET /v1.41/version",
                "GET /info",
                "GET /v1.41/containers/json?all=1",
                "GET /networks",
                "GET /networks/bridge"
            })
    void shouldLetTheWatchersReadingRequestsPass(String request) throws Exception {
        assertThat(ask(request)).isEqualTo(200);
    }

    @Test
    void shouldLetTheWatcherInspectAContainer() throws Exception {
        assertThat(ask("GET /v1.41/containers/" + running + "/json")).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "POST /containers/create?name=evil",
                "POST /v1.41/containers/create?name=evil",
                "POST //containers/create?name=evil",
                "POST /containers%2fcreate?name=evil",
                "POST /v1.41/../containers/create?name=evil",
                "POST /containers/json/../create?name=evil",
                "POST http://engine/containers/create?name=evil",
                "post /containers/create?name=evil",
                "POST /containers/json",
                "POST /containers/ID/exec",
                "POST /containers/ID/start",
                "POST /containers/ID/stop?t=0",
                "POST /containers/ID/kill",
                "POST /containers/ID/update",
                "POST /containers/ID/attach",
                "DELETE /containers/ID?force=1",
                "DELETE /v1.41/containers/ID?force=1",
                "PUT /containers/ID/archive?path=/",
                "POST /images/create?fromImage=evil",
                "POST /build",
                "POST /commit?container=ID",
                "POST /networks/create",
                "POST /volumes/create",
                "POST /swarm/init",
                "POST /services/create",
                "POST /session",
                "CONNECT /containers/json"
            })
    void shouldRefuseWhatWouldChangeAnything(String request) throws Exception {
        assertThat(ask(request.replace("ID", running))).isIn(400, 403);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /containers/ID/archive?path=/etc/passwd",
                "GET /containers/ID/logs?stdout=1&x=/containers/json",
                "GET /containers/ID%2flogs?stdout=1",
                "GET /containers/json/../ID/logs?stdout=1",
                "GET /v1.41//containers/ID/logs?stdout=1",
                "GET /%63ontainers/json",
                "GET /containers/ID/attach/ws?stream=1",
                "GET /containers/ID/export",
                "GET /containers/ID/top",
                "GET /containers/ID/json/",
                "GET /v1.41/v1.41/containers/json",
                "GET /exec/ID/json",
                "GET /images/json?x=/containers/json",
                "GET /images/json#/containers/json",
                "GET http://engine/secrets",
                "GET /secrets",
                "GET /configs",
                "GET /swarm",
                "GET /swarm/unlockkey",
                "GET /volumes",
                "GET /plugins",
                "GET /system/df",
                "GET /services/any/logs?stdout=1",
                "GET /"
            })
    void shouldRefuseWhatTheWatcherDoesNotRead(String request) throws Exception {
        assertThat(ask(request.replace("ID", running))).isIn(400, 403);
    }

    @Test
    void shouldHaveMadeNothingOfWhatWasRefused() throws Exception {
        assertThat(ask("POST /v1.41/containers/create?name=evil")).isEqualTo(403);
        assertThat(ask("DELETE /v1.41/containers/" + running + "?force=1")).isEqualTo(403);
        assertThat(stack.containers("socket-proxy")).containsExactly(running);
        assertThat(stack.docker("ps --all --quiet --filter name=^/evil$")).isEmpty();
    }

    private static int ask(String request) throws IOException {
        String[] words = request.split(" ", 2);
        try (HttpConnection connection = new HttpConnection(engine, 10_000)) {
            return connection.send(words[0], "engine", words[1], false).status();
        }
    }
}
