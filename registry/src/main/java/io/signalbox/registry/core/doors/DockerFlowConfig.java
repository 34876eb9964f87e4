package io.signalbox.registry.core.doors;

import io.signalbox.registry.core.ReadModel;
import io.signalbox.schemas.ConfigRecord;
import io.signalbox.schemas.ConfigRecord.Candidate;
import io.signalbox.schemas.ConfigRecord.Frame;
import io.signalbox.schemas.ConfigRecord.HeldRoute;
import io.signalbox.schemas.ConfigRecord.Manifest;
import io.signalbox.schemas.ConfigRecord.Part;
import io.signalbox.schemas.ConfigRecord.Server;
import io.signalbox.schemas.GroupView;
import java.util.ArrayList;
import java.util.List;

/**
 * A group's newest configuration in one text, for people: the frame, then each service with its
 * routes and servers. What differs from proxy to proxy is not in it, so HAProxy is not to be given
 * it.
 */
public final class DockerFlowConfig {
    private final List<String> lines = new ArrayList<>();

    private DockerFlowConfig() {}

    /** The text; 404 for a group without a configuration. */
    public static Reply of(ReadModel model, String group) {
        GroupView view = model.configuration(group);
        Manifest manifest = view == null ? null : view.manifest();
        if (view == null || manifest == null) {
            return DockerFlowReply.refused(
                    404, "no-configuration", "group %s has no configuration".formatted(group));
        }
        DockerFlowConfig text = new DockerFlowConfig();
        text.lines.add(
                "# group %s, epoch %d, generation %d; each proxy adds what is its own"
                        .formatted(group, manifest.epoch(), manifest.generation()));
        for (Part part : view.parts().values()) {
            switch (part.content()) {
                case Frame frame -> text.frame(frame);
                case ConfigRecord.Service service -> text.service(service);
                case ConfigRecord.Removed _ -> {}
            }
        }
        return Reply.text(200, String.join("\n", text.lines) + "\n");
    }

    private void frame(Frame frame) {
        lines.add("global");
        lines.addAll(frame.global());
        lines.add("defaults");
        lines.addAll(frame.defaults());
        lines.addAll(frame.sections());
    }

    private void service(ConfigRecord.Service service) {
        for (HeldRoute route : service.routes()) {
            lines.add(
                    "# %s%s leads to %s"
                            .formatted(
                                    route.host().isEmpty() ? "*" : route.host(),
                                    route.path(),
                                    service.service()));
        }
        lines.add("backend service_" + service.service());
        lines.addAll(service.backend());
        service.servers().forEach(this::server);
    }

    private void server(Server server) {
        String at = server.candidates().isEmpty() ? "" : address(server.candidates().getFirst());
        lines.add(
                "    server %s %s%s"
                        .formatted(server.name(), at, server.stopping() ? " # stopping" : ""));
    }

    private static String address(Candidate candidate) {
        String address = candidate.address();
        return (address.indexOf(':') < 0 ? address : "[" + address + "]") + ":" + candidate.port();
    }
}
