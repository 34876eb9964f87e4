package io.signalbox.bench.simulation;

import io.signalbox.schemas.ConfigRecord.Candidate;
import io.signalbox.schemas.ConfigRecord.Part;
import io.signalbox.schemas.ConfigRecord.Server;
import io.signalbox.schemas.ConfigRecord.Service;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Comparisons of what is with what the log justifies. */
final class Checks {
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
