package io.signalbox.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.signalbox.process.FreePort;
import io.signalbox.schemas.Event;
import io.signalbox.schemas.Fact;
import io.signalbox.schemas.Liveness;
import io.signalbox.schemas.Topic;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** One registry with a door by token, one open to this machine, and one that is closed. */
@Timeout(120)
class DoorsIT {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final String TOKEN = "a-token-of-24-characters";
    private static final String ENDPOINT =
            """
            {"service": "db-admin", "address": "192.0.2.7", "port": 8080, "ttl": "3s",
             "labels": {"signalbox.host": "db.example.com"}}
            """;
    private static final String ARTICLE =
            """
            {"table": "astro",
             "running": [{"serviceName": "app1", "id": "a23nj53h3j4", "ip": "192.168.1.9:80"},
                         {"serviceName": "app1", "id": "jk3243j54jl", "ip": "192.168.1.8:80"}],
             "candidates": [
               {"serviceName": "app1", "configMode": "host", "predicate": "first.example.com",
                "cookie": "JSESSIONID",
                "containers": [{"id": "a23nj53h3j4", "ip": "192.168.1.9:80"}]}]}
            """;

    private static Lab lab;
    private static Lab.Running registry;
    private static HttpClient client;
    private static String api;
    private static String open;

    @BeforeAll
    static void startRegistry(@TempDir Path directory) throws Exception {
        Path token = Files.writeString(directory.resolve("token"), TOKEN + "\n");
        int port = FreePort.onLoopback();
        lab = Lab.start(directory.resolve("broker"));
        registry =
                lab.registry(
                        Map.of(
                                "door-registration", "token",
                                "door-registration-token-file", token.toString(),
                                "door-lambda-registry", "open",
                                "door-lambda-registry-listen", "127.0.0.1:" + port,
                                "door-lambda-registry-networks", "127.0.0.0/8",
                                "door-lambda-registry-groups", "astro=stars"));
        client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        api = "http://" + registry.runtime.http().address();
        open = "http://127.0.0.1:" + port;
        await().atMost(SOON).until(registry::ready);
        await().atMost(SOON).until(() -> send("GET", "/v1/endpoints", "").statusCode() == 200);
    }

    @AfterAll
    static void stopRegistry() {
        client.close();
        registry.close();
        lab.close();
    }

    @Test
    void shouldRegisterRenewAndDeregister() throws Exception {
        HttpResponse<String> created = send("PUT", "/v1/endpoints/db-1", ENDPOINT);
        assertThat(created.statusCode()).as(created.body()).isEqualTo(201);
        // The next call sees what the one before wrote.
        assertThat(send("GET", "/v1/endpoints/db-1", "").body())
                .contains("\"address\":\"192.0.2.7\"", "\"routes\":[\"db.example.com/\"]");
        int facts = factsOf("endpoint/db-1").size();

        HttpResponse<String> renewed = send("PUT", "/v1/endpoints/db-1", ENDPOINT);

        assertThat(renewed.statusCode()).isEqualTo(200);
        assertThat(renewed.body()).contains("\"outcome\":\"renewed\"");
        assertThat(factsOf("endpoint/db-1")).hasSize(facts);
        assertThat(beats()).contains(new Liveness.EndpointRenewed("db-1"));

        HttpResponse<String> gone = send("DELETE", "/v1/endpoints/db-1", "");
        assertThat(gone.statusCode()).isEqualTo(200);
        assertThat(send("GET", "/v1/endpoints/db-1", "").statusCode()).isEqualTo(404);
        assertThat(send("DELETE", "/v1/endpoints/db-1", "").statusCode()).isEqualTo(404);
        Event last = factsOf("endpoint/db-1").getLast();
        assertThat(last.fact()).isEqualTo(new Fact.EndpointDeregistered("db-1"));
        assertThat(last.source()).isEqualTo("door/registration");
        assertThat(last.session()).isEqualTo(Event.NO_SESSION);
    }

    @Test
    void shouldExpireWhatIsNotRenewedAndKeepWhatIs() throws Exception {
        send("PUT", "/v1/endpoints/silent", ENDPOINT);
        send("PUT", "/v1/endpoints/renewed", ENDPOINT);
        await().atMost(SOON)
                .pollInterval(Duration.ofMillis(500))
                .until(
                        () -> {
                            send("PUT", "/v1/endpoints/renewed", ENDPOINT);
                            return send("GET", "/v1/endpoints/silent", "").statusCode() == 404;
                        });

        assertThat(factsOf("endpoint/silent").getLast().fact())
                .isInstanceOf(Fact.EndpointExpired.class);
        assertThat(factsOf("endpoint/renewed")).hasSize(1);
        assertThat(send("PUT", "/v1/endpoints/silent", ENDPOINT).statusCode()).isEqualTo(201);
    }

