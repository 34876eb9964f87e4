package io.signalbox.applier;

import com.sun.net.httpserver.HttpServer;
import io.signalbox.schemas.ConfigRecord.Server;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * An application that answers what it was asked: a line for each header, names in small letters.
 */
final class EchoApp implements AutoCloseable {
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    EchoApp() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 128);
        server.setExecutor(threads);
        server.createContext(
                "/",
                exchange -> {
                    StringBuilder text = new StringBuilder();
                    text.append("uri: ").append(exchange.getRequestURI()).append('\n');
                    exchange.getRequestHeaders()
                            .forEach(
                                    (name, values) ->
                                            values.forEach(
                                                    value ->
                                                            text.append(
                                                                            name.toLowerCase(
                                                                                    Locale.ROOT))
                                                                    .append(": ")
                                                                    .append(value)
                                                                    .append('\n')));
                    byte[] body = text.toString().getBytes(StandardCharsets.UTF_8);
                    exchange.sendResponseHeaders(200, body.length);
                    exchange.getResponseBody().write(body);
                    exchange.close();
                });
        server.start();
    }

    /** As a server of that service. */
    Server server(String service) {
        return GroupTopic.server(
                service + ".000000000001", Instant.now(), server.getAddress().getPort(), false);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.close();
    }
}
