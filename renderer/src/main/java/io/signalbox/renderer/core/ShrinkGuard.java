package io.signalbox.renderer.core;

import io.signalbox.schemas.Cause;
import io.signalbox.schemas.ConfigRecord.Content;
import io.signalbox.schemas.ConfigRecord.HeldRoute;
import io.signalbox.schemas.ConfigRecord.Note;
import io.signalbox.schemas.ConfigRecord.Server;
import io.signalbox.schemas.ConfigRecord.Service;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Finds servers that a step would drop although no fact says so, and keeps them in place. A fact
 * says so when it is about that very server and newer than what the server stands in the
 * configuration for, or about who lent the server what it does not declare itself. More than 30 %
 * of the living servers, and at least three, are held; fewer may go. All are held where one of them
 * stands for a fact that the state has not got to: that state is being rebuilt, and says nothing
 * about what is gone.
 */
final class ShrinkGuard {
    private static final int LEAST = 3;
    private static final int PERCENT = 30;

    private ShrinkGuard() {}

    /** Whether so many dropped servers of so many living ones are held back. */
    static boolean holds(int dropping, int living) {
        return dropping >= LEAST && dropping * 100L > (long) living * PERCENT;
    }

    /** How many servers of the content may be sent requests. */
    static int living(@Nullable Content content) {
        return (int) servers(content).stream().filter(server -> !server.stopping()).count();
    }

    /**
     * Living servers of {@code before} that {@code after} has no longer, without a fact.
     *
     * @param explained whether a fact says that a server is to go
     */
    static List<Server> dropped(
            @Nullable Content before, Content after, Predicate<Server> explained) {
        Set<String> left = servers(after).stream().map(Server::name).collect(Collectors.toSet());
        return servers(before).stream()
                .filter(server -> !server.stopping() && !left.contains(server.name()))
                .filter(server -> !explained.test(server))
                .toList();
    }

    /** The new content with the dropped servers still in place. */
    static Service kept(
            Service before, Content after, List<Server> dropped, Predicate<HeldRoute> free) {
        List<Note> notes = new ArrayList<>();
        SortedMap<String, Server> servers = new TreeMap<>();
        servers(after).forEach(server -> servers.put(server.name(), server));
        for (Server server : dropped) {
            servers.put(server.name(), server);
            notes.add(Notes.held(server.host() + "/" + server.container()));
        }
        Service base = after instanceof Service service ? service : before;
        List<HeldRoute> routes =
                after instanceof Service
                        ? base.routes()
                        : base.routes().stream().filter(free).toList();
        if (after instanceof Service) {
            notes.addAll(0, base.notes());
        }
        return base.with(List.copyOf(servers.values()), routes, notes);
    }

    /** Whether the change takes a server out of service, which must not wait. */
    static boolean drains(@Nullable Content before, Content after) {
        Set<String> serving =
                servers(after).stream()
                        .filter(server -> !server.stopping())
                        .map(Server::name)
                        .collect(Collectors.toSet());
        return servers(before).stream()
                .anyMatch(server -> !server.stopping() && !serving.contains(server.name()));
    }

    private static List<Server> servers(@Nullable Content content) {
        return content instanceof Service service ? service.servers() : List.of();
    }

    /** Whether what is known is a later fact than what a server stands in the configuration for. */
    static boolean isNewer(Cause known, Cause published) {
        return known.partition() != published.partition() || known.offset() > published.offset();
    }
}
