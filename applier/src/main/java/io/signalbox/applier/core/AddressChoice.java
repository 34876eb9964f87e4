package io.signalbox.applier.core;

import io.signalbox.applier.core.disk.SnippetText;
import io.signalbox.applier.core.plan.WantedServer;
import io.signalbox.applier.core.plan.WantedService;
import io.signalbox.haproxy.Network;
import io.signalbox.haproxy.Route;
import io.signalbox.haproxy.ServerAddress;
import io.signalbox.schemas.ApplyResult.Reach;
import io.signalbox.schemas.ConfigRecord.Candidate;
import io.signalbox.schemas.ConfigRecord.Note;
import io.signalbox.schemas.ConfigRecord.Server;
import io.signalbox.schemas.ConfigRecord.Service;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Picks for each server the first of its addresses that can be reached from where HAProxy stands.
 *
 * @param reach the host that HAProxy stands on and the networks it is attached to: by id, or in
 *     CIDR notation, which stands for all addresses in it
 * @param ownBridges whether it reaches every container network of its own host, as it does in the
 *     host's own network namespace
 * @param subnets those of the networks that are in CIDR notation
 */
public record AddressChoice(Reach reach, boolean ownBridges, List<Network> subnets) {
    /** The code of the note about a server that cannot be reached. */
    public static final String UNREACHABLE = "unreachable";

    /**
     * Where subnets are named, HAProxy reaches those alone; else it stands in the network namespace
     * of its host.
     */
    public static AddressChoice of(Reach reach) {
        return new AddressChoice(
                reach, reach.networks().stream().noneMatch(network -> network.contains("/")));
    }

    /** With the subnets that the reach has. */
    public AddressChoice(Reach reach, boolean ownBridges) {
        this(
                reach,
                ownBridges,
                reach.networks().stream()
                        .filter(network -> network.contains("/"))
                        .map(Network::new)
                        .toList());
    }

    /** The first address that can be reached. */
    public Optional<Candidate> choose(List<Candidate> candidates) {
        return candidates.stream().filter(this::reaches).findFirst();
    }

    /** Whether the address leads to the server from here. */
    public boolean reaches(Candidate candidate) {
        boolean sameHost = candidate.host().equals(reach.host());
        boolean attached = reach.networks().contains(candidate.scope()) || inSubnet(candidate);
        return switch (candidate.kind()) {
            case CONTAINER -> sameHost && (ownBridges || attached);
            case OVERLAY -> attached;
            case PUBLISHED -> true;
            case LOOPBACK -> sameHost;
        };
    }

    private boolean inSubnet(Candidate candidate) {
        return subnets.stream().anyMatch(subnet -> subnet.contains(candidate.address()));
    }

    /** The service with an address for each server; those that cannot be reached are noted. */
    public WantedService resolve(Service service, List<Route> routes) {
        List<WantedServer> servers = new ArrayList<>();
        List<Note> leftOut = new ArrayList<>(service.notes());
        for (Server server : service.servers()) {
            choose(server.candidates())
                    .ifPresentOrElse(
                            candidate -> servers.add(wanted(server, candidate)),
                            () -> leftOut.add(unreachable(server)));
        }
        return new WantedService(
                service.service(),
                SnippetText.ofService(service),
                service.serverOptions(),
                Optional.ofNullable(service.policy().drain()),
                servers,
                routes,
                leftOut,
                service.live());
    }

    private static WantedServer wanted(Server server, Candidate candidate) {
        boolean proxied =
                switch (candidate.kind()) {
                    case CONTAINER, OVERLAY -> false;
                    case PUBLISHED, LOOPBACK -> true;
                };
        String run = server.startedAt() == null ? "" : server.startedAt().toString();
        ServerAddress address = new ServerAddress(candidate.address(), candidate.port());
        return new WantedServer(
                server.name(),
                run,
                address.address(),
                address.port(),
                proxied,
                server.weight(),
                server.stopping(),
                server.backup(),
                server.cookie());
    }

    private Note unreachable(Server server) {
        return new Note(
                UNREACHABLE,
                server.host() + "/" + server.container(),
                "none of its "
                        + server.candidates().size()
                        + " addresses can be reached from host "
                        + reach.host()
                        + ": "
                        + server.name()
                        + " is left out");
    }
}
