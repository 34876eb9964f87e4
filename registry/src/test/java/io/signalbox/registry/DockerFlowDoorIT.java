package io.signalbox.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.signalbox.process.FreePort;
import io.signalbox.schemas.Event;
import io.signalbox.schemas.Fact;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** One registry whose door for Docker Flow Proxy's calls is open to this machine. */
@Timeout(120)
class DockerFlowDoorIT {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final String ROOT = "/v1/docker-flow-proxy/";
    private static final String ARTICLE =
            "reconfigure?serviceName=go-demo&servicePath=/demo&port=8080";

    private static Lab lab;
    private static Lab.Running registry;
    private static HttpClient client;
    private static String base;

    @BeforeAll
    static void startRegistry(@TempDir Path directory) throws Exception {
        int port = FreePort.onLoopback();
        lab = Lab.start(directory.resolve("broker"));
        registry =
                lab.registry(
                        Map.of(
                                "door-docker-flow", "open",
                                "door-docker-flow-listen", "127.0.0.1:" + port,
                                "door-docker-flow-networks", "127.0.0.0/8"));
        client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        base = "http://127.0.0.1:" + port + ROOT;
        await().atMost(SOON).until(registry::ready);
        await().atMost(SOON).until(() -> call("GET", "successfulinitreload").statusCode() == 200);
    }

    @AfterAll
    static void stopRegistry() {
        client.close();
        registry.close();
        lab.close();
    }

    @Test
    void shouldDeclareAndWithdrawAsTheArticleCalls() throws Exception {
        HttpResponse<String> declared = call("GET", ARTICLE);

        assertThat(declared.statusCode()).as(declared.body()).isEqualTo(200);
        assertThat(new JsonObject(declared.body()).getString("Status")).isEqualTo("OK");
        Event fact = facts("go-demo").getLast();
        assertThat(fact.source()).isEqualTo("door/docker-flow");
        assertThat(fact.fact()).isInstanceOf(Fact.ServiceDeclared.class);
        assertThat(call("GET", "config?type=json").body()).contains("\"go-demo\"");
        assertThat(call("PUT", ARTICLE + "&distribute=true").statusCode()).isEqualTo(200);
        assertThat(facts("go-demo")).hasSize(1);

        assertThat(call("GET", "remove?serviceName=go-demo").statusCode()).isEqualTo(200);
        assertThat(facts("go-demo").getLast().fact())
                .isEqualTo(new Fact.ServiceWithdrawn("go-demo"));
        assertThat(call("GET", "config?type=json").body()).doesNotContain("go-demo");
        assertThat(call("GET", "remove?serviceName=go-demo").statusCode()).isEqualTo(200);
        assertThat(facts("go-demo")).hasSize(2);
    }

    @Test
    void shouldRefuseByNameAndWriteNothing() throws Exception {
        assertRefused("reconfigure?servicePath=/x&port=1", 400, "serviceName is mandatory");
        assertRefused("reconfigure?serviceName=bad&port=1", 409, "servicePath or serviceDomain");
        assertRefused("reconfigure?serviceName=bad&servicePath=/x", 400, "port or httpsPort");
        assertRefused(
                "reconfigure?serviceName=bad&servicePath=/x&port=1&port=2&whatever=1",
                400,
                "port must be said once");
        assertRefused("remove", 400, "serviceName is mandatory");
        assertRefused("metrics", 501, "HAProxy's statistics page");
        assertRefused("certs", 400, "private keys do not enter the log");
        assertThat(call("PUT", "cert?certName=a.pem").statusCode()).isEqualTo(400);

        assertThat(facts("bad")).isEmpty();
    }

    @Test
    void shouldAnswerWhatNeedsNothing() throws Exception {
        assertThat(call("GET", "ping").body()).contains("\"Status\":\"OK\"");
        assertThat(call("GET", "reload?recreate=true").statusCode()).isEqualTo(200);
        assertThat(call("GET", "config").statusCode()).isEqualTo(404);
    }

    private static void assertRefused(String call, int status, String message) throws Exception {
        HttpResponse<String> response = call("GET", call);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        JsonObject body = new JsonObject(response.body());
        assertThat(body.getString("Status")).isEqualTo("NOK");
        assertThat(body.getString("Message")).contains(message);
        assertThat(body.getString("type")).startsWith("urn:signalbox:error:");
    }

    private static HttpResponse<String> call(String method, String path) throws Exception {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(base + path))
                        .method(method, HttpRequest.BodyPublishers.noBody())
                        .timeout(SOON)
                        .build();
        return client.send(request, HttpResponse.BodyHandlers.ofString());
    }

    private static List<Event> facts(String service) {
        return lab.events().stream()
                .filter(event -> event.subject().equals("service/" + service))
                .toList();
    }
}
