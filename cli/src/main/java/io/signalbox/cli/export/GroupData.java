package io.signalbox.cli.export;

import io.signalbox.applier.core.AddressChoice;
import io.signalbox.applier.core.plan.WantedServer;
import io.signalbox.applier.core.plan.WantedService;
import io.signalbox.applier.core.template.TemplateData;
import io.signalbox.haproxy.Identifier;
import io.signalbox.haproxy.IllegalValue;
import io.signalbox.haproxy.Route;
import io.signalbox.haproxy.ServerAddress;
import io.signalbox.haproxy.ServiceName;
import io.signalbox.schemas.ConfigRecord;
import io.signalbox.schemas.ConfigRecord.HeldRoute;
import io.signalbox.schemas.ConfigRecord.Server;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What templates are told of a group's configuration as it stands in the log, with the addresses
 * that an applier would choose here. A value that HAProxy may not have is left out.
 *
 * @param unreachable names of the servers that have no address that can be reached from here
 */
record GroupData(TemplateData data, SortedSet<String> unreachable) {

    /** Of these services of the group. */
    static GroupData of(
            String group, AddressChoice choice, Collection<ConfigRecord.Service> services) {
        List<WantedService> wanted = new ArrayList<>();
        Map<String, String> hosts = new HashMap<>();
        SortedSet<String> unreachable = new TreeSet<>();
        for (ConfigRecord.Service service : services) {
            if (isLegal(() -> new ServiceName(service.service()))) {
                List<Route> routes =
                        service.routes().stream().flatMap(route -> legal(route).stream()).toList();
                WantedService resolved = choice.resolve(service, routes);
                wanted.add(withLegalServers(resolved));
                for (Server server : service.servers()) {
                    hosts.put(server.name(), server.host());
                    if (choice.choose(server.candidates()).isEmpty()) {
                        unreachable.add(server.name());
                    }
                }
            }
        }
        return new GroupData(TemplateData.of(group, wanted, hosts), unreachable);
    }

    private static WantedService withLegalServers(WantedService service) {
        List<WantedServer> legal =
                service.servers().stream()
                        .filter(server -> isLegal(() -> new Identifier(server.name())))
                        .filter(server -> server.name().startsWith(service.name() + "."))
                        .filter(
                                server ->
                                        isLegal(
                                                () ->
                                                        new ServerAddress(
                                                                server.address(), server.port())))
                        .toList();
        return new WantedService(
                service.name(),
                service.backend(),
                service.options(),
                service.drain(),
                legal,
                service.routes(),
                service.leftOut(),
                service.live());
    }

    private static Optional<Route> legal(HeldRoute route) {
        try {
            return Optional.of(Route.of(route));
        } catch (IllegalValue e) {
            return Optional.empty();
        }
    }

    private interface Value {
        Object get();
    }

    private static boolean isLegal(Value value) {
        try {
            value.get();
            return true;
        } catch (IllegalValue e) {
            return false;
        }
    }
}
