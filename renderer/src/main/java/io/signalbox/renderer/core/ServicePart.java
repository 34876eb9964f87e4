package io.signalbox.renderer.core;

import io.signalbox.haproxy.IllegalValue;
import io.signalbox.haproxy.RoutePattern;
import io.signalbox.haproxy.ServiceName;
import io.signalbox.renderer.core.RouteTable.Claim;
import io.signalbox.renderer.core.RouteTable.Holder;
import io.signalbox.schemas.Adoption;
import io.signalbox.schemas.Cause;
import io.signalbox.schemas.ConfigRecord;
import io.signalbox.schemas.ConfigRecord.Candidate;
import io.signalbox.schemas.ConfigRecord.FurtherOptions;
import io.signalbox.schemas.ConfigRecord.HeldRoute;
import io.signalbox.schemas.ConfigRecord.Note;
import io.signalbox.schemas.ConfigRecord.Server;
import io.signalbox.schemas.ConfigRecord.ServerOptions;
import io.signalbox.schemas.Declaration;
import io.signalbox.schemas.Endpoint;
import io.signalbox.schemas.GroupDefinition;
import io.signalbox.schemas.GroupDefinition.AddressMode;
import io.signalbox.schemas.LiveOptions;
import io.signalbox.schemas.Policy;
import io.signalbox.schemas.ServiceState;
import io.signalbox.schemas.ServiceState.Instance;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SortedMap;
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

    /** By name, those of the oldest members first. */
    private final SequencedMap<String, Server> servers = new LinkedHashMap<>();

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
        members.members().forEach(member -> part.add(member, members.isTcp()));
        part.disagreements(members);
        Policy said = members.newest().declaration().policy();
        Policy policy = members.isTcp() ? said.ofConnections() : said;
        List<Server> servers = part.servers(policy.givesCookie());
        List<HeldRoute> held = part.held(routes, members.newest());
        List<Note> sorted = part.notes.stream().distinct().sorted(BY_SUBJECT).toList();
        List<String> backend =
                members.isTcp()
                        ? ServiceTcp.backend(policy, group)
                        : ServiceHttp.added(
                                ServiceBackend.of(policy, group),
                                ServiceLive.text(policy.http()),
                                held);
        return new ConfigRecord.Service(
                service,
                backend,
                options(policy, group.defaults().check()),
                servers,
                held,
                sorted.size() > MOST_NOTES ? sorted.subList(0, MOST_NOTES) : sorted,
                policy.ofService(),
                group.snippets().ofService(service),
                members.isTcp() ? LiveOptions.NONE : ServiceLive.options(policy, backend));
    }

    private static ServerOptions options(Policy policy, GroupDefinition.Check standard) {
        Policy.Check said = policy.check();
        boolean dynamic = policy.sticky() != null && !policy.givesCookie();
        FurtherOptions further = new FurtherOptions(dynamic, policy.servers());
        if (said == null) {
            return new ServerOptions(
                    standard.interval().toMillis(), standard.fall(), standard.rise(), further);
        }
        boolean none = said.kind() == Policy.Check.Kind.NONE;
        Duration interval = Objects.requireNonNullElse(said.interval(), standard.interval());
        return new ServerOptions(
                none ? 0 : interval.toMillis(),
                Objects.requireNonNullElse(said.fall(), standard.fall()),
                Objects.requireNonNullElse(said.rise(), standard.rise()),
                further);
    }

    private void add(Member member, boolean tcp) {
        Declaration declaration = member.declaration();
        if (declaration.isTcp() != tcp && !declaration.routes().isEmpty()) {
            notes.add(Notes.otherKind(member.entry().key(), tcp));
            return;
        }
        switch (member.entry().state()) {
            case Instance service when Adoption.isSwarm(service) -> {
                // Its tasks are the servers, unless Swarm is to choose among them.
                if (isOneServer(service, declaration)) {
                    add(service, null, declaration);
                }
            }
            case Instance instance -> {
                Instance service = serviceOf(member);
                if (service == null || !isOneServer(service, declaration)) {
                    add(instance, service, declaration);
                }
            }
            case ServiceState.RegisteredEndpoint registered ->
                    add(registered, member.declaration());
            case ServiceState.DeclaredService _, ServiceState.Host _, ServiceState.Checkpoint _ -> {
                // An operator's declaration makes a service known; it is no server.
            }
        }
    }

    /** The Swarm service whose word a task borrows; null for none. */
    private static @Nullable Instance serviceOf(Member member) {
        return member.word().state() instanceof Instance word && Adoption.isSwarm(word)
                ? word
                : null;
    }

    /** Whether a Swarm service is one server, with an address for all its tasks. */
    private boolean isOneServer(Instance service, Declaration declaration) {
        return group.addressMode() == AddressMode.VIP
                && !Addresses.of(service, null, declaration, group, null).candidates().isEmpty();
    }

    private void add(Instance instance, @Nullable Instance service, Declaration declaration) {
        Optional<Note> against = Eligibility.against(instance);
        if (against.isPresent()) {
            notes.add(against.get());
            return;
        }
        Addresses.Found found =
                Addresses.of(instance, sharedNetwork.apply(instance), declaration, group, service);
        notes.addAll(found.notes());
        if (!found.candidates().isEmpty()) {
            put(
                    new Server(
                            name.server(instance.container()).value(),
                            instance.host(),
                            instance.container(),
                            run(instance),
                            weight(declaration),
                            instance.stopping(),
                            found.candidates(),
                            untimed(instance.cause()),
                            declaration.policy().standing().backup(),
                            declaration.policy().standing().cookie()));
        }
    }

    /** A new version of a Swarm service is no new server. */
    private static @Nullable Instant run(Instance instance) {
        return Adoption.isSwarm(instance) ? null : instance.startedAt();
    }

    private static int weight(Declaration declaration) {
        return Objects.requireNonNullElse(declaration.policy().standing().weight(), WEIGHT);
    }

    private void add(ServiceState.RegisteredEndpoint registered, Declaration declaration) {
        Endpoint endpoint = registered.endpoint();
        Candidate candidate =
                new Candidate(
                        Candidate.Kind.PUBLISHED, "", "", endpoint.address(), endpoint.port());
        put(
                new Server(
                        name.endpoint(endpoint.id()).value(),
                        "",
                        endpoint.id(),
                        null,
                        weight(declaration),
                        false,
                        List.of(candidate),
                        untimed(registered.cause()),
                        declaration.policy().standing().backup(),
                        declaration.policy().standing().cookie()));
    }

    /** All by name, each with the value of its cookie. */
    private List<Server> servers(boolean ownCookies) {
        StickyValues values = new StickyValues(name, servers.keySet(), notes);
        return servers.values().stream()
                .map(server -> ownCookies ? values.given(server) : values.none(server))
                .sorted(Comparator.comparing(Server::name))
                .toList();
    }

    private void put(Server server) {
        if (servers.size() == MOST_SERVERS) {
            notes.add(Notes.tooMany(server.host() + "/" + server.container(), MOST_SERVERS));
            return;
        }
        Server known = servers.putIfAbsent(server.name(), server);
        if (known != null && known.container().equals(server.container())) {
            // A Swarm service, as another manager shows it: always the same one's word counts.
            if (server.host().compareTo(known.host()) < 0) {
                servers.put(server.name(), server);
            }
        } else if (known != null) {
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
                && Objects.equals(one.network(), other.network())
                && one.groups().equals(other.groups())
                && one.routes().equals(other.routes())
                && one.policy().ofService().equals(other.policy().ofService());
    }

    private List<HeldRoute> held(RouteTable routes, Member newest) {
        List<HeldRoute> held = new ArrayList<>();
        SortedMap<RoutePattern, Claim> claims = routes.claims(name.value());
        claims.forEach(
                (route, claim) -> {
                    RouteShares shares = routes.shares(route);
                    if (!routes.hasRoom(route)) {
                        notes.add(Notes.tooManyRules("group", route, RuleRoom.MOST_RULES));
                    } else if (shares.isShared()) {
                        share(route, claim, routes, held);
                    } else {
                        whole(route, routes.holder(route), held);
                    }
                    notes.addAll(EntryPointNotes.of(route, group.entryPoints()));
                });
        if (newest.declaration().routes().isEmpty()) {
            notes.add(Notes.noRoute(name.value()));
        }
        for (Declaration.Route route : newest.declaration().routes()) {
            String why = DeclaredRoute.against(route);
            if (route.isTcp() != newest.declaration().isTcp()) {
                notes.add(Notes.otherKind(route.host() + route.path(), !route.isTcp()));
            } else if (why != null) {
                notes.add(Notes.badRoute(route.host() + route.path(), why));
            } else if (!claims.containsKey(DeclaredRoute.pattern(route))) {
                notes.add(
                        Notes.tooManyRules(
                                "service", DeclaredRoute.pattern(route), Service.MOST_RULES));
            }
        }
        return held;
    }

    private void whole(RoutePattern route, @Nullable Holder holder, List<HeldRoute> held) {
        if (holder == null) {
            return;
        }
        if (holder.service().equals(name.value())) {
            held.add(DeclaredRoute.held(route, holder.since(), null, false));
        } else {
            notes.add(Notes.routeTaken(route.text(), holder));
        }
    }

    /** What the service has of a route that it shares, and what became of its claim. */
    private void share(RoutePattern route, Claim claim, RouteTable routes, List<HeldRoute> held) {
        RouteShares shares = routes.shares(route);
        Holder rest = routes.holder(route);
        Instant restSince = rest == null ? null : since(rest);
        int given = shares.of(name.value());
        Integer wanted = claim.percent();
        if (wanted == null && restSince == null && rest != null) {
            notes.add(Notes.routeTaken(route.text(), rest));
        } else if (wanted != null && given != wanted) {
            notes.add(Notes.otherShare(route.text(), given, wanted));
        } else if (given == 0) {
            notes.add(Notes.noShare(route.text()));
        }
        if (given > 0) {
            boolean all = shares.isWhole(name.value());
            held.add(
                    DeclaredRoute.held(
                            route,
                            restSince == null ? claim.since() : restSince,
                            all ? null : given,
                            !all && shares.sticky()));
        }
    }

    private @Nullable Instant since(Holder rest) {
        return rest.service().equals(name.value()) ? rest.since() : null;
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
