package io.signalbox.applier.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.applier.core.plan.Version;
import io.signalbox.applier.core.plan.WantedServer;
import io.signalbox.applier.core.plan.WantedService;
import io.signalbox.schemas.ApplyResult.Reach;
import io.signalbox.schemas.Cause;
import io.signalbox.schemas.ConfigRecord.Candidate;
import io.signalbox.schemas.ConfigRecord.Content;
import io.signalbox.schemas.ConfigRecord.Frame;
import io.signalbox.schemas.ConfigRecord.HeldRoute;
import io.signalbox.schemas.ConfigRecord.Note;
import io.signalbox.schemas.ConfigRecord.Part;
import io.signalbox.schemas.ConfigRecord.Removed;
import io.signalbox.schemas.ConfigRecord.Server;
import io.signalbox.schemas.ConfigRecord.ServerOptions;
import io.signalbox.schemas.ConfigRecord.Service;
import io.signalbox.schemas.ConfigRecord.SpareProfile;
import io.signalbox.schemas.Policy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DesiredTest {
    private static final Version VERSION = new Version(1, 1);
    private static final String PLAIN = "    balance roundrobin";

    private final Desired desired =
            new Desired(new AddressChoice(new Reach("host-a", List.of()), true));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "    errorfile 503 /etc/shadow",
                "    server evil 192.0.2.1:80",
                "    http-request lua.run",
                "    balance roundrobin\n    external-check command /bin/sh"
            })
    void shouldKeepTheLastGoodTextOfAServiceWithForbiddenText(String line) {
        accept(frame(PLAIN), service("a", PLAIN, server("a.1", 100)));

        accept(service("a", line, server("a.2", 100)), service("b", PLAIN));

        assertThat(serversOf("a")).containsExactly("a.2");
        assertThat(textOf("a")).containsExactly(PLAIN);
        assertThat(desired.wanted(VERSION).services()).containsKey("b");
        assertThat(desired.quarantined()).containsExactly("a");
        assertThat(desired.leftOut()).extracting(Note::code).containsExactly("quarantined");
        assertThat(desired.leftOut()).extracting(Note::subject).containsExactly("a");
        assertThat(desired.leftOut().getFirst().message())
                .contains("line of backend must be one of the known shapes");
    }

    @Test
    void shouldTryTextAgainThatHaproxyRefused() {
        accept(frame(PLAIN), service("a", PLAIN, server("a.1", 100)));
        WantedService good = desired.wanted(VERSION).services().get("a");
        accept(service("a", "    balance leastconn", server("a.2", 100)));

        desired.quarantine("a", good, "no");
        assertThat(textOf("a")).containsExactly(PLAIN);
        assertThat(serversOf("a")).containsExactly("a.2");
        accept(service("a", "    balance leastconn", server("a.3", 100)));
        assertThat(textOf("a")).containsExactly(PLAIN);
        assertThat(serversOf("a")).containsExactly("a.3");

        desired.tryAgain();
        assertThat(textOf("a")).containsExactly("    balance leastconn");
        assertThat(desired.quarantined()).isEmpty();
    }

    @Test
    void shouldTryOtherTextThanThatWhichHaproxyRefused() {
        accept(frame(PLAIN), service("a", PLAIN));
        WantedService good = desired.wanted(VERSION).services().get("a");
        accept(service("a", "    balance leastconn"));
        desired.quarantine("a", good, "no");

        accept(service("a", "    balance first"));

        assertThat(textOf("a")).containsExactly("    balance first");
        assertThat(desired.leftOut()).isEmpty();
    }

    @Test
    void shouldNotTryForbiddenTextAgain() {
        accept(frame(PLAIN), service("a", PLAIN));
        accept(service("a", "    user root"));

        desired.tryAgain();

        assertThat(textOf("a")).containsExactly(PLAIN);
        assertThat(desired.quarantined()).containsExactly("a");
    }

    @Test
    void shouldLeaveOutAServiceThatNeverHadAllowedTextUntilItHas() {
        accept(frame(PLAIN), service("a", "    option httplog", server("a.1", 100)));
        assertThat(desired.wanted(VERSION).services()).isEmpty();
        assertThat(desired.quarantined()).containsExactly("a");

        accept(service("a", PLAIN, server("a.1", 100)));

        assertThat(serversOf("a")).containsExactly("a.1");
        assertThat(desired.leftOut()).isEmpty();
    }

    @Test
    void shouldStayAtTheLastGoodTextThroughSeveralForbiddenOnes() {
        accept(frame(PLAIN), service("a", PLAIN, server("a.1", 100)));

        accept(service("a", "    user root", server("a.2", 100)));
        accept(service("a", "    user toor", server("a.3", 100)));

        assertThat(serversOf("a")).containsExactly("a.3");
        assertThat(textOf("a")).containsExactly(PLAIN);
    }

    @Test
    void shouldKeepTheLastGoodVersionOfAServiceWithAnIllegalValue() {
        accept(frame(PLAIN), service("a", PLAIN, server("a.1", 100)));

        accept(service("a", PLAIN, server("a.1;shutdown", 100)));
        assertThat(serversOf("a")).containsExactly("a.1");
        assertThat(desired.leftOut()).extracting(Note::code).containsExactly("illegal");

        accept(service("a", PLAIN, server("a.1", 10_000)));
        assertThat(serversOf("a")).containsExactly("a.1");

        accept(service("a", PLAIN, server("a.2", 1), server("a.2", 2)));
        assertThat(serversOf("a")).containsExactly("a.1");
    }

    @Test
    void shouldTakeOverTheDrainTimeOfAService() {
        accept(frame(PLAIN), draining(Duration.ofSeconds(3)), service("b", PLAIN));
        assertThat(drainOf("a")).contains(Duration.ofSeconds(3));
        assertThat(drainOf("b")).isEmpty();

        accept(service("a", PLAIN));
        assertThat(drainOf("a")).isEmpty();
    }

    @Test
    void shouldKeepTheLastGoodVersionOfAServiceWithADrainTimeThatNobodyCouldDeclare() {
        accept(frame(PLAIN), draining(Duration.ofSeconds(3)));

        for (Duration drain : List.of(Duration.ofSeconds(-1), Duration.ZERO, Duration.ofDays(2))) {
            accept(draining(drain));
            assertThat(drainOf("a")).contains(Duration.ofSeconds(3));
            assertThat(desired.leftOut()).extracting(Note::code).containsExactly("illegal");
        }
    }

    @Test
    void shouldForgetARefusedServiceThatIsGone() {
        accept(frame(PLAIN), service("a", "    user root"));
        accept("part/service/a", new Removed());
        assertThat(desired.leftOut()).isEmpty();

        accept(service("a", "    user root"));
        desired.accept(parts(frame(PLAIN)), true);
        assertThat(desired.leftOut()).isEmpty();
    }

    @Test
    void shouldKeepTheLastGoodFrame() {
        accept(frame(PLAIN));
        Frame good = desired.wanted(VERSION).frame();

        accept(frame("    stats socket ipv4@0.0.0.0:9999 level admin"));

        assertThat(desired.wanted(VERSION).frame()).isEqualTo(good);
        assertThat(desired.leftOut()).extracting(Note::subject).containsExactly("frame");

        accept(frame(PLAIN));
        assertThat(desired.leftOut()).isEmpty();
    }

    @Test
    void shouldNotKnowAFrameWhoseSparesAreForbidden() {
        Frame spares =
                new Frame(
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(new SpareProfile("plain", 2, List.of("    user root"))),
                        List.of(),
                        null,
                        "2.6",
                        false);
        accept("part/frame", spares);

        assertThat(desired.known()).isFalse();
        assertThat(desired.refusals(java.util.Set.of())).hasSize(1);
    }

    private List<String> textOf(String service) {
        WantedService found = desired.wanted(VERSION).services().get(service);
        return found == null ? List.of() : found.backend();
    }

    private List<String> serversOf(String service) {
        WantedService found = desired.wanted(VERSION).services().get(service);
        return found == null
                ? List.of()
                : found.servers().stream().map(WantedServer::name).toList();
    }

    private Optional<Duration> drainOf(String service) {
        WantedService found = desired.wanted(VERSION).services().get(service);
        return found == null ? Optional.empty() : found.drain();
    }

    private void accept(Content... contents) {
        desired.accept(parts(contents), false);
    }

    private void accept(String name, Content content) {
        String part = name.substring("part/".length());
        desired.accept(Map.of(part, new Part(part, 1, 1, content)), false);
    }

    private static Map<String, Part> parts(Content... contents) {
        Map<String, Part> parts = new TreeMap<>();
        for (Content content : contents) {
            String name =
                    content instanceof Service service ? "service/" + service.service() : "frame";
            parts.put(name, new Part(name, 1, 1, content));
        }
        return parts;
    }

    private static Frame frame(String spareLine) {
        return new Frame(
                List.of(),
                List.of(),
                List.of(),
                List.of(new SpareProfile("plain", 2, List.of(spareLine))),
                List.of(),
                null,
                "2.6",
                false);
    }

    private static Service service(String name, String line, Server... servers) {
        return new Service(
                name,
                List.of(line),
                new ServerOptions(2_000, 3, 1),
                new ArrayList<>(Arrays.asList(servers)),
                List.of(new HeldRoute(name + ".example", "/", Instant.EPOCH)),
                List.of(),
                Policy.NONE);
    }

    private static Service draining(Duration drain) {
        Service plain = service("a", PLAIN);
        return new Service(
                plain.service(),
                plain.backend(),
                plain.serverOptions(),
                plain.servers(),
                plain.routes(),
                plain.notes(),
                new Policy(drain));
    }

    private static Server server(String name, int weight) {
        Instant now = Instant.EPOCH;
        return new Server(
                name,
                "host-a",
                name,
                now,
                weight,
                false,
                List.of(
                        new Candidate(
                                Candidate.Kind.CONTAINER, "host-a", "network", "10.0.0.1", 80)),
                new Cause(0, 1, "host-a/c", now, now, now, now));
    }
}
