package io.signalbox.registry;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.signalbox.process.FreePort;
import io.signalbox.schemas.Event;
import io.signalbox.schemas.Fact;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** One registry whose door for Docker Flow Proxy's calls is open to this machine. */
@Timeout(120)
class DockerFlowDoorIT {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String ROOT = "/v1/docker-flow-proxy/";
    private static final String ARTICLE =
            "reconfigure?serviceName=go-demo&servicePath=/demo&port=8080";

    private static final String TOKEN = "a-token-of-the-appliers";

    /** What the applier was sent: its token, its path and its body. */
    private static final Queue<List<String>> SENT = new ConcurrentLinkedQueue<>();

    private static HttpServer applier;
    private static Lab lab;
    private static Lab.Running registry;
    private static HttpClient client;
    private static String base;

    @BeforeAll
    static void startRegistry(@TempDir Path directory) throws Exception {
        int port = FreePort.onLoopback();
        applier = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        applier.createContext("/certificates", DockerFlowDoorIT::takeCertificate);
        applier.start();
        Path token = directory.resolve("token");
        Files.writeString(token, TOKEN);
        lab = Lab.start(directory.resolve("broker"));
        registry =
                lab.registry(
                        Map.of(
                                "door-docker-flow",
                                "open",
                                "door-docker-flow-listen",
                                "127.0.0.1:" + port,
                                "door-docker-flow-networks",
                                "127.0.0.0/8",
                                "door-docker-flow-certificates",
                                "http://127.0.0.1:" + applier.getAddress().getPort(),
                                "door-docker-flow-certificates-token-file",
                                token.toString()));
        client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        base = "http://127.0.0.1:" + port + ROOT;
        await().atMost(SOON).until(registry::ready);
        await().atMost(SOON).until(() -> call("GET", "successfulinitreload").statusCode() == 200);
    }

    @AfterAll
    static void stopRegistry() {
        client.close();
        applier.stop(0);
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

        assertThat(facts("bad")).isEmpty();
    }

    @Test
    void shouldAnswerWhatNeedsNothing() throws Exception {
        assertThat(call("GET", "ping").body()).contains("\"Status\":\"OK\"");
        assertThat(call("GET", "reload?recreate=true").statusCode()).isEqualTo(200);
        assertThat(call("GET", "config").statusCode()).isEqualTo(404);
    }

    /** As an applier answers; it takes what begins as a certificate does. */
    private static void takeCertificate(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), ISO_8859_1);
        String path = exchange.getRequestURI().getPath();
        SENT.add(List.of(exchange.getRequestHeaders().getFirst("Authorization"), path, body));
        if (path.contains("silent")) {
            return;
        }
        boolean list = exchange.getRequestMethod().equals("GET");
        boolean taken = list || body.startsWith("-----BEGIN");
        byte[] answer =
                (list
                                ? "{\"certificates\": [{\"name\": \"shop\", \"sha256\": \"ab12\"}]}"
                                : taken ? "{}" : "{\"error\": \"it is no certificate\"}")
                        .getBytes(UTF_8);
        exchange.sendResponseHeaders(taken ? 200 : 422, answer.length);
        exchange.getResponseBody().write(answer);
        exchange.close();
    }

    @Test
    void shouldHandCertificatesToTheAppliersAndKeepNoKey() throws Exception {
        String pem = "-----BEGIN CERTIFICATE-----\n-----BEGIN PRIVATE KEY-----\nc2VjcmV0";

        HttpResponse<String> stored = call("PUT", "cert?certName=shop.pem&distribute=true", pem);

        assertThat(stored.statusCode()).as(stored.body()).isEqualTo(200);
        assertThat(stored.body()).contains("\"Status\":\"OK\"").doesNotContain("c2VjcmV0");
        assertThat(SENT).contains(List.of("Bearer " + TOKEN, "/certificates/shop", pem));
        assertThat(call("GET", "certs").body())
                .contains(
                        "\"ServiceName\":\"shop\"", "\"Sha256\":\"ab12\"", "\"CertContent\":\"\"");
        assertThat(lab.events().toString()).doesNotContain("c2VjcmV0", "PRIVATE KEY");
    }

    @Test
    void shouldGiveUpCallsThatAnApplierDoesNotAnswerSoThatOthersReachIt() throws Exception {
        List<CompletableFuture<Integer>> silent =
                IntStream.range(0, 8)
                        .mapToObj(number -> request("PUT", "cert?certName=silent-" + number, "x"))
                        .map(put -> client.sendAsync(put, HttpResponse.BodyHandlers.ofString()))
                        .map(answer -> answer.thenApply(HttpResponse::statusCode))
                        .toList();
        for (CompletableFuture<Integer> one : silent) {
            assertThat(one.get()).isNotEqualTo(200);
        }

        assertThat(call("PUT", "cert?certName=heard", "-----BEGIN").statusCode()).isEqualTo(200);
    }

    @Test
    void shouldRefuseACertificateThatNoApplierTakes() throws Exception {
        assertRefused(call("PUT", "cert?certName=bad.pem", "nonsense"), 400, "422, it is no cert");
        assertRefused(call("PUT", "cert?certName=..%2Fx", "nonsense"), 400, "certName must be");
        assertRefused(call("POST", "cert", "nonsense"), 400, "certName is mandatory");
        assertRefused(call("PUT", "cert?certName=empty.pem", ""), 400, "the body is empty");
        assertThat(call("PUT", "cert?certName=x.pem", "x".repeat(300_000)).statusCode())
                .isEqualTo(413);

        assertThat(SENT)
                .extracting(one -> one.get(1))
                .doesNotContain("/certificates/x", "/certificates/empty");
    }

    @Test
    void shouldShowTheRegistrysFigures() throws Exception {
        for (String path : List.of("metrics", "metrics?distribute=true", "../../metrics")) {
            HttpResponse<String> figures = call("GET", path);

            assertThat(figures.statusCode()).as(path).isEqualTo(200);
            assertThat(figures.headers().firstValue("content-type").orElse(""))
                    .startsWith("text/plain; version=0.0.4");
            assertThat(figures.body())
                    .contains("signalbox_registry_door_requests_total{door=\"docker-flow\"");
        }
    }

    private static void assertRefused(String call, int status, String message) throws Exception {
        assertRefused(call("GET", call), status, message);
    }

    private static void assertRefused(HttpResponse<String> response, int status, String message) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        JsonObject body = new JsonObject(response.body());
        assertThat(body.getString("Status")).isEqualTo("NOK");
        assertThat(body.getString("Message")).contains(message);
        assertThat(body.getString("type")).startsWith("urn:signalbox:error:");
    }

    private static HttpResponse<String> call(String method, String path) throws Exception {
        return call(method, path, "");
    }

    private static HttpResponse<String> call(String method, String path, String body)
            throws Exception {
        return client.send(request(method, path, body), HttpResponse.BodyHandlers.ofString());
    }

    private static HttpRequest request(String method, String path, String body) {
        return HttpRequest.newBuilder(URI.create(base).resolve(path))
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .timeout(PATIENCE)
                .build();
    }

    private static List<Event> facts(String service) {
        return lab.events().stream()
                .filter(event -> event.subject().equals("service/" + service))
                .toList();
    }
}
