package io.signalbox.registry.core;

import io.signalbox.registry.core.Answer.Reason;
import io.signalbox.registry.core.Routing.Way;
import io.signalbox.registry.core.dialect.SignalboxKeys;
import io.signalbox.schemas.Adoption;
import io.signalbox.schemas.ConfigRecord;
import io.signalbox.schemas.ConfigRecord.HeldRoute;
import io.signalbox.schemas.ConfigRecord.Note;
import io.signalbox.schemas.Declaration;
import io.signalbox.schemas.Rejection;
import io.signalbox.schemas.ServiceState.DeclaredService;
import io.signalbox.schemas.ServiceState.Instance;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Answers why a container, a service, or a host and path, is or is not served. */
public final class Why {
    /** The code of the renderer's note that another service holds a route. */
    static final String ROUTE_TAKEN = "route-taken";

    private static final int SHOWN_SUBJECTS = 20;

    private final ReadModel model;
    private final WhyContainer containers;
    private final WhyEndpoint endpoints;

    /** Answers from this model. */
    public Why(ReadModel model) {
        this.model = model;
        this.containers = new WhyContainer(model);
        this.endpoints = new WhyEndpoint(model, containers);
    }

    /**
     * Whatever the subject is: all containers and services of that name, else connections and a
     * request.
     */
    public List<Answer> subject(String subject) {
        List<Answer> answers = new ArrayList<>();
        if (isService(subject)) {
            answers.add(service(subject));
        }
        answers.addAll(knownContainers(subject));
        if (answers.isEmpty() || subject.startsWith("/") || looksLikeHost(subject)) {
            int slash = subject.indexOf('/');
            Answer connection = connection(subject);
            if (slash < 0 && !connection.details().isEmpty()) {
                answers.add(connection);
            }
            Answer request =
                    request(
                            slash < 0 ? subject : subject.substring(0, slash),
                            slash < 0 ? "/" : subject.substring(slash));
            if (answers.isEmpty() || !request.details().isEmpty() || request.served()) {
                answers.add(request);
            }
        }
        return answers;
    }

    /** The containers whose name, id, id's beginning, or {@code <host>/<id>} this is. */
    public List<Answer> container(String subject) {
        List<Answer> answers = knownContainers(subject);
        return answers.isEmpty()
                ? List.of(
                        unknown(
                                "container",
                                subject,
                                "no container of that name or id is known on %d hosts"
                                        .formatted(model.hosts().size())))
                : answers;
    }

    /** The service, with an answer for each of its containers and endpoints. */
    public Answer service(String name) {
        List<Answer> details = new ArrayList<>();
        Stream.concat(
                        model.instancesOf(name).stream().filter(one -> !Adoption.isSwarm(one)),
                        new Loans(model).borrowers(name).stream())
                .filter(instance -> !instance.gone())
                .distinct()
                .map(containers::answer)
                .forEach(details::add);
        boolean anyContainer = !details.isEmpty();
        List<Answer> registered = endpoints.of(name);
        details.addAll(registered);
        String kind = registered.isEmpty() ? "container" : anyContainer ? "server" : "endpoint";
        if (!isService(name)) {
            return unknown(
                    "service", name, "nothing declares it: requests for it get our 404, if any");
        }
        List<Reason> reasons = new ArrayList<>();
        DeclaredService declared = model.declared(name);
        if (declared != null && !declared.gone()) {
            reasons.add(WhyLent.declared(declared));
        }
        model.instancesOf(name).stream()
                .filter(service -> Adoption.isSwarm(service) && !service.gone())
                .forEach(service -> reasons.add(WhyLent.declared(service)));
        for (String group : groupsOf(name)) {
            reasons.addAll(routes(group, name));
        }
        boolean served = details.stream().anyMatch(Answer::served);
        return new Answer(
                "service",
                name,
                served,
                served
                        ? "%d of %d %ss get requests"
                                .formatted(
                                        details.stream().filter(Answer::served).count(),
                                        details.size(),
                                        kind)
                        : "no %s gets requests: %s".formatted(kind, withoutServer(name)),
                reasons,
                details);
    }

