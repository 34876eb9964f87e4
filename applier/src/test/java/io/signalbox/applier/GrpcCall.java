package io.signalbox.applier;

import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A call of a gRPC client over HTTP/2, which it speaks from the first byte on. */
final class GrpcCall {
    private static final long PATIENCE_SECONDS = 10;

    private final HttpClientRequest request;
    private final BlockingQueue<String> messages = new LinkedBlockingQueue<>();
    private final CompletableFuture<HttpClientResponse> head = new CompletableFuture<>();
    private final CompletableFuture<MultiMap> trailers = new CompletableFuture<>();

    private GrpcCall(HttpClientRequest request) {
        this.request = request;
        request.response()
                .onFailure(head::completeExceptionally)
                .onFailure(trailers::completeExceptionally)
                .onSuccess(this::read);
    }

    /** A client that takes any certificate. */
    static HttpClient client(Vertx vertx, boolean tls) {
        return vertx.createHttpClient(
                new HttpClientOptions()
                        .setProtocolVersion(HttpVersion.HTTP_2)
                        .setHttp2ClearTextUpgrade(false)
                        .setSsl(tls)
                        .setUseAlpn(tls)
                        .setTrustAll(true)
                        .setVerifyHost(false));
    }

    /** Begins a call of that method. */
    static GrpcCall begin(HttpClient client, int port, String method) throws Exception {
        HttpClientRequest request =
                done(client.request(HttpMethod.POST, port, "localhost", "/test.Echo/" + method));
        request.putHeader("content-type", GrpcApp.GRPC).putHeader("te", "trailers");
        request.setChunked(true);
        return new GrpcCall(request);
    }

    private void read(HttpClientResponse response) {
        response.handler(frame -> messages.add(GrpcApp.unframed(frame)));
        response.exceptionHandler(trailers::completeExceptionally);
        response.endHandler(_ -> trailers.complete(response.trailers()));
        head.complete(response);
    }

    GrpcCall send(String message) throws Exception {
        done(request.write(GrpcApp.framed(message)));
        return this;
    }

    GrpcCall finish() throws Exception {
        done(request.end());
        return this;
    }

    HttpVersion version() {
        return request.version();
    }

    /** The next message; null where none comes. */
    @Nullable String next() throws InterruptedException {
        return messages.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    boolean isOpen() {
        return !trailers.isDone();
    }

    /** The status behind all messages; null where none is. */
    @Nullable String status() throws Exception {
        return trailers.get(PATIENCE_SECONDS, TimeUnit.SECONDS).get("grpc-status");
    }

    HttpClientResponse head() throws Exception {
        return head.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    private static <T> T done(Future<T> future) throws Exception {
        return future.toCompletionStage()
                .toCompletableFuture()
                .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }
}
