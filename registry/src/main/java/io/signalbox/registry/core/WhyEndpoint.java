package io.signalbox.registry.core;

import io.signalbox.registry.core.Answer.Reason;
import io.signalbox.schemas.ConfigRecord;
import io.signalbox.schemas.Declaration;
import io.signalbox.schemas.Endpoint;
import io.signalbox.schemas.ServiceState.RegisteredEndpoint;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Says of a registered endpoint whether requests reach it, and why not. */
final class WhyEndpoint {
    private final ReadModel model;
    private final WhyContainer containers;

    WhyEndpoint(ReadModel model, WhyContainer containers) {
        this.model = model;
        this.containers = containers;
    }

    /** Of all endpoints of a service, by id. */
    List<Answer> of(String service) {
        List<Answer> answers = new ArrayList<>();
        for (RegisteredEndpoint one : model.endpoints("")) {
            if (!one.gone()) {
                one.endpoint().declarations().stream()
                        .filter(declaration -> declaration.service().equals(service))
                        .findFirst()
                        .ifPresent(declaration -> answers.add(answer(one, declaration)));
            }
        }
        return answers;
    }

    private Answer answer(RegisteredEndpoint registered, Declaration declaration) {
        Endpoint endpoint = registered.endpoint();
        Map<String, Reason> against = new LinkedHashMap<>();
        boolean served = false;
        for (String group : declaration.groups()) {
            served |= servedBy(group, declaration.service(), endpoint.id(), against);
        }
        List<Reason> reasons = new ArrayList<>();
        reasons.add(
                new Reason(
                        "registered",
                        "it is at %s port %d, registered at %s, %s"
                                .formatted(
                                        endpoint.address(),
                                        endpoint.port(),
                                        registered.cause().eventAppendedAt(),
                                        endpoint.ttlSeconds() == 0
                                                ? "until it is deregistered"
                                                : "for %d s after each renewal"
                                                        .formatted(endpoint.ttlSeconds()))));
        reasons.addAll(against.values());
        return new Answer(
                "endpoint",
                endpoint.id(),
                served,
                served ? "gets requests" : "gets no requests",
                reasons,
                List.of());
    }

    private boolean servedBy(String group, String service, String id, Map<String, Reason> reasons) {
        if (!model.groupNames().contains(group)) {
            reasons.put("no-group " + group, WhyGroup.missing(model, group));
            return false;
        }
        ConfigRecord.Service part = model.part(group, service);
        ConfigRecord.Server server =
                part == null
                        ? null
                        : part.servers().stream()
                                .filter(one -> one.host().isEmpty() && one.container().equals(id))
                                .findFirst()
                                .orElse(null);
        if (part == null || server == null) {
            reasons.put(
                    "not-rendered " + group,
                    new Reason(
                            "not-rendered",
                            "the configuration of group %s does not have it yet".formatted(group)));
            return false;
        }
        if (part.routes().isEmpty()) {
            reasons.put(
                    "no-route " + group,
                    new Reason("no-route", "group %s: its service has no route".formatted(group)));
        }
        return containers.applied(group, server, id, service, reasons) && !part.routes().isEmpty();
    }
}
