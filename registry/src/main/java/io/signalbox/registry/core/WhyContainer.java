package io.signalbox.registry.core;

import io.signalbox.registry.core.Answer.Reason;
import io.signalbox.registry.core.Loans.Loan;
import io.signalbox.schemas.Adoption;
import io.signalbox.schemas.ApplyResult;
import io.signalbox.schemas.ConfigRecord;
import io.signalbox.schemas.ConfigRecord.Note;
import io.signalbox.schemas.Container.Health;
import io.signalbox.schemas.Container.State;
import io.signalbox.schemas.Declaration;
import io.signalbox.schemas.Event;
import io.signalbox.schemas.GroupView;
import io.signalbox.schemas.Rejection;
import io.signalbox.schemas.ServiceState.Host;
import io.signalbox.schemas.ServiceState.Instance;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** Why a container is served, or not: one answer for each group that is to serve it. */
final class WhyContainer {
    private static final String ONE_OFF = "com.docker.compose.oneoff";

    private final ReadModel model;

    WhyContainer(ReadModel model) {
        this.model = model;
    }

    Answer answer(Instance instance) {
        List<Loan> loans = loans(instance);
        boolean isService = !instance.declarations().isEmpty() || !loans.isEmpty();
        List<Reason> own = new ArrayList<>(ofItself(instance, isService));
        List<Answer> details = new ArrayList<>();
        if (!instance.gone()) {
            for (Declaration declaration : instance.declarations()) {
                for (String group : declaration.groups()) {
                    if (WhyGroup.speaks(model, group, instance, declaration.dialect())) {
                        details.add(inGroup(instance, declaration, group, own));
                    }
                }
            }
            loans.forEach(
                    loan -> details.add(inGroup(instance, loan.declaration(), loan.group(), own)));
            loans.forEach(loan -> own.add(WhyLent.lent(loan)));
        }
        boolean served = details.stream().anyMatch(Answer::served);
        return new Answer(
                "container",
                ReadModel.id(instance) + " (" + called(instance) + ")",
                served,
                summary(instance, isService, served),
                own.stream().distinct().toList(),
                details);
    }

    /** Its name, and where it is listed if it is no container. */
    private static String called(Instance instance) {
        return Event.lists(instance.source())
                ? instance.name() + ", from " + instance.image()
                : instance.name();
    }

    private List<Loan> loans(Instance instance) {
        return new Loans(model)
                .of(instance).stream()
                        .filter(loan -> WhyGroup.borrows(model, loan, instance))
                        .toList();
    }

    private static String summary(Instance instance, boolean isService, boolean served) {
        if (instance.gone()) {
            return "no longer exists";
        }
        if (Adoption.isSwarm(instance) && !served) {
            return "a Swarm service: its servers are its containers";
        }
        return !isService ? "not a service" : served ? "gets requests" : "gets no requests";
    }

    private List<Reason> ofItself(Instance instance, boolean isService) {
        List<Reason> reasons = new ArrayList<>();
        for (Rejection rejection : instance.rejections()) {
            reasons.add(rejected(rejection));
        }
        if (instance.gone()) {
            reasons.add(gone(instance));
            return reasons;
        }
        if (!isService) {
            reasons.add(noService(instance));
            return reasons;
        }
        reasons.addAll(ofItsState(instance));
        Host host = model.host(instance.host());
        if (host != null && host.status() != Host.Status.UP) {
            reasons.add(
                    new Reason(
                            "host-" + lower(host.status()),
                            "its host %s is %s since %s: what is known may be old"
                                    .formatted(
                                            host.host(), lower(host.status()), host.statusAt())));
        }
        return reasons;
    }

    private Reason gone(Instance instance) {
        Host host = model.host(instance.host());
        return host != null && host.status() == Host.Status.EXPIRED
                ? new Reason(
                        "host-expired",
                        "its host %s is expired since %s".formatted(host.host(), host.statusAt()))
                : new Reason("gone", "it was removed at " + instance.cause().eventAppendedAt());
    }

    private static Reason noService(Instance instance) {
        String enable = instance.labels().get("signalbox.enable");
        if (enable != null && enable.strip().equalsIgnoreCase("false")) {
            return new Reason(
                    "disabled",
                    "not a service: signalbox.enable=false wins over every other label");
        }
        return instance.rejections().isEmpty()
                ? new Reason(
                        "not-enabled", "not a service: no signalbox.enable=true and no route label")
                : new Reason("all-rejected", "not a service: what it declares is rejected");
    }

    private static List<Reason> ofItsState(Instance instance) {
        List<Reason> reasons = new ArrayList<>();
        if ("true".equalsIgnoreCase(instance.labels().get(ONE_OFF))) {
            reasons.add(new Reason("one-off", "it is a one-off container of Compose"));
        }
        if (instance.state() == State.PAUSED) {
            reasons.add(new Reason("paused", "it is paused"));
        } else if (instance.state() != State.RUNNING) {
            reasons.add(new Reason("not-running", "its state is " + lower(instance.state())));
        } else if (instance.health() != Health.NONE && instance.health() != Health.HEALTHY) {
            reasons.add(
                    new Reason(
                            "not-healthy",
                            "its health is %s, not healthy".formatted(lower(instance.health()))));
        }
        if (instance.stopping()) {
            reasons.add(
                    new Reason(
                            "stopping", "a stop signal was sent to it: it gets no new requests"));
        }
        return reasons;
    }

