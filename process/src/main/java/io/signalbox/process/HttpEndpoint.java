package io.signalbox.process;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A process' only Vert.x instance and its HTTP server: {@code /health/live}, {@code /health/ready}
 * (503 with the causes while it is not) and {@code /metrics}. A process may add routes to {@link
 * #router()} at any time; their handlers run on the event loop and must not block.
 */
public final class HttpEndpoint implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final int WORKERS = 2;

    private final Vertx vertx;
    private final Router router;
    private final HttpServer server;
    private final HostPort address;

    private HttpEndpoint(Vertx vertx, Router router, HttpServer server, HostPort address) {
        this.vertx = vertx;
        this.router = router;
        this.server = server;
        this.address = address;
    }

    /**
     * Opens the endpoint and waits until it listens.
     *
     * @param key the setting that names the address, for the failure
     * @throws StartFailure if it cannot listen there
     */
    public static HttpEndpoint open(
            String process, String key, HostPort listen, Readiness readiness, Metrics metrics) {
        Vertx vertx = Vertx.vertx(options());
        Router router = Router.router(vertx);
        router.get("/health/live").handler(context -> answer(context, 200, live(process)));
        router.get("/health/ready").handler(context -> ready(context, process, readiness));
        router.get("/metrics").handler(context -> scrape(context, metrics));
        try {
            HttpServer server = listen(vertx, router, key, listen, new HttpServerOptions());
            return new HttpEndpoint(
                    vertx, router, server, new HostPort(listen.host(), server.actualPort()));
        } catch (StartFailure e) {
            vertx.close();
            throw e;
        }
    }

    /**
     * What a server shows to clients of TLS.
     *
     * @param chain certificates in PEM
     * @param key the private key in PEM
     */
    public record Identity(String chain, String key) {
        @Override
        public String toString() {
            return "Identity";
        }
    }

    /**
     * Listens at a further address, by TLS 1.2 and 1.3, until the endpoint is closed.
     *
     * @param key the setting that names the address, for the failure
     * @param routes all that is served there
     * @return where it listens, with the port that was found if 0 was asked for
     * @throws StartFailure if it cannot listen there
     */
    public HostPort openTls(String key, HostPort listen, Identity identity, Router routes) {
        HttpServerOptions options =
                new HttpServerOptions()
                        .setSsl(true)
                        .setEnabledSecureTransportProtocols(Set.of("TLSv1.2", "TLSv1.3"))
                        .setKeyCertOptions(
                                new PemKeyCertOptions()
                                        .addCertValue(Buffer.buffer(identity.chain()))
                                        .addKeyValue(Buffer.buffer(identity.key())));
        HttpServer further = listen(vertx, routes, key, listen, options);
        return new HostPort(listen.host(), further.actualPort());
    }

    /** The router, for routes of the process' own. */
    public Router router() {
        return router;
    }

    /** The process' Vert.x instance. */
    public Vertx vertx() {
        return vertx;
    }

    /** Where it listens, with the port that was found if 0 was asked for. */
    public HostPort address() {
        return address;
    }

    /** Stops listening and ends the event loop; gives up after a few seconds. */
    @Override
    public void close() {
        try {
            await(server.close());
            await(vertx.close());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("the HTTP endpoint did not close", e);
        }
    }

    private static VertxOptions options() {
        return new VertxOptions()
                .setEventLoopPoolSize(1)
                .setWorkerPoolSize(WORKERS)
                .setInternalBlockingPoolSize(WORKERS)
                .setPreferNativeTransport(false)
                .setFileSystemOptions(
                        new FileSystemOptions()
                                .setClassPathResolvingEnabled(false)
                                .setFileCachingEnabled(false));
    }

    private static HttpServer listen(
            Vertx vertx, Router router, String key, HostPort listen, HttpServerOptions options) {
        options.setHost(listen.host().isEmpty() ? "0.0.0.0" : listen.host()).setPort(listen.port());
        try {
            return await(vertx.createHttpServer(options).requestHandler(router).listen());
        } catch (ExecutionException e) {
            throw new StartFailure(
                    "%s must be a free address of this machine: %s (%s)"
                            .formatted(key, listen, reason(e)),
                    e);
        } catch (TimeoutException e) {
            throw new StartFailure(key + " must be an address to listen on: " + listen, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StartFailure("interrupted while starting to listen on " + listen, e);
        }
    }

    private static <T> T await(io.vertx.core.Future<T> future)
            throws ExecutionException, TimeoutException, InterruptedException {
        return future.toCompletionStage()
                .toCompletableFuture()
                .get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    }

    private static String reason(ExecutionException failure) {
        Throwable cause = failure.getCause();
        return cause == null || cause.getMessage() == null
                ? failure.toString()
                : cause.getMessage();
    }

    private static JsonObject live(String process) {
        return new JsonObject().put("process", process).put("live", true);
    }

    private static void ready(RoutingContext context, String process, Readiness readiness) {
        Map<String, String> causes = readiness.causes();
        JsonObject named = new JsonObject();
        causes.forEach(named::put);
        JsonObject body =
                new JsonObject()
                        .put("process", process)
                        .put("ready", causes.isEmpty())
                        .put("causes", named);
        answer(context, causes.isEmpty() ? 200 : 503, body);
    }

    private static void scrape(RoutingContext context, Metrics metrics) {
        context.response()
                .putHeader("content-type", "text/plain; version=0.0.4; charset=utf-8")
                .end(metrics.scrape());
    }

    private static void answer(RoutingContext context, int status, JsonObject body) {
        context.response()
                .setStatusCode(status)
                .putHeader("content-type", "application/json")
                .end(body.encode());
    }
}