    /** Where a request with this host and path goes, in each group. */
    public Answer request(String host, String path) {
        String name = normalHost(host);
        List<Reason> reasons = new ArrayList<>();
        List<Answer> details = new ArrayList<>();
        for (String group : model.groupNames()) {
            List<Way> ways = Routing.ways(model.parts(group), name, path);
            Routing.conditional(ways).stream()
                    .limit(SHOWN_SUBJECTS)
                    .forEach(way -> add(routedIf(group, way), way, reasons, details));
            Routing.certain(ways).forEach(way -> add(routed(group, way), way, reasons, details));
            taken(group, ways, reasons);
        }
        if (details.isEmpty()) {
            reasons.add(
                    new Reason(
                            "no-route",
                            "no route matches host %s and path %s: requests get our 404"
                                    .formatted(name, path)));
            reasons.addAll(undeclaredRoutes(name, path));
            reasons.addAll(rejectedLabels(name));
        }
        boolean served = details.stream().anyMatch(Answer::served);
        return new Answer(
                "request",
                name + path,
                served,
                details.isEmpty() ? "not routed" : served ? "served" : "routed, answers 503",
                reasons,
                details);
    }

    /** Where connections go that ask for this name by TLS, in each group. */
    public Answer connection(String host) {
        String name = normalHost(host);
        List<Reason> reasons = new ArrayList<>();
        List<Answer> details = new ArrayList<>();
        for (String group : model.groupNames()) {
            List<Way> ways = Routing.connections(model.parts(group), name);
            ways.forEach(way -> add(routed(group, way), way, reasons, details));
            taken(group, ways, reasons);
        }
        boolean served = details.stream().anyMatch(Answer::served);
        return new Answer(
                "connection",
                name,
                served,
                details.isEmpty() ? "not led" : served ? "served" : "led, and closed",
                reasons,
                details);
    }

    /** Who claims these routes too. */
    private void taken(String group, List<Way> ways, List<Reason> reasons) {
        for (ConfigRecord.Service part : model.parts(group)) {
            part.notes().stream()
                    .filter(note -> note.code().equals(ROUTE_TAKEN))
                    .filter(note -> concerns(note, ways))
                    .forEach(
                            note ->
                                    reasons.add(
                                            new Reason(
                                                    note.code(),
                                                    "group %s: service %s claims %s too: %s"
                                                            .formatted(
                                                                    group,
                                                                    part.service(),
                                                                    note.subject(),
                                                                    note.message()))));
        }
    }

    private boolean isService(String name) {
        return model.serviceNames().contains(name);
    }

    private List<Answer> knownContainers(String subject) {
        return model.instances().stream()
                .filter(instance -> isCalled(instance, subject))
                .sorted(Comparator.comparing(Instance::gone))
                .limit(SHOWN_SUBJECTS)
                .map(containers::answer)
                .toList();
    }

    private static boolean isCalled(Instance instance, String subject) {
        int shortest = 4;
        return instance.name().equals(subject)
                || ReadModel.id(instance).equals(subject)
                || (instance.host() + "/" + instance.name()).equals(subject)
                || (subject.length() >= shortest && instance.container().startsWith(subject));
    }

    private static boolean looksLikeHost(String subject) {
        return subject.indexOf('.') > 0;
    }

    /** What clients meet where no container gets anything. */
    private String withoutServer(String service) {
        if (!hasRoute(service)) {
            return "it has no route";
        }
        return groupsOf(service).stream()
                        .map(group -> model.part(group, service))
                        .anyMatch(part -> part != null && Routing.isOfConnections(part))
                ? "its connections are closed"
                : "its routes answer 503";
    }

    private boolean hasRoute(String service) {
        return groupsOf(service).stream()
                .map(group -> model.part(group, service))
                .anyMatch(part -> part != null && !part.routes().isEmpty());
    }

    private List<String> groupsOf(String service) {
        return model.groupNames().stream()
                .filter(group -> model.part(group, service) != null)
                .toList();
    }