    private Answer inGroup(
            Instance instance, Declaration declaration, String group, List<Reason> own) {
        Map<String, Reason> reasons = new LinkedHashMap<>();
        String service = declaration.service();
        if (declaration.routes().isEmpty()) {
            reasons.put(
                    "no-route",
                    new Reason("no-route", "it has neither a host nor a path: it is not routed"));
        }
        boolean served = false;
        GroupView view = model.configuration(group);
        if (!model.groupNames().contains(group)) {
            reasons.put("no-group", WhyGroup.missing(model, group));
        } else if (view == null || view.manifest() == null) {
            reasons.put(
                    "not-rendered",
                    new Reason(
                            "not-rendered", "group %s has no configuration yet".formatted(group)));
        } else {
            served = rendered(instance, declaration, group, reasons);
        }
        own.forEach(reason -> reasons.remove(reason.code()));
        served = served && !declaration.routes().isEmpty() && hasRoute(group, service);
        return new Answer(
                "group",
                group + ", service " + service,
                served,
                served ? "served" : "not served",
                List.copyOf(reasons.values()),
                List.of());
    }

    private boolean rendered(
            Instance instance, Declaration declaration, String group, Map<String, Reason> reasons) {
        String service = declaration.service();
        String subject = ReadModel.id(instance);
        ConfigRecord.Service part = model.part(group, service);
        if (part == null) {
            reasons.put("not-in-group", WhyGroup.notInGroup(model, group, instance, declaration));
            return false;
        }
        notes(part.notes().stream(), subject, reasons);
        takenRoutes(part, reasons);
        ConfigRecord.Server server =
                part.servers().stream()
                        .filter(
                                s ->
                                        s.host().equals(instance.host())
                                                && s.container().equals(instance.container()))
                        .findFirst()
                        .orElse(null);
        if (server == null) {
            if (reasons.isEmpty() && ofItsState(instance).isEmpty()) {
                reasons.put(
                        "not-in-group", WhyGroup.notInGroup(model, group, instance, declaration));
            }
            return false;
        }
        return !server.stopping() && applied(group, server, subject, service, reasons);
    }

    private boolean hasRoute(String group, String service) {
        ConfigRecord.Service part = model.part(group, service);
        return part != null && !part.routes().isEmpty();
    }

    private static void takenRoutes(ConfigRecord.Service part, Map<String, Reason> reasons) {
        part.notes().stream()
                .filter(note -> note.code().equals(Why.ROUTE_TAKEN))
                .forEach(
                        note ->
                                reasons.put(
                                        note.code() + " " + note.subject(),
                                        new Reason(
                                                note.code(),
                                                "%s is not its route: %s"
                                                        .formatted(
                                                                note.subject(), note.message()))));
    }

    /** Whether an applier of the group has a server in force; why others have not. */
    boolean applied(
            String group,
            ConfigRecord.Server server,
            String subject,
            String service,
            Map<String, Reason> reasons) {
        List<ApplyResult> results = model.results(group);
        if (results.isEmpty()) {
            reasons.put(
                    "no-applier",
                    new Reason(
                            "no-applier", "no applier of group %s has reported".formatted(group)));
            return false;
        }
        boolean served = false;
        for (ApplyResult result : results) {
            int before = reasons.size();
            WhyGroup.behind(model, result)
                    .ifPresent(reason -> reasons.put("behind " + result.applier(), reason));
            if (result.pending().contains(server.name())) {
                reasons.put(
                        "knock-pending " + result.applier(),
                        new Reason(
                                "knock-pending",
                                "applier %s waits until its application accepts connections"
                                        .formatted(result.applier())));
            }
            for (Note note : result.leftOut()) {
                if (concerns(note, subject, server.name(), service)
                        && !reasons.containsKey(note.code())) {
                    reasons.put(
                            note.code() + " " + result.applier(),
                            new Reason(
                                    note.code(),
                                    "applier %s: %s".formatted(result.applier(), note.message())));
                }
            }
            served |= reasons.size() == before;
        }
        return served;
    }

    private static boolean concerns(Note note, String subject, String server, String service) {
        return note.subject().equals(subject)
                || note.subject().equals(server)
                || note.subject().equals(service);
    }

    private static void notes(Stream<Note> notes, String subject, Map<String, Reason> reasons) {
        notes.filter(note -> note.subject().equals(subject))
                .forEach(note -> reasons.put(note.code(), new Reason(note.code(), note.message())));
    }

    static Reason rejected(Rejection rejection) {
        String suggestion =
                rejection.suggestion() == null
                        ? ""
                        : ", did you mean " + rejection.suggestion() + "?";
        return new Reason(
                rejection.code(),
                "%s%s: %s%s"
                        .formatted(
                                rejection.key(),
                                rejection.value().isEmpty() ? "" : "=" + rejection.value(),
                                rejection.message(),
                                suggestion));
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
