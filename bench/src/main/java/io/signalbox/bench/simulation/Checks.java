package io.signalbox.bench.simulation;

import io.signalbox.schemas.ConfigRecord.Candidate;
import io.signalbox.schemas.ConfigRecord.Part;
import io.signalbox.schemas.ConfigRecord.Server;
import io.signalbox.schemas.ConfigRecord.Service;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Comparisons of what is with what the log justifies. */
final class Checks {
    private static final int LEAST = 3;
    private static final long PERCENT = 60;

    private Checks() {}

    /** The servers of a configuration. */
    static Set<Justified> servers(Collection<Part> parts) {
        Set<Justified> servers = new TreeSet<>();
        for (Part part : parts) {
            if (part.content() instanceof Service service) {
                service.servers().forEach(server -> servers.add(justified(server)));
            }
        }
        return servers;
    }

    private static Justified justified(Server server) {
        List<String> addresses = server.candidates().stream().map(Checks::address).toList();
        return new Justified(
                server.host(),
                server.container(),
                String.valueOf(server.startedAt()),
                addresses,
                server.stopping());
    }

    private static String address(Candidate candidate) {
        return candidate.address() + ":" + candidate.port();
    }

    /**
     * Not many servers go at once of which the facts say that they are there.
     *
     * @param there the containers that never went meanwhile
     */
    static void notShrunk(
            String where, Set<Justified> before, Set<Justified> after, Set<String> there) {
        Set<String> left = ids(after);
        List<String> living =
                before.stream()
                        .filter(one -> !one.stopping())
                        .map(Justified::id)
                        .distinct()
                        .toList();
        long lost = living.stream().filter(id -> there.contains(id) && !left.contains(id)).count();
        if (lost >= LEAST && lost * 100 > living.size() * PERCENT) {
            throw new Violation(
                    "shrunk",
                    "%s drops %d of %d servers without a fact"
                            .formatted(where, lost, living.size()));
        }
    }

    private static Set<String> ids(Set<Justified> servers) {
        return servers.stream().map(Justified::id).collect(Collectors.toSet());
    }

    /**
     * Both are the same.
     *
     * @throws Violation if not
     */
    static <T> void same(String kind, String where, Set<T> wanted, Set<T> found) {
        if (!wanted.equals(found)) {
            Set<T> extra = new TreeSet<>(found);
            extra.removeAll(wanted);
            Set<T> missing = new TreeSet<>(wanted);
            missing.removeAll(found);
            throw new Violation(kind, where + ": extra " + extra + ", missing " + missing);
        }
    }
}
