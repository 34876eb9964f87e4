package io.signalbox.registry.doors;

import io.signalbox.registry.core.doors.DockerFlow;
import io.signalbox.registry.core.doors.DockerFlowConfig;
import io.signalbox.registry.core.doors.DockerFlowReply;
import io.signalbox.registry.core.doors.DockerFlowRequest;
import io.signalbox.registry.core.doors.Reply;
import io.signalbox.schemas.GroupDefinition;
import io.signalbox.schemas.Keys;
import io.vertx.core.http.HttpMethod;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * The door that speaks Docker Flow Proxy's API, {@code /v1/docker-flow-proxy/…}. Like the proxy it
 * asks for no particular method where something is to be done.
 */
final class DockerFlowDoor {
    private static final String ROOT = "/v1/docker-flow-proxy/";
    private static final List<HttpMethod> ANY =
            List.of(HttpMethod.GET, HttpMethod.POST, HttpMethod.PUT, HttpMethod.DELETE);
    private static final String NO_KEYS =
            "private keys do not enter the log: send the certificate to each applier,"
                    + " PUT /certificates/<name>, or put it into its directory of certificates";
    private static final String NO_METRICS =
            "the registry has no figures of HAProxy's: ask each applier for /metrics, or HAProxy's"
                    + " statistics page for /;csv";
    private static final String NO_RELOAD =
            "nothing to do: every proxy follows the log, and reloads where it has to";

    private final Door door;
    private final Desk desk;

    private DockerFlowDoor(Door door, Desk desk) {
        this.door = door;
        this.desk = desk;
    }

    static void serve(Door door, Desk desk) {
        DockerFlowDoor flow = new DockerFlowDoor(door, desk);
        flow.any("reconfigure", call -> flow.change(DockerFlowRequest.reconfigure(call.query())));
        flow.any("remove", call -> flow.change(DockerFlowRequest.remove(call.query())));
        flow.any("reload", _ -> now(DockerFlowReply.ok(NO_RELOAD)));
        flow.get("config", flow::config);
        for (HttpMethod method : List.of(HttpMethod.PUT, HttpMethod.POST)) {
            door.on(method, ROOT + "cert", _ -> now(noKeys()));
        }
        flow.get("certs", _ -> now(noKeys()));
        flow.get("metrics", _ -> now(DockerFlowReply.refused(501, "no-metrics", NO_METRICS)));
        flow.get("ping", _ -> now(DockerFlowReply.ok("")));
        flow.get("successfulinitreload", _ -> desk.answer(_ -> DockerFlowReply.ok("")));
    }

    private void any(String name, Door.Handler handler) {
        ANY.forEach(method -> door.on(method, ROOT + name, handler));
    }

    private void get(String name, Door.Handler handler) {
        door.on(HttpMethod.GET, ROOT + name, handler);
    }

    private CompletionStage<Reply> change(DockerFlowRequest request) {
        return desk.change(
                door, Keys.service(request.service()), model -> DockerFlow.decide(model, request));
    }

    private CompletionStage<Reply> config(Call call) {
        if (call.query().getOrDefault("type", List.of()).contains("json")) {
            return desk.answer(DockerFlowReply::services);
        }
        String group =
                call.query().getOrDefault("group", List.of(GroupDefinition.DEFAULT)).getFirst();
        return desk.answer(model -> DockerFlowConfig.of(model, group));
    }

    private static Reply noKeys() {
        return DockerFlowReply.refused(400, "no-keys", NO_KEYS);
    }

    private static CompletionStage<Reply> now(Reply reply) {
        return CompletableFuture.completedFuture(reply);
    }
}
