package io.signalbox.applier;

import com.sun.net.httpserver.HttpServer;
import io.signalbox.schemas.ConfigRecord.Server;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/**
 * An application that knows its clients by a cookie of its own, {@code SESSION}, and answers with
 * its name and the cookie that it got.
 */
final class SessionApp implements AutoCloseable {
    private final String name;
    private final HttpServer server;

    SessionApp(String name) throws IOException {
        this.name = name;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 16);
        server.createContext(
                "/",
                exchange -> {
                    String cookie = exchange.getRequestHeaders().getFirst("cookie");
                    if (cookie == null || !cookie.startsWith("SESSION=")) {
                        exchange.getResponseHeaders()
                                .add("Set-Cookie", "SESSION=session-of-" + name + "; Path=/");
                    }
                    byte[] body = (name + " got " + cookie).getBytes(StandardCharsets.US_ASCII);
                    exchange.sendResponseHeaders(200, body.length);
                    exchange.getResponseBody().write(body);
                    exchange.close();
                });
        server.start();
    }

    /** As a server of a service. */
    Server server(String service) {
        return GroupTopic.server(
                service + "." + name, Instant.EPOCH, server.getAddress().getPort(), false);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
