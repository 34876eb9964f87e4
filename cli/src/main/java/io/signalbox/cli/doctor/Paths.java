package io.signalbox.cli.doctor;

import io.signalbox.applier.core.AddressChoice;
import io.signalbox.haproxy.ServerAddress;
import io.signalbox.schemas.ConfigRecord.Candidate;
import io.signalbox.schemas.ConfigRecord.Part;
import io.signalbox.schemas.ConfigRecord.Server;
import io.signalbox.schemas.ConfigRecord.Service;
import io.signalbox.schemas.GroupView;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Whether this machine can connect to servers at the addresses that its applier would choose. */
final class Paths {

    /** Of each service one server, and of so many services at most. */
    private static final int SAMPLE = 20;

    private static final int CONNECT_MS = 1_500;

    private Paths() {}

    /** A server of the sample and the address that is chosen for it. */
    record Target(Server server, Optional<Candidate> chosen) {}

    static List<Finding> look(String group, GroupView view, AddressChoice choice)
            throws InterruptedException {
        List<Target> targets = sample(view, choice);
        if (targets.isEmpty()) {
            return List.of(
                    Finding.skipped("path to containers", "group " + group + " has no servers"));
        }
        return SideBySide.look(targets, target -> List.of(look(target, choice)));
    }

    /** One server of each service, those first that get requests. */
    static List<Target> sample(GroupView view, AddressChoice choice) {
        List<Target> targets = new ArrayList<>();
        for (Map.Entry<String, Part> part : view.parts().entrySet()) {
            if (part.getValue().content() instanceof Service service && targets.size() < SAMPLE) {
                service.servers().stream()
                        .filter(server -> !server.stopping())
                        .findFirst()
                        .map(server -> new Target(server, choice.choose(server.candidates())))
                        .ifPresent(targets::add);
            }
        }
        return targets;
    }

    private static Finding look(Target target, AddressChoice choice) {
        Server server = target.server();
        String subject = "path to " + server.name();
        if (target.chosen().isEmpty()) {
            return Finding.warn(
                    subject,
                    "none of its %d addresses can be reached from host %s"
                            .formatted(server.candidates().size(), choice.reach().host()),
                    "it is on host " + server.host(),
                    "publish its port, attach HAProxy to an overlay network of its, or correct"
                            + " --host-id");
        }
        Candidate chosen = target.chosen().get();
        return connect(subject, new ServerAddress(chosen.address(), chosen.port()), chosen);
    }

    private static Finding connect(String subject, ServerAddress address, Candidate chosen) {
        String where =
                "%s:%d (%s)"
                        .formatted(
                                address.address(),
                                address.port(),
                                chosen.kind().name().toLowerCase(Locale.ROOT));
        try (Socket socket = new Socket()) {
            socket.connect(
                    new InetSocketAddress(address.address().toString(), address.port()),
                    CONNECT_MS);
            return Finding.ok(subject, where + " accepts connections");
        } catch (ConnectException e) {
            return Finding.warn(
                    subject,
                    where + ": nobody listens there",
                    "the way there is open",
                    "see whether the application listens on that port, and not on 127.0.0.1 alone:"
                            + " signalbox.port");
        } catch (IOException e) {
            return Finding.fail(
                    subject,
                    where + ": " + Reasons.of(e),
                    "",
                    "see the firewall between here and host "
                            + chosen.host()
                            + ", and that host's --advertised-address");
        }
    }
}
