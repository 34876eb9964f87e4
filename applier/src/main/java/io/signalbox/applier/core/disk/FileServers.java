package io.signalbox.applier.core.disk;

import io.signalbox.applier.core.plan.LiveServer;
import io.signalbox.applier.core.plan.ServerIds;
import io.signalbox.applier.core.plan.WantedServer;
import io.signalbox.applier.core.plan.WantedService;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The servers of a service as they stand in a configuration file. */
public final class FileServers {
    private FileServers() {}

    /**
     * All but the stopping ones, numbered; those that are quiet in maintenance.
     *
     * @param quiet names of servers whose application has not answered yet
     */
    public static List<LiveServer> of(WantedService service, Set<String> quiet) {
        Set<Integer> taken = new HashSet<>();
        List<LiveServer> servers = new ArrayList<>();
        for (WantedServer server : service.servers()) {
            if (server.stopping()) {
                continue;
            }
            int id = ServerIds.idFor(server.name(), taken);
            taken.add(id);
            servers.add(
                    new LiveServer(
                            server.name(),
                            id,
                            server.address(),
                            server.port(),
                            server.weight(),
                            !quiet.contains(server.name()),
                            service.options(),
                            server.run(),
                            server.backup(),
                            server.cookie()));
        }
        return servers;
    }
}