    @Test
    void shouldRefuseBadInputAndChangeNothing() throws Exception {
        assertProblem(send("PUT", "/v1/endpoints/bad", "{\"service\": "), 400, "line 1, column");
        assertProblem(
                send("PUT", "/v1/endpoints/bad", ENDPOINT.replace("\"port\"", "\"address\"")),
                400,
                "Duplicate field 'address'");
        assertProblem(
                send("PUT", "/v1/endpoints/bad", ENDPOINT.replace("8080", "\"http\"")),
                400,
                "port must be a whole number from 1 to 65535, not 'a text'");
        assertProblem(
                send("PUT", "/v1/endpoints/bad", ENDPOINT.replace("\"ttl\"", "\"tll\"")),
                400,
                "tll is not known here");
        assertProblem(
                send("PUT", "/v1/endpoints/bad%2Fid", ENDPOINT),
                400,
                "the endpoint's id must have");
        String large = ENDPOINT.replace("db-admin", "x".repeat(1024 * 1024));
        assertProblem(send("PUT", "/v1/endpoints/bad", large), 413, "at most 262144 bytes");
        assertProblem(
                call(api, "PUT", "/v1/endpoints/bad", ENDPOINT, "Accept", "*/*"),
                401,
                "the token is missing");
        assertProblem(
                call(api, "PUT", "/v1/endpoints/bad", ENDPOINT, "Authorization", "Bearer none"),
                401,
                "SIGNALBOX_DOOR_REGISTRATION_TOKEN_FILE");

        assertThat(send("GET", "/v1/endpoints", "").body()).doesNotContain("bad");
        assertThat(factsOf("endpoint/bad")).isEmpty();
        assertThat(call(api, "GET", "/metrics", "", "Accept", "*/*").body())
                .contains(
                        "signalbox_registry_door_refused_total{door=\"registration\",reason=\"no-token\"}",
                        "signalbox_registry_door_requests_total{door=\"registration\",status=\"413\"}");
    }

    @Test
    void shouldAnswerAsLambdaRegistryDid() throws Exception {
        HttpResponse<String> first = generate(ARTICLE);

        assertThat(first.statusCode()).as(first.body()).isEqualTo(200);
        assertThat(first.body().lines().map(String::strip))
                .contains(
                        "acl app1 hdr(host) -i first.example.com",
                        "server a23nj53h3j4 192.168.1.9:80 check cookie JSESSIONID");
        assertThat(generate(ARTICLE).body()).isEqualTo(first.body());
        assertThat(lambdaFacts())
                .hasSize(2)
                .allMatch(e -> e.source().equals("door/lambda-registry"));

        assertProblem(generate(ARTICLE.replace("host", "hdr")), 400, "must be host or path");
        assertProblem(generate(ARTICLE.replace("\"ip\"", "\"id\"")), 400, "Duplicate field 'id'");
        assertProblem(generate("[" + ARTICLE + "]"), 400, "the body must be an object");
        assertThat(lambdaFacts()).hasSize(2);

        String stop = "{\"table\": \"astro\", \"running\": []}";
        assertThat(generate(stop).body()).doesNotContain("use_backend");
        assertThat(lambdaFacts()).hasSize(4);
    }

    @Test
    void shouldSayWhereADoorIsAndWhichSettingOpensIt() throws Exception {
        assertProblem(
                call(api, "POST", "/generate", ARTICLE, "Accept", "*/*"),
                401,
                "this door is open at 127.0.0.1:");
        try (Lab.Running closed = lab.registry(Map.of())) {
            String other = "http://" + closed.runtime.http().address();
            assertProblem(
                    call(other, "PUT", "/v1/endpoints/x", ENDPOINT, "Authorization", "Bearer x"),
                    401,
                    "SIGNALBOX_DOOR_REGISTRATION=token");
            assertProblem(
                    call(other, "POST", "/generate", ARTICLE, "Accept", "*/*"),
                    401,
                    "SIGNALBOX_DOOR_LAMBDA_REGISTRY=token");
        }
    }

    @Test
    void shouldLetInFromItsNetworksAlone() throws Exception {
        int port = FreePort.onLoopback();
        Map<String, String> flags =
                Map.of(
                        "door-registration", "open",
                        "door-registration-listen", "127.0.0.1:" + port,
                        "door-registration-networks", "192.0.2.0/24");
        try (Lab.Running _ = lab.registry(flags)) {
            assertProblem(
                    call("http://127.0.0.1:" + port, "GET", "/v1/endpoints", "", "Accept", "*/*"),
                    403,
                    "127.0.0.1 is in none of the networks of SIGNALBOX_DOOR_REGISTRATION_NETWORKS:"
                            + " 192.0.2.0/24");
        }
    }

    private static void assertProblem(HttpResponse<String> response, int status, String detail) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(response.headers().firstValue("content-type"))
                .hasValue("application/problem+json");
        JsonObject problem = new JsonObject(response.body());
        // By this word Cosmonaut's script knows a failure.
        assertThat(problem.getString("type")).startsWith("urn:signalbox:error:");
        assertThat(problem.getString("detail")).contains(detail);
    }

    private static HttpResponse<String> send(String method, String path, String body)
            throws Exception {
        return call(api, method, path, body, "Authorization", "Bearer " + TOKEN);
    }

    private static HttpResponse<String> generate(String body) throws Exception {
        return call(open, "POST", "/generate", body, "Accept", "*/*");
    }

    private static HttpResponse<String> call(
            String base, String method, String path, String body, String... header)
            throws Exception {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(base + path))
                        .method(method, HttpRequest.BodyPublishers.ofString(body))
                        .headers(header)
                        .timeout(SOON)
                        .build();
        return client.send(request, HttpResponse.BodyHandlers.ofString());
    }

    private static List<Event> factsOf(String subject) {
        return lab.events().stream().filter(event -> event.subject().equals(subject)).toList();
    }

    private static List<Event> lambdaFacts() {
        return lab.events().stream()
                .filter(event -> event.subject().startsWith("endpoint/lambda/"))
                .toList();
    }

    private static List<Liveness> beats() {
        return lab.read(Topics.partitions(lab.topics.liveness(), Topic.LIVENESS)).stream()
                .map(record -> lab.codecs.liveness().decode(record.value()))
                .flatMap(
                        decoded ->
                                decoded
                                                instanceof
                                                io.signalbox.schemas.Decoded.Value<Liveness>(var v)
                                        ? java.util.stream.Stream.of(v)
                                        : java.util.stream.Stream.<Liveness>empty())
                .toList();
    }
}
