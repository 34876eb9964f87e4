package io.signalbox.schemas.codec;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.confluent.kafka.schemaregistry.client.rest.entities.requests.RegisterSchemaRequest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The part of Confluent's API that a codec asks, in this JVM; it registers what it is asked for.
 * Schemas have the same id under every subject, as in the real ones.
 */
final class FakeRegistry implements AutoCloseable {

    private final Map<String, Integer> ids = new HashMap<>();
    private final Map<Integer, String> schemas = new TreeMap<>();
    private final AtomicInteger requests = new AtomicInteger();
    private final HttpServer server;
    private int next;
    private volatile int failure;

    /** On a free port; ids begin after {@code lastId}. */
    FakeRegistry(int lastId) throws IOException {
        this(lastId, 0);
    }

    /** On a given port, 0 for a free one. */
    FakeRegistry(int lastId, int port) throws IOException {
        next = lastId;
        server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    int port() {
        return server.getAddress().getPort();
    }

    String url() {
        return "http://127.0.0.1:" + port();
    }

    int requests() {
        return requests.get();
    }

    synchronized int register(String schema) {
        return ids.computeIfAbsent(
                schema,
                absent -> {
                    schemas.put(++next, absent);
                    return next;
                });
    }

    /** Answers every request with this HTTP status from now on; 0 for proper answers. */
    void failWith(int status) {
        failure = status;
    }

    private synchronized void answer(HttpExchange exchange) throws IOException {
        requests.incrementAndGet();
        if (failure != 0) {
            send(exchange, failure, "{\"error_code\":" + failure + ",\"message\":\"no\"}");
            return;
        }
        String path = exchange.getRequestURI().getPath();
        String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
        if (path.startsWith("/schemas/ids/")) {
            String schema = schemas.get(Integer.parseInt(path.substring("/schemas/ids/".length())));
            if (schema == null) {
                send(exchange, 404, "{\"error_code\":40403,\"message\":\"Schema not found\"}");
            } else {
                RegisterSchemaRequest answer = new RegisterSchemaRequest();
                answer.setSchema(schema);
                send(exchange, 200, answer.toJson());
            }
        } else {
            int id = register(RegisterSchemaRequest.fromJson(body).getSchema());
            send(exchange, 200, "{\"id\":" + id + ",\"version\":1}");
        }
    }

    private static void send(HttpExchange exchange, int status, String json) throws IOException {
        byte[] bytes = json.getBytes(UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/vnd.schemaregistry.v1+json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
