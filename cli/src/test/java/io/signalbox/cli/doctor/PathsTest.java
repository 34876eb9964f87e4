package io.signalbox.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.applier.core.AddressChoice;
import io.signalbox.cli.doctor.Finding.State;
import io.signalbox.process.FreePort;
import io.signalbox.schemas.ApplyResult.Reach;
import io.signalbox.schemas.Cause;
import io.signalbox.schemas.ConfigRecord.Candidate;
import io.signalbox.schemas.ConfigRecord.Candidate.Kind;
import io.signalbox.schemas.ConfigRecord.Part;
import io.signalbox.schemas.ConfigRecord.Server;
import io.signalbox.schemas.ConfigRecord.ServerOptions;
import io.signalbox.schemas.ConfigRecord.Service;
import io.signalbox.schemas.GroupView;
import io.signalbox.schemas.Keys;
import io.signalbox.schemas.Policy;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class PathsTest {
    private static final AddressChoice HERE = new AddressChoice(new Reach("h1", List.of()), true);

    private final GroupView view = new GroupView();
    private long offset;

    @Test
    void shouldConnectToOneServerOfEachServiceByTheAddressThatIsChosenFromHere() throws Exception {
        int nobody = FreePort.onLoopback();
        try (ServerSocket listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            service(
                    "a",
                    server("a.1", "h1", listening.getLocalPort()),
                    server("a.2", "h1", nobody));
            service("b", server("b.1", "h1", nobody));
            service("c", server("c.1", "h2", listening.getLocalPort()));
            service("d");

            List<Finding> findings = Paths.look("default", view, HERE);

            assertThat(findings)
                    .extracting(finding -> finding.state() + " " + finding.subject())
                    .containsExactly("OK path to a.1", "WARN path to b.1", "WARN path to c.1");
            assertThat(findings.get(0).value()).contains("(container) accepts connections");
            assertThat(findings.get(1).value()).contains("nobody listens there");
            assertThat(findings.get(2).line()).contains("from host h1", "it is on host h2");
        }
    }

    @Test
    void shouldSkipAGroupWithoutServers() throws Exception {
        assertThat(Paths.look("default", view, HERE))
                .extracting(Finding::state)
                .containsExactly(State.SKIPPED);
    }

    private static Server server(String name, String host, int port) {
        return new Server(
                name,
                host,
                "c",
                null,
                1,
                false,
                List.of(new Candidate(Kind.CONTAINER, host, "n", "127.0.0.1", port)),
                new Cause(0, 0, name, null, Instant.EPOCH, Instant.EPOCH, null));
    }

    private void service(String name, Server... servers) {
        Service service =
                new Service(
                        name,
                        List.of(),
                        new ServerOptions(0, 1, 1),
                        List.of(servers),
                        List.of(),
                        List.of(),
                        Policy.NONE);
        String part = "service/" + name;
        view.read(offset++, Keys.part(part), new Part(part, 0, 1, service));
    }
}