    private List<Reason> routes(String group, String service) {
        List<Reason> reasons = new ArrayList<>();
        ConfigRecord.Service part = model.part(group, service);
        if (part == null) {
            return reasons;
        }
        for (HeldRoute route : part.routes()) {
            reasons.add(
                    new Reason(
                            "route",
                            "group %s: it has the route %s since %s"
                                    .formatted(group, Routing.text(route), route.since())));
        }
        reasons.addAll(WhyPolicy.of(group, part.policy()));
        part.notes().stream()
                .filter(note -> !isContainer(note.subject()))
                .forEach(
                        note ->
                                reasons.add(
                                        new Reason(
                                                note.code(),
                                                "group %s: %s: %s"
                                                        .formatted(
                                                                group,
                                                                note.subject(),
                                                                note.message()))));
        return reasons;
    }

    private boolean isContainer(String subject) {
        int slash = subject.indexOf('/');
        return slash > 0 && model.host(subject.substring(0, slash)) != null;
    }

    private void add(Reason reason, Way way, List<Reason> reasons, List<Answer> details) {
        reasons.add(reason);
        if (details.stream().noneMatch(known -> known.subject().equals(way.service()))) {
            details.add(service(way.service()));
        }
    }

    private static Reason routed(String group, Way way) {
        return new Reason(
                "route",
                "group %s: route %s leads to service %s, which has it since %s"
                        .formatted(group, text(way), way.service(), way.route().since()));
    }

    private static Reason routedIf(String group, Way way) {
        return new Reason(
                "route-if",
                "group %s: route %s leads to service %s if the request has what stands in brackets"
                        .formatted(group, text(way), way.service()));
    }

    private static String text(Way way) {
        return (way.route().host().isEmpty() ? "(any host)" : "") + Routing.text(way.route());
    }

    /** Whoever claims a route too wants the requests of whoever has it. */
    private static boolean concerns(Note note, List<Way> ways) {
        return ways.stream().anyMatch(way -> way.pattern().text().equals(note.subject()));
    }

    /** Containers that declare a route for it which no group's configuration has. */
    private List<Reason> undeclaredRoutes(String host, String path) {
        List<Reason> reasons = new ArrayList<>();
        for (Instance instance : model.instances()) {
            if (instance.gone() || reasons.size() >= SHOWN_SUBJECTS) {
                continue;
            }
            for (Declaration declaration : instance.declarations()) {
                boolean wanted =
                        declaration.routes().stream()
                                .flatMap(
                                        route ->
                                                Routing.pattern(
                                                        route.host(), route.path(), route.match())
                                                        .stream())
                                .anyMatch(
                                        pattern ->
                                                Routing.fits(pattern, host, path)
                                                        || Routing.isNamed(pattern, host));
                if (wanted) {
                    reasons.add(
                            new Reason(
                                    "declared",
                                    "container %s (%s) declares it for service %s in groups %s"
                                            .formatted(
                                                    ReadModel.id(instance),
                                                    instance.name(),
                                                    declaration.service(),
                                                    declaration.groups())));
                }
            }
        }
        return reasons;
    }

    /** What is rejected of containers that name the host in a label of ours, well or badly. */
    private List<Reason> rejectedLabels(String host) {
        if (host.isEmpty()) {
            return List.of();
        }
        return model.instances().stream()
                .filter(instance -> !instance.gone() && names(instance, host))
                .flatMap(
                        instance ->
                                instance.rejections().stream()
                                        .map(rejection -> rejected(instance, rejection)))
                .limit(SHOWN_SUBJECTS)
                .toList();
    }

    private static boolean names(Instance instance, String host) {
        return instance.labels().entrySet().stream()
                .filter(label -> label.getKey().startsWith(SignalboxKeys.PREFIX))
                .flatMap(label -> Arrays.stream(label.getValue().split(",")))
                .anyMatch(name -> normalHost(name.strip()).equals(host));
    }

    private static Reason rejected(Instance instance, Rejection rejection) {
        Reason reason = WhyContainer.rejected(rejection);
        return new Reason(
                reason.code(),
                "container %s (%s) names it: %s"
                        .formatted(ReadModel.id(instance), instance.name(), reason.message()));
    }

    private static String normalHost(String host) {
        String name = host.toLowerCase(Locale.ROOT);
        int colon = name.lastIndexOf(':');
        if (colon > name.lastIndexOf(']')) {
            name = name.substring(0, colon);
        }
        return name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
    }

    private static Answer unknown(String kind, String subject, String why) {
        return new Answer(
                kind, subject, false, "unknown", List.of(new Reason("unknown", why)), List.of());
    }
}
