package io.signalbox.applier;

import io.signalbox.schemas.ConfigRecord.Server;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.time.Instant;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** An application that speaks gRPC over HTTP/2 without TLS, and nothing else. */
final class GrpcApp implements AutoCloseable {
    static final String GRPC = "application/grpc";

    /** What came, one by one, from a client that streams. */
    final BlockingQueue<String> received = new LinkedBlockingQueue<>();

    private final Vertx vertx = Vertx.vertx();
    private final AtomicReference<@Nullable HttpServerResponse> open = new AtomicReference<>();
    private final HttpServer server;

    GrpcApp() {
        server =
                vertx.createHttpServer()
                        .requestHandler(this::answer)
                        .listen(0, "127.0.0.1")
                        .toCompletionStage()
                        .toCompletableFuture()
                        .join();
    }

    /** As a server of that service. */
    Server server(String service) {
        return GroupTopic.server(
                service + ".000000000001", Instant.now(), server.actualPort(), false);
    }

    /** One message as gRPC frames it, not compressed. */
    static Buffer framed(String message) {
        return Buffer.buffer()
                .appendByte((byte) 0)
                .appendInt(message.length())
                .appendString(message);
    }

    /** The message in a frame of its own. */
    static String unframed(Buffer frame) {
        return frame.getString(5, 5 + frame.getInt(1));
    }

    /** Sends the last message of the answer that stands open, and its status. */
    void finish(String message) {
        HttpServerResponse response = open.getAndSet(null);
        if (response == null) {
            throw new IllegalStateException("no answer stands open");
        }
        vertx.runOnContext(_ -> end(response, message));
    }

    private void answer(HttpServerRequest request) {
        HttpServerResponse response = request.response().putHeader("content-type", GRPC);
        if (!"trailers".equals(request.getHeader("te"))) {
            fail(response, "13", "no te: trailers");
            return;
        }
        switch (request.path()) {
            case "/test.Echo/Unary" ->
                    request.body().onSuccess(body -> end(response, unframed(body)));
            case "/test.Echo/Stream" -> request.body().onSuccess(body -> stream(response, body));
            case "/test.Echo/Collect" -> collect(request, response);
            default -> fail(response, "12", "no such method");
        }
    }

    private void stream(HttpServerResponse response, Buffer asked) {
        open.set(response);
        response.write(framed(unframed(asked) + " 1"));
    }

    private void collect(HttpServerRequest request, HttpServerResponse response) {
        StringBuilder all = new StringBuilder();
        request.handler(
                frame -> {
                    // An empty one ends the request.
                    if (frame.length() > 0) {
                        all.append(unframed(frame));
                        received.add(unframed(frame));
                    }
                });
        request.endHandler(_ -> end(response, all.toString()));
    }

    private static void end(HttpServerResponse response, String message) {
        response.write(framed(message));
        response.putTrailer("grpc-status", "0").putTrailer("grpc-message", "").end();
    }

    /** An answer of one block of headers, which are its trailers too. */
    private static void fail(HttpServerResponse response, String status, String message) {
        response.putHeader("grpc-status", status).putHeader("grpc-message", message).end();
    }

    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
