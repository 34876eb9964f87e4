package io.signalbox.renderer.core;

import io.signalbox.haproxy.IllegalValue;
import io.signalbox.haproxy.RouteKey;
import io.signalbox.haproxy.ServiceName;
import io.signalbox.schemas.Cause;
import io.signalbox.schemas.ConfigRecord;
import io.signalbox.schemas.ConfigRecord.Candidate;
import io.signalbox.schemas.ConfigRecord.HeldRoute;
import io.signalbox.schemas.ConfigRecord.Note;
import io.signalbox.schemas.ConfigRecord.Server;
import io.signalbox.schemas.ConfigRecord.ServerOptions;
import io.signalbox.schemas.Declaration;
import io.signalbox.schemas.Endpoint;
import io.signalbox.schemas.GroupDefinition;
import io.signalbox.schemas.Policy;
import io.signalbox.schemas.ServiceState;
import io.signalbox.schemas.ServiceState.Instance;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Builds the content of one service's part from its members and the routes it holds. */
final class ServicePart {
    private static final int WEIGHT = 1;
    private static final int MOST_NOTES = 200;

    /** So that no service's part grows beyond what a record may hold. */
    private static final int MOST_SERVERS = 10_000;

    private static final Comparator<Note> BY_SUBJECT =
            Comparator.comparing(Note::subject)
                    .thenComparing(Note::code)
                    .thenComparing(Note::message);

    private final ServiceName name;
    private final GroupDefinition group;
    private final Function<Instance, @Nullable Instance> sharedNetwork;
    private final TreeMap<String, Server> servers = new TreeMap<>();
    private final List<Note> notes = new ArrayList<>();

    private ServicePart(
            String service,
            GroupDefinition group,
            Function<Instance, @Nullable Instance> sharedNetwork) {
        this.name = new ServiceName(service);
        this.group = group;
        this.sharedNetwork = sharedNetwork;
    }

    /**
     * The part's content.
     *
     * @param sharedNetwork finds the container whose network another one uses
     * @throws IllegalValue when HAProxy cannot have a service of that name or policy
     */
    static ConfigRecord.Service of(
            String service,
            Service members,
            RouteTable routes,
            GroupDefinition group,
            Function<Instance, @Nullable Instance> sharedNetwork) {
        ServicePart part = new ServicePart(service, group, sharedNetwork);
        members.members().forEach(part::add);
        part.disagreements(members);
        List<HeldRoute> held = part.held(routes, members.newest());
        List<Note> sorted = part.notes.stream().distinct().sorted(BY_SUBJECT).toList();
        GroupDefinition.Check check = group.defaults().check();
        Policy policy = members.newest().declaration().policy();
        return new ConfigRecord.Service(
                service,
                ServiceHttp.added(ServiceBackend.of(policy, group.defaults()), policy.http(), held),
                new ServerOptions(check.interval().toMillis(), check.fall(), check.rise()),
                List.copyOf(part.servers.values()),
                held,
                sorted.size() > MOST_NOTES ? sorted.subList(0, MOST_NOTES) : sorted,
                policy);
    }

    private void add(Member member) {
        switch (member.entry().state()) {
            case Instance instance -> add(instance, member.declaration());
            case ServiceState.RegisteredEndpoint registered -> add(registered);
            case ServiceState.DeclaredService _, ServiceState.Host _, ServiceState.Checkpoint _ -> {
                // An operator's declaration makes a service known; it is no server.
            }
        }
    }

    private void add(Instance instance, Declaration declaration) {
        Optional<Note> against = Eligibility.against(instance);
        if (against.isPresent()) {
            notes.add(against.get());
            return;
        }
        Addresses.Found found =
                Addresses.of(instance, sharedNetwork.apply(instance), declaration, group);
        notes.addAll(found.notes());
        if (!found.candidates().isEmpty()) {
            put(
                    new Server(
                            name.server(instance.container()).value(),
                            instance.host(),
                            instance.container(),
                            instance.startedAt(),
                            WEIGHT,
                            instance.stopping(),
                            found.candidates(),
                            untimed(instance.cause())));
        }
    }

    private void add(ServiceState.RegisteredEndpoint registered) {
        Endpoint endpoint = registered.endpoint();
        Candidate candidate =
                new Candidate(
                        Candidate.Kind.PUBLISHED, "", "", endpoint.address(), endpoint.port());
        put(
                new Server(
                        name.server(endpoint.id()).value(),
                        "",
                        endpoint.id(),
                        null,
                        WEIGHT,
                        false,
                        List.of(candidate),
                        untimed(registered.cause())));
    }

    private void put(Server server) {
        if (servers.size() == MOST_SERVERS) {
            notes.add(Notes.tooMany(server.host() + "/" + server.container(), MOST_SERVERS));
            return;
        }
        Server known = servers.putIfAbsent(server.name(), server);
        if (known != null) {
            String subject = server.host() + "/" + server.container();
            notes.add(Notes.duplicateName(subject, server.name()));
        }
    }

    private void disagreements(Service members) {
        Member newest = members.newest();
        for (Member member : members.members()) {
            if (member.entry().state() instanceof Instance instance
                    && !sameWord(member.declaration(), newest.declaration())) {
                String subject = Eligibility.subject(instance);
                notes.add(Notes.disagreement(subject, newest.entry().key()));
            }
        }
    }

    private static boolean sameWord(Declaration one, Declaration other) {
        return one.port() == other.port()
                && java.util.Objects.equals(one.network(), other.network())
                && one.groups().equals(other.groups())
                && one.routes().equals(other.routes())
                && one.policy().equals(other.policy());
    }

    private List<HeldRoute> held(RouteTable routes, Member newest) {
        List<HeldRoute> held = new ArrayList<>();
        routes.claims(name.value())
                .forEach(
                        (route, _) -> {
                            RouteTable.Holder holder = routes.holder(route);
                            if (holder == null) {
                                return;
                            }
                            if (holder.service().equals(name.value())) {
                                held.add(new HeldRoute(route.host(), route.path(), holder.since()));
                            } else {
                                notes.add(Notes.routeTaken(route.text(), holder));
                            }
                        });
        if (newest.declaration().routes().isEmpty()) {
            notes.add(Notes.noRoute(name.value()));
        }
        for (Declaration.Route route : newest.declaration().routes()) {
            String why = againstRoute(route);
            if (why != null) {
                notes.add(Notes.badRoute(route.host() + route.path(), why));
            }
        }
        return held;
    }

    /** Why HAProxy cannot have the route; null when it can. */
    static @Nullable String againstRoute(Declaration.Route route) {
        try {
            RouteKey unused = new RouteKey(route.host(), route.path());
            return unused.host().equals(route.host()) ? null : "it is not in its normal form";
        } catch (IllegalValue e) {
            return String.valueOf(e.getMessage());
        }
    }

    /** Without the time that depends on which renderer read which copy of the record. */
    private static Cause untimed(Cause cause) {
        return new Cause(
                cause.partition(),
                cause.offset(),
                cause.subject(),
                cause.dockerTime(),
                cause.observedAt(),
                cause.eventAppendedAt(),
                null);
    }
}
