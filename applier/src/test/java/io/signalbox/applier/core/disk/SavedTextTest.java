package io.signalbox.applier.core.disk;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.applier.core.plan.Version;
import io.signalbox.applier.core.plan.Wanted;
import io.signalbox.applier.core.plan.WantedServer;
import io.signalbox.applier.core.plan.WantedService;
import io.signalbox.haproxy.Route;
import io.signalbox.haproxy.RouteKey;
import io.signalbox.haproxy.RoutePattern;
import io.signalbox.schemas.ConfigRecord.Frame;
import io.signalbox.schemas.ConfigRecord.FurtherOptions;
import io.signalbox.schemas.ConfigRecord.Note;
import io.signalbox.schemas.ConfigRecord.ServerOptions;
import io.signalbox.schemas.ConfigRecord.SpareProfile;
import io.signalbox.schemas.GroupDefinition.EntryPoint;
import io.signalbox.schemas.GroupDefinition.HttpsRedirect;
import io.signalbox.schemas.GroupDefinition.Listen;
import io.signalbox.schemas.GroupDefinition.Tcp;
import io.signalbox.schemas.GroupDefinition.Tls;
import io.signalbox.schemas.GroupDefinition.TlsProfile;
import io.signalbox.schemas.HttpPolicy;
import io.signalbox.schemas.LiveOptions;
import io.signalbox.schemas.Policy.Servers;
import io.signalbox.schemas.RouteMatch;
import io.signalbox.schemas.RouteMatch.FieldMatch;
import io.signalbox.schemas.RouteMatch.HostKind;
import io.signalbox.schemas.RouteMatch.PathKind;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class SavedTextTest {
    /** What the first format made of {@code saved} with statistics, without a drain time. */
    private static final byte[] FIRST_FORMAT =
            Base64.getDecoder()
                    .decode(
                            "U0dCAQAAAXAAAAAAAAAABwAAAAAAAAAIAAAACHRvcGljLWlkAAAAAQAAAA0gICAg"
                                    + "bWF4Y29ubiA1AAAAAgAAAA0gICAgbW9kZSBodHRwAAAADSAgICDDvG7Dr2NvZGUA"
                                    + "AAAAAAAAAQAAAAVwbGFpbgAAAAAAAAADAAAAAQAAABEgICAgYmFsYW5jZSBmaXJz"
                                    + "dAAAAAEAAAAEaHR0cAAAAAAAAAAAAAAAUAAAAAEAAAAJMTI3LjAuMC4xAAAAAAAA"
                                    + "INQAAAADMi42AQAAAAEAAAABYQAAAAEAAAARICAgIGJhbGFuY2UgZmlyc3QAAAAA"
                                    + "AAAH0AAAAAAAAAADAAAAAAAAAAEAAAABAAAAA2EuMQAAAANydW4AAAAIMTAuMC4w"
                                    + "LjEAAAAAAAAAUAEAAAAAAAAABwEAAAABAAAACWEuZXhhbXBsZQAAAAIveAAAAAEA"
                                    + "AAAEY29kZQAAAAdzdWJqZWN0AAAAB21lc3NhZ2UAAAABAAAAA2EuMQAAAAB1XeU1");

    /** The same with a drain time of three seconds. */
    private static final byte[] FIRST_FORMAT_DRAINING =
            Base64.getDecoder()
                    .decode(
                            "U0dCAQAAAYEAAAAAAAAABwAAAAAAAAAIAAAACHRvcGljLWlkAAAAAQAAAA0gICAg"
                                    + "bWF4Y29ubiA1AAAAAgAAAA0gICAgbW9kZSBodHRwAAAADSAgICDDvG7Dr2NvZGUA"
                                    + "AAAAAAAAAQAAAAVwbGFpbgAAAAAAAAADAAAAAQAAABEgICAgYmFsYW5jZSBmaXJz"
                                    + "dAAAAAEAAAAEaHR0cAAAAAAAAAAAAAAAUAAAAAEAAAAJMTI3LjAuMC4xAAAAAAAA"
                                    + "INQAAAADMi42AQAAAAEAAAABYQAAAAEAAAARICAgIGJhbGFuY2UgZmlyc3QAAAAA"
                                    + "AAAH0AAAAAAAAAADAAAAAAAAAAEAAAABAAAAA2EuMQAAAANydW4AAAAIMTAuMC4w"
                                    + "LjEAAAAAAAAAUAEAAAAAAAAABwEAAAABAAAACWEuZXhhbXBsZQAAAAIveAAAAAEA"
                                    + "AAAEY29kZQAAAAdzdWJqZWN0AAAAB21lc3NhZ2UAAAABAAAAA2EuMQAAAAEAAAAB"
                                    + "YQAAAACy0F4AAAAAADM5zGA=");

    @Test
    void shouldGiveBackWhatWasSaved() {
        Saved saved = saved(new Listen("127.0.0.1", 8404));

        assertThat(SavedText.decode(SavedText.encode(saved))).contains(saved);
    }

    @Test
    void shouldGiveBackAFrameWithoutStatistics() {
        Saved saved = saved();

        assertThat(SavedText.decode(SavedText.encode(saved))).contains(saved);
    }

    @Test
    void shouldGiveBackDrainTimes() {
        TreeMap<String, WantedService> services = new TreeMap<>();
        services.put("a", service("a", Optional.of(Duration.ofMillis(1))));
        services.put("b", service("b", Optional.empty()));
        services.put("c", service("c", Optional.of(Duration.ofHours(24))));
        Saved saved = with(services);

        assertThat(SavedText.decode(SavedText.encode(saved))).contains(saved);
    }

    @Test
    void shouldReadTheFirstFormat() {
        Listen statistics = new Listen("127.0.0.1", 8404);

        assertThat(SavedText.decode(FIRST_FORMAT)).contains(saved(statistics));
        assertThat(SavedText.decode(FIRST_FORMAT_DRAINING))
                .contains(saved(service("a", Optional.of(Duration.ofSeconds(3))), statistics));
    }

    @Test
    void shouldGiveBackWhatIsSaidOfServers() {
        WantedService plain = service("a", Optional.empty());
        WantedService limited =
                new WantedService(
                        "a",
                        plain.backend(),
                        new ServerOptions(
                                1_000,
                                2,
                                3,
                                new FurtherOptions(
                                        true,
                                        new Servers(
                                                1,
                                                2,
                                                Duration.ofSeconds(3),
                                                4,
                                                Servers.Protocol.H2,
                                                2))),
                        plain.drain(),
                        List.of(
                                new WantedServer("a.1", "", "10.0.0.1", 80, false, 1, false),
                                new WantedServer("a.2", "", "10.0.0.2", 80, false, 1, false)
                                        .asBackup(),
                                new WantedServer("a.3", "", "10.0.0.3", 80, false, 1, false)
                                        .withCookie("node3")),
                        plain.routes(),
                        plain.leftOut());
        Saved saved = saved(limited);

        assertThat(SavedText.decode(SavedText.encode(saved))).contains(saved);
    }

    @Test
    void shouldGiveBackOptionsAlsoBesideCookies() {
        WantedService plain = service("a", Optional.empty());
        WantedServer own =
                new WantedServer("a.1", "", "10.0.0.1", 80, false, 1, false).withCookie("node1");
        LiveOptions options =
                new LiveOptions(
                        308,
                        LiveOptions.Closed.IN_TURN,
                        Duration.ofSeconds(1),
                        null,
                        new HttpPolicy.Hsts(Duration.ofDays(1), true, false),
                        true);
        Saved saved =
                saved(
                        new WantedService(
                                "a",
                                plain.backend(),
                                plain.options(),
                                plain.drain(),
                                List.of(own),
                                plain.routes(),
                                plain.leftOut(),
                                options));

        assertThat(SavedText.decode(SavedText.encode(saved))).contains(saved);
    }

    @Test
    void shouldGiveBackRoutesThatAskForMoreOrAreShared() {
        TreeMap<String, WantedService> services = new TreeMap<>();
        services.put("a", service("a", Optional.empty()).with(asking()).with(shared()));
        services.put("b", service("b", Optional.of(Duration.ofSeconds(3))).with(shared()));
        services.put("c", service("c", Optional.empty()).with(ofConnections()));
        Saved saved = with(services);

        assertThat(SavedText.decode(SavedText.encode(saved))).contains(saved);
    }

    private static Route asking() {
        RouteMatch match =
                new RouteMatch(
                        HostKind.REGEX,
                        PathKind.EXACT,
                        List.of("/x"),
                        List.of("GET"),
                        List.of(new FieldMatch("x-a", FieldMatch.Kind.PRESENT, "")),
                        List.of(new FieldMatch("q", FieldMatch.Kind.CONTAINS, "v")),
                        List.of("http"),
                        "https",
                        false,
                        List.of("::1"),
                        7,
                        null,
                        false);
        return new Route(RoutePattern.of("[a-z]+", "/y", match), Optional.empty(), false);
    }

    private static Route ofConnections() {
        return new Route(
                RoutePattern.of("*.c.example", "/", RouteMatch.tcp("edge", HostKind.WILDCARD)),
                Optional.empty(),
                false);
    }

    private static Route shared() {
        return new Route(new RoutePattern("s.example", "/"), Optional.of(10), true);
    }

    @Test
    @SuppressWarnings("NullAway") // does not see @Nullable on a nested type of another module
    void shouldKeepAllThatEntryPointsSay() {
        List<EntryPoint> entries =
                List.of(
                        new EntryPoint("plain", new Listen("", 80)),
                        new EntryPoint(
                                "redirect",
                                new Listen("::", 81),
                                null,
                                new HttpsRedirect(308, 8443),
                                true,
                                List.of("10.0.0.0/8", "fd00::/8")),
                        new EntryPoint(
                                "tls",
                                new Listen("", 443),
                                new Tls(TlsProfile.MODERN, "staff", true),
                                null,
                                false,
                                List.of()),
                        new EntryPoint(
                                "more",
                                new Listen("", 444),
                                new Tls(TlsProfile.INTERMEDIATE, "", false),
                                null,
                                true,
                                List.of()),
                        new EntryPoint(
                                "mysql",
                                new Listen("", 3306),
                                null,
                                null,
                                false,
                                List.of(),
                                Tcp.ALL),
                        new EntryPoint(
                                "postgres",
                                new Listen("", 5432),
                                new Tls(TlsProfile.MODERN, "staff", true),
                                null,
                                true,
                                List.of(),
                                Tcp.BY_NAME));
        for (Saved saved : List.of(saved(), draining())) {
            Saved with = with(saved, entries);

            assertThat(SavedText.decode(SavedText.encode(with))).contains(with);
        }
    }

    private static Saved with(Saved saved, List<EntryPoint> entries) {
        Frame frame = saved.wanted().frame();
        return new Saved(
                new Wanted(
                        saved.wanted().version(),
                        new Frame(
                                frame.global(),
                                frame.defaults(),
                                frame.sections(),
                                frame.spares(),
                                entries,
                                frame.statistics(),
                                frame.oldestHaproxy(),
                                frame.accessLog()),
                        saved.wanted().services()),
                saved.topicId(),
                saved.quiet());
    }

    @Test
    void shouldRefuseEveryTornBeginning() {
        byte[] whole = SavedText.encode(draining());

        for (int length = 0; length < whole.length; length++) {
            assertThat(SavedText.decode(Arrays.copyOf(whole, length))).isEmpty();
        }
    }

    @Test
    void shouldRefuseEveryFlippedByte() {
        byte[] whole = SavedText.encode(draining());

        for (int at = 0; at < whole.length; at++) {
            byte[] flipped = whole.clone();
            flipped[at] ^= 0x20;
            assertThat(SavedText.decode(flipped)).isEmpty();
        }
    }

    private static Saved saved(Listen... statistics) {
        return saved(service("a", Optional.empty()), statistics);
    }

    @SuppressWarnings("NullAway") // does not see @Nullable on a nested type of another module
    private static Saved saved(WantedService service, Listen... statistics) {
        Frame frame =
                new Frame(
                        List.of("    maxconn 5"),
                        List.of("    mode http", "    ünïcode"),
                        List.of(),
                        List.of(new SpareProfile("plain", 3, List.of("    balance first"))),
                        List.of(new EntryPoint("http", new Listen("", 80))),
                        statistics.length == 0 ? null : statistics[0],
                        "2.6",
                        true);
        TreeMap<String, WantedService> services = new TreeMap<>();
        services.put(service.name(), service);
        return Saved.of(new Wanted(new Version(7, 8), frame, services), "topic-id", Set.of("a.1"));
    }

    private static Saved draining() {
        TreeMap<String, WantedService> services = new TreeMap<>();
        services.put("a", service("a", Optional.of(Duration.ofSeconds(3))));
        return with(services);
    }

    private static Saved with(Map<String, WantedService> services) {
        Saved saved = saved();
        return new Saved(saved.wanted().withServices(services), saved.topicId(), saved.quiet());
    }

    private static WantedService service(String name, Optional<Duration> drain) {
        return new WantedService(
                name,
                List.of("    balance first"),
                new ServerOptions(2_000, 3, 1),
                drain,
                List.of(new WantedServer("a.1", "run", "10.0.0.1", 80, true, 7, true)),
                List.of(Route.plain(new RouteKey("a.example", "/x"))),
                List.of(new Note("code", "subject", "message")));
    }
}
