package io.signalbox.cli.replay;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.signalbox.schemas.LogCodecs;
import io.signalbox.schemas.SchemaRegistrySettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;

/** The part of a schema registry that a codec asks, in this JVM; it takes every schema. */
public final class MemorySchemas implements AutoCloseable {
    private static final String BY_ID = "/schemas/ids/";

    private final ObjectMapper json = new ObjectMapper();
    private final List<String> schemas = new ArrayList<>();
    private final HttpServer server;

    /** Starts it. */
    public MemorySchemas() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    /** The real codecs, asking this registry. */
    public LogCodecs codecs() {
        String url = "http://127.0.0.1:" + server.getAddress().getPort();
        return new LogCodecs(SchemaRegistrySettings.of(url, null), "");
    }

    private synchronized void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        ObjectNode answer = json.createObjectNode();
        if (path.startsWith(BY_ID)) {
            int id = Integer.parseInt(path.substring(BY_ID.length()));
            answer.put("schema", schemas.get(id - 1));
        } else {
            JsonNode asked = json.readTree(exchange.getRequestBody());
            String schema = asked.path("schema").asText();
            if (!schemas.contains(schema)) {
                schemas.add(schema);
            }
            answer.put("id", schemas.indexOf(schema) + 1).put("version", 1);
        }
        byte[] bytes = answer.toString().getBytes(UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/vnd.schemaregistry.v1+json");
        exchange.sendResponseHeaders(200, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
