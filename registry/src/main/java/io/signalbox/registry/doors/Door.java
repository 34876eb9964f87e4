package io.signalbox.registry.doors;

import io.signalbox.process.HostPort;
import io.signalbox.process.ProcessRuntime;
import io.signalbox.process.Setting;
import io.signalbox.process.StartFailure;
import io.signalbox.registry.core.doors.Access;
import io.signalbox.registry.core.doors.Caller;
import io.signalbox.registry.core.doors.Problem;
import io.signalbox.registry.core.doors.Refused;
import io.signalbox.registry.core.doors.Reply;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One door: lets a caller in or says why not, reads the body up to a limit, and gives the answer.
 * It stands on the registry's own address, where it may be closed, and, open to networks, on one of
 * its own. Handlers run on the event loop and must not block.
 */
public final class Door {
    /** The longest body. */
    public static final int MOST_BYTES = 256 * 1024;

    private static final Logger log = LoggerFactory.getLogger(Door.class);
    private static final int PATIENCE_SECONDS = 3;
    private static final int IDLE_SECONDS = 60;

    private final String name;
    private final DoorMetrics metrics;
    private final List<Entrance> entrances;

    private Door(String name, DoorMetrics metrics, List<Entrance> entrances) {
        this.name = name;
        this.metrics = metrics;
        this.entrances = entrances;
    }

    /** Answers a call; what it throws or ends with as {@link Refused} is the answer, too. */
    @FunctionalInterface
    public interface Handler {
        /** Answers. */
        CompletionStage<Reply> handle(Call call);
    }

    /**
     * Opens a door as its settings say.
     *
     * @throws StartFailure if its token cannot be read or it cannot listen
     */
    static Door open(ProcessRuntime runtime, DoorSettings settings) {
        DoorSettings.Keys keys = settings.keys();
        DoorMetrics metrics = new DoorMetrics(runtime.metrics(), keys.door());
        Router api = runtime.http().router();
        String mode = keys.mode().key();
        return switch (settings.mode()) {
            case CLOSED -> onApi(keys, metrics, api, new Access.Closed(mode));
            case TOKEN -> {
                TokenFile token =
                        TokenFile.open(keys.tokenFile(), settings.tokenFile().orElseThrow());
                Access access = new Access.ByToken(keys.tokenFile().key(), token);
                yield onApi(keys, metrics, api, access);
            }
            case OPEN -> {
                Router own = Router.router(runtime.http().vertx());
                HostPort listen = settings.listen().orElseThrow();
                HttpServer server = listen(runtime.http().vertx(), own, keys.listen(), listen);
                runtime.closing("door " + keys.door(), () -> server.close());
                HostPort found = new HostPort(listen.host(), server.actualPort());
                Access elsewhere = new Access.Elsewhere(mode, found.toString());
                Access open = new Access.FromNetworks(keys.networks().key(), settings.networks());
                yield new Door(
                        keys.door(),
                        metrics,
                        List.of(new Entrance(api, elsewhere), new Entrance(own, open)));
            }
        };
    }

    private static Door onApi(
            DoorSettings.Keys keys, DoorMetrics metrics, Router api, Access access) {
        return new Door(keys.door(), metrics, List.of(new Entrance(api, access)));
    }

    /** What the facts that it writes name as their source. */
    public String source() {
        return "door/" + name;
    }

    /**
     * Answers calls of that method and path.
     *
     * @param path as Vert.x has it: {@code /v1/endpoints/:id}
     */
    public Door on(HttpMethod method, String path, Handler handler) {
        for (Entrance entrance : entrances) {
            // A route of its own, as Vert.x wants the reading of bodies first in each.
            entrance.router()
                    .route(method, path)
                    .handler(context -> admit(context, entrance.access()));
            entrance.router()
                    .route(method, path)
                    .handler(BodyHandler.create(false).setBodyLimit(MOST_BYTES))
                    .handler(context -> handle(context, handler))
                    .failureHandler(this::failed);
        }
        return this;
    }

    private void admit(RoutingContext context, Access access) {
        Caller caller =
                new Caller(
                        context.request().remoteAddress().hostAddress(),
                        context.request().getHeader("authorization"),
                        context.request().getHeader("origin"));
        Optional<Problem> against = access.against(caller);
        if (against.isPresent()) {
            refuse(context, against.get());
        } else {
            context.next();
        }
    }

    private void handle(RoutingContext context, Handler handler) {
        Future.fromCompletionStage(
                        handler.handle(new Call(context)), context.vertx().getOrCreateContext())
                .onSuccess(reply -> end(context, reply))
                .onFailure(context::fail);
    }

    private void failed(RoutingContext context) {
        Throwable failure = context.failure();
        if (failure instanceof CompletionException wrapped && wrapped.getCause() != null) {
            failure = wrapped.getCause();
        }
        if (failure instanceof Refused refused) {
            refuse(context, refused.problem());
        } else if (context.statusCode() == 413) {
            String most = "a body has at most " + MOST_BYTES + " bytes";
            refuse(context, Problem.of(413, "too-large", most));
        } else if (failure == null || context.statusCode() < 500) {
            int status = context.statusCode() < 400 ? 400 : context.statusCode();
            refuse(context, Problem.of(status, Problem.BAD_REQUEST, "the request cannot be read"));
        } else {
            log.atError().addKeyValue("door", name).setCause(failure).log("a call failed");
            refuse(context, Problem.of(500, "failed", "the registry failed; its log says how"));
        }
    }

    private void refuse(RoutingContext context, Problem problem) {
        metrics.refused(problem.code());
        Reply reply = ProblemText.of(problem);
        if (problem.status() == 401) {
            reply = reply.with("www-authenticate", "Bearer realm=\"signalbox\"");
        } else if (problem.status() == 503) {
            reply = reply.with("retry-after", "1");
        }
        boolean shared = context.request().version() == HttpVersion.HTTP_2;
        if (!shared && !context.request().isEnded()) {
            // The rest of its body is not read.
            reply = reply.with("connection", "close");
        }
        end(context, reply);
    }

    private void end(RoutingContext context, Reply reply) {
        metrics.answered(reply.status());
        if (context.response().ended() || context.response().closed()) {
            return;
        }
        context.response().setStatusCode(reply.status());
        context.response().putHeader("content-type", reply.contentType());
        reply.headers().forEach(context.response()::putHeader);
        context.response().end(reply.body());
    }

    private static HttpServer listen(
            Vertx vertx, Router router, Setting<?> setting, HostPort listen) {
        HttpServerOptions options =
                new HttpServerOptions()
                        .setHost(listen.host().isEmpty() ? "0.0.0.0" : listen.host())
                        .setPort(listen.port())
                        .setIdleTimeout(IDLE_SECONDS);
        try {
            return vertx.createHttpServer(options)
                    .requestHandler(router)
                    .listen()
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StartFailure("interrupted while starting to listen on " + listen, e);
        } catch (java.util.concurrent.ExecutionException
                | java.util.concurrent.TimeoutException e) {
            throw new StartFailure(
                    setting.key() + " must be a free address of this machine: " + listen, e);
        }
    }

    /** Where it stands, and who comes in there. */
    private record Entrance(Router router, Access access) {}
}
