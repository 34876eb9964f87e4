package io.signalbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.signalbox.cli.EphemeralSignalbox;
import io.signalbox.cli.load.Load;
import io.signalbox.process.FreePort;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is no container, registered by its door, as clients of the proxy meet it. */
@Timeout(180)
class RegistrationIT {
    private static final String HOST = "registered.test";
    private static final Duration SOON = Duration.ofSeconds(30);

    private final List<Throwable> fatal = new CopyOnWriteArrayList<>();
    private final List<HttpServer> servers = new ArrayList<>();
    private final HttpClient client = HttpClient.newHttpClient();
    private String door;
    private EphemeralSignalbox signalbox;

    @BeforeEach
    void start() throws Exception {
        String address = "127.0.0.1:" + FreePort.onLoopback();
        door = "http://" + address + "/v1/endpoints/";
        signalbox =
                EphemeralSignalbox.start(
                        0,
                        Map.of("door-registration", "open", "door-registration-listen", address),
                        fatal::add);
    }

    @AfterEach
    void stop() {
        signalbox.close();
        client.close();
        servers.forEach(server -> server.stop(0));
        assertThat(fatal).isEmpty();
    }

    @Test
    void shouldLoseNoRequestWhenServersAreDeletedOrExpire() throws Exception {
        assertThat(register("stays", "")).isEqualTo(201);
        assertThat(register("deleted", "")).isEqualTo(201);
        try (Load load = Load.start(signalbox.proxy(), List.of(HOST), 100, 4, 4)) {
            awaitAnsweredBy(load, "stays", "deleted");
            // Until here requests may have come before the route; from here on none may fail.
            long failed = load.tally().failed();
            assertThat(register("expires", ", \"ttl\": \"6s\"")).isEqualTo(201);
            awaitAnsweredBy(load, "stays", "deleted", "expires");

            assertThat(call("DELETE", "deleted", "").statusCode()).isEqualTo(200);
            await().atMost(SOON).until(() -> call("GET", "expires", "").statusCode() == 404);

            awaitAnsweredBy(load, "stays");
            assertThat(load.tally().failed()).as("%s", load.tally().failures()).isEqualTo(failed);
        }
    }

    /** Waits until these alone answer. */
    private static void awaitAnsweredBy(Load load, String... names) {
        await().atMost(SOON)
                .pollInterval(Duration.ofMillis(500))
                .untilAsserted(
                        () ->
                                assertThat(load.tally().takeAnswers().keySet())
                                        .containsExactlyInAnyOrder(names));
    }

    /** A server of its own that answers with the endpoint's name. */
    private int register(String name, String more) throws Exception {
        HttpServer server =
                HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext(
                "/",
                exchange -> {
                    byte[] body = name.getBytes(UTF_8);
                    exchange.sendResponseHeaders(200, body.length);
                    exchange.getResponseBody().write(body);
                    exchange.close();
                });
        server.start();
        servers.add(server);
        String body =
                """
                {"service": "registered", "address": "127.0.0.1", "port": %d%s,
                 "labels": {"signalbox.host": "%s"}}
                """
                        .formatted(server.getAddress().getPort(), more, HOST);
        return call("PUT", name, body).statusCode();
    }

    private java.net.http.HttpResponse<String> call(String method, String id, String body)
            throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(door + id))
                        .method(method, HttpRequest.BodyPublishers.ofString(body))
                        .build();
        return client.send(request, BodyHandlers.ofString());
    }
}
