package io.signalbox.registry;

import io.signalbox.registry.core.Answer;
import io.signalbox.registry.core.Overview;
import io.signalbox.registry.core.ReadModel;
import io.signalbox.registry.core.Why;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The query API. Handlers run on the event loop, answers are made by the model's thread: {@code
 * /v1/hosts}, {@code /v1/services}, {@code /v1/groups}, {@code /v1/status} and {@code /v1/why} with
 * one of {@code subject}, {@code container}, {@code service}, or {@code host} and {@code path}.
 */
final class Api {
    private final ModelLoop model;
    private final Supplier<RegistryStatus> status;

    private Api(ModelLoop model, Supplier<RegistryStatus> status) {
        this.model = model;
        this.status = status;
    }

    static void serve(Router router, ModelLoop model, Supplier<RegistryStatus> status) {
        Api api = new Api(model, status);
        router.get("/v1/hosts")
                .handler(context -> api.answer(context, m -> list(new Overview(m).hosts())));
        router.get("/v1/services")
                .handler(context -> api.answer(context, m -> list(new Overview(m).services())));
        router.get("/v1/groups")
                .handler(context -> api.answer(context, m -> list(new Overview(m).groups())));
        router.get("/v1/status").handler(context -> api.answer(context, api::overview));
        router.get("/v1/why").handler(api::why);
    }

    private String overview(ReadModel read) {
        Overview overview = new Overview(read);
        return new JsonObject()
                .put("complete", model.complete())
                .put("registry", registry(status.get()))
                .put("hosts", new JsonArray(overview.hosts()))
                .put("services", new JsonArray(overview.services()))
                .put("groups", new JsonArray(overview.groups()))
                .encode();
    }

    private static JsonObject registry(RegistryStatus status) {
        JsonObject refused = new JsonObject();
        new TreeMap<>(status.refused()).forEach((p, why) -> refused.put(p.toString(), why));
        JsonObject json =
                new JsonObject()
                        .put("folding", new ArrayList<>(new TreeMap<>(status.folding()).keySet()))
                        .put("pending", status.pending())
                        .put("refused", refused)
                        .put("lag", status.lag())
                        .put("warnings", status.warnings());
        status.massLoss()
                .ifPresent(
                        loss ->
                                json.put(
                                        "massLoss",
                                        "%d of %d hosts are silent: none is declared lost"
                                                .formatted(loss.silent(), loss.all())));
        return json;
    }

    private void why(RoutingContext context) {
        String subject = context.request().getParam("subject");
        String container = context.request().getParam("container");
        String service = context.request().getParam("service");
        String host = context.request().getParam("host");
        String path = context.request().getParam("path", "/");
        if (container != null) {
            answers(context, why -> why.container(container));
        } else if (service != null) {
            answers(context, why -> List.of(why.service(service)));
        } else if (host != null) {
            answers(context, why -> List.of(why.request(host, path)));
        } else if (subject != null && !subject.isBlank()) {
            answers(context, why -> why.subject(subject.strip()));
        } else {
            end(context, 400, error("name one of: subject, container, service, host (with path)"));
        }
    }

    private void answers(RoutingContext context, Function<Why, List<Answer>> question) {
        answer(
                context,
                read -> {
                    JsonArray answers = new JsonArray();
                    JsonArray text = new JsonArray();
                    for (Answer answer : question.apply(new Why(read))) {
                        answers.add(new JsonObject(answer.tree()));
                        answer.lines().forEach(text::add);
                    }
                    return new JsonObject().put("answers", answers).put("text", text).encode();
                });
    }

    private void answer(RoutingContext context, Function<ReadModel, String> question) {
        Future.fromCompletionStage(model.ask(question), context.vertx().getOrCreateContext())
                .onSuccess(body -> end(context, 200, body))
                .onFailure(
                        failure -> {
                            boolean busy = failure instanceof RejectedExecutionException;
                            end(
                                    context,
                                    busy ? 503 : 500,
                                    error(String.valueOf(failure.getMessage())));
                        });
    }

    private static String list(List<Object> values) {
        return new JsonArray(values).encode();
    }

    private static String error(String message) {
        return new JsonObject().put("error", message).encode();
    }

    private static void end(RoutingContext context, int code, String body) {
        context.response()
                .setStatusCode(code)
                .putHeader("content-type", "application/json")
                .end(body + "\n");
    }
}
