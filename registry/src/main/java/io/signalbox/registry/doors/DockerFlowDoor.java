package io.signalbox.registry.doors;

import io.signalbox.haproxy.CertificateName;
import io.signalbox.process.ProcessRuntime;
import io.signalbox.registry.core.doors.DockerFlow;
import io.signalbox.registry.core.doors.DockerFlowCertificates;
import io.signalbox.registry.core.doors.DockerFlowConfig;
import io.signalbox.registry.core.doors.DockerFlowReply;
import io.signalbox.registry.core.doors.DockerFlowRequest;
import io.signalbox.registry.core.doors.Refused;
import io.signalbox.registry.core.doors.Reply;
import io.signalbox.schemas.GroupDefinition;
import io.signalbox.schemas.Keys;
import io.vertx.core.http.HttpMethod;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The door that speaks Docker Flow Proxy's API, {@code /v1/docker-flow-proxy/…}. Like the proxy it
 * asks for no particular method where something is to be done.
 */
final class DockerFlowDoor {
    private static final String ROOT = "/v1/docker-flow-proxy/";
    private static final List<HttpMethod> ANY =
            List.of(HttpMethod.GET, HttpMethod.POST, HttpMethod.PUT, HttpMethod.DELETE);
    private static final String NO_RELOAD =
            "nothing to do: every proxy follows the log, and reloads where it has to";

    private static final String NO_APPLIERS =
            "no applier is named that takes certificates: "
                    + CertificateSettings.APPLIERS.key()
                    + " says which do";
    private static final String PLAIN =
            "certificates are taken from this machine alone, as keys would cross the network as"
                    + " they are: "
                    + CertificateSettings.PLAIN.key()
                    + "=true takes them from others, too";

    private final Door door;
    private final Desk desk;
    private final @Nullable ApplierCertificates appliers;
    private final boolean plain;

    private DockerFlowDoor(
            Door door, Desk desk, @Nullable ApplierCertificates appliers, boolean plain) {
        this.door = door;
        this.desk = desk;
        this.appliers = appliers;
        this.plain = plain;
    }

    /**
     * Opens it as the settings say.
     *
     * @throws io.signalbox.process.StartFailure if it cannot be opened so
     */
    static void serve(ProcessRuntime runtime, DoorsSettings settings, Desk desk) {
        DockerFlowDoor flow =
                new DockerFlowDoor(
                        Door.open(runtime, settings.dockerFlow()),
                        desk,
                        ApplierCertificates.of(runtime, settings.certificates()),
                        settings.certificates().plain());
        flow.serve(runtime.metrics()::scrape);
    }

    private void serve(Supplier<String> figures) {
        any("reconfigure", call -> change(DockerFlowRequest.reconfigure(call.query())));
        any("remove", call -> change(DockerFlowRequest.remove(call.query())));
        any("reload", _ -> now(DockerFlowReply.ok(NO_RELOAD)));
        get("config", this::config);
        for (HttpMethod method : List.of(HttpMethod.PUT, HttpMethod.POST)) {
            door.on(method, ROOT + "cert", this::certificate);
        }
        get("certs", _ -> certificates());
        for (String path : List.of(ROOT + "metrics", "/metrics")) {
            // On the registry's own address the latter is the process's, which says the same.
            door.on(HttpMethod.GET, path, _ -> now(Reply.figures(figures.get())));
        }
        get("ping", _ -> now(DockerFlowReply.ok("")));
        get("successfulinitreload", _ -> desk.answer(_ -> DockerFlowReply.ok("")));
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

    private CompletionStage<Reply> certificate(Call call) {
        if (appliers == null) {
            return now(noAppliers());
        }
        if (!plain && !call.isOfThisMachine()) {
            return now(DockerFlowReply.refused(403, "not-encrypted", PLAIN));
        }
        if (call.body().length == 0) {
            return now(DockerFlowReply.refused(400, "no-certificate", "the body is empty"));
        }
        try {
            CertificateName name = DockerFlowCertificates.name(call.query());
            return appliers.put(name, call.body())
                    .thenApply(told -> DockerFlowCertificates.stored(name, told));
        } catch (Refused e) {
            return now(DockerFlowReply.refused(400, e.problem().code(), e.problem().detail()));
        }
    }

    private CompletionStage<Reply> certificates() {
        return appliers == null
                ? now(noAppliers())
                : appliers.list().thenApply(DockerFlowCertificates::all);
    }

    private static Reply noAppliers() {
        return DockerFlowReply.refused(400, "no-appliers", NO_APPLIERS);
    }

    private static CompletionStage<Reply> now(Reply reply) {
        return CompletableFuture.completedFuture(reply);
    }
}
