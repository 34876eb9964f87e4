package io.signalbox.applier;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.haproxy.MapEntry;
import io.signalbox.haproxy.MapName;
import io.signalbox.haproxy.RuntimeCommand.SetMapEntry;
import io.signalbox.schemas.ApplyResult;
import io.signalbox.schemas.ApplyResult.How;
import io.signalbox.schemas.ConfigRecord.HeldRoute;
import io.signalbox.schemas.GroupDefinition.EntryPoint;
import io.signalbox.schemas.GroupDefinition.Listen;
import io.signalbox.schemas.RouteMatch;
import io.signalbox.schemas.RouteMatch.HostKind;
import io.signalbox.schemas.RouteMatch.PathKind;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a change of routes takes: commands where the maps say them, else a reload. */
@Timeout(value = 90, unit = TimeUnit.SECONDS)
class RoutesIT {
    @TempDir Path directory;

    @ParameterizedTest
    @MethodSource("io.signalbox.applier.Binaries#all")
    void shouldRouteBelowHostsAndShareRoutesAtRunTimeAndReloadForRules(Path binary)
            throws Exception {
        try (Rig rig = Rig.start(binary, directory);
                App blue = App.start();
                App green = App.start()) {
            int port = ApplierIT.freePort();
            GroupTopic topic = new GroupTopic(rig::offer);
            topic.frame(port, 8, true)
                    .service("blue", "a.example", GroupTopic.server("blue", blue));
            rig.awaitServing(topic.manifest());

            topic.routed("blue", List.of(below("*.a.example")), GroupTopic.server("blue", blue));
            assertThat(rig.await(topic.manifest()).how()).isEqualTo(How.RUNTIME);
            assertThat(body(port, "x.y.a.example")).isEqualTo(blue.id());

            topic.routed("blue", List.of(share(90)), GroupTopic.server("blue", blue));
            topic.routed("green", List.of(share(10)), GroupTopic.server("green", green));
            assertThat(rig.awaitServing(topic.manifest()).how()).isEqualTo(How.RUNTIME);
            assertThat(numbers(rig, "green")).isEqualTo(10);
            Awaitility.await()
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> body(port, "a.example").equals(green.id()));

            topic.routed("blue", List.of(share(60)), GroupTopic.server("blue", blue));
            topic.routed("green", List.of(share(40)), GroupTopic.server("green", green));
            assertThat(rig.await(topic.manifest()).how()).isEqualTo(How.RUNTIME);
            assertThat(numbers(rig, "green")).isEqualTo(40);

            topic.routed(
                    "green",
                    List.of(share(40), beginning("api.*")),
                    GroupTopic.server("green", green));
            ApplyResult reloaded = rig.awaitServing(topic.manifest());
            assertThat(reloaded.how()).isEqualTo(How.RELOAD);
            assertThat(reloaded.reason()).contains("routing rules: green");
            assertThat(body(port, "api.anything")).isEqualTo(green.id());
            assertThat(numbers(rig, "green")).isEqualTo(40);
        }
    }

    @ParameterizedTest
    @MethodSource("io.signalbox.applier.Binaries#all")
    void shouldRepairWhatSomebodyElseSharesOtherwise(Path binary) throws Exception {
        try (Rig rig = Rig.start(binary, directory);
                App blue = App.start()) {
            GroupTopic topic = new GroupTopic(rig::offer);
            topic.frame(ApplierIT.freePort(), 8, true);
            topic.routed("blue", List.of(share(90)), GroupTopic.server("blue", blue));
            rig.awaitServing(topic.manifest());
            String key = rig.entries(MapName.SPLITS).keySet().iterator().next();

            rig.say(
                    new SetMapEntry(
                            MapName.SPLITS.in(
                                    new io.signalbox.haproxy.ConfigPath(
                                            rig.mapsDirectory().toString())),
                            new MapEntry(key, "nobody")));

            Awaitility.await()
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> numbers(rig, "blue") == 100);
        }
    }

    /** An applier may be newer than the renderer of its group, and later the renderer follows. */
    @ParameterizedTest
    @MethodSource("io.signalbox.applier.Binaries#all")
    void shouldServeWithAFrameOfAnEarlierReleaseAndAfterIt(Path binary) throws Exception {
        try (Rig rig = Rig.start(binary, directory);
                App app = App.start()) {
            int port = ApplierIT.freePort();
            GroupTopic topic = new GroupTopic(rig::offer);
            topic.earlierFrame(port, 8).service("a", "a.example", GroupTopic.server("a", app));
            rig.awaitServing(topic.manifest());
            assertThat(body(port, "a.example")).isEqualTo(app.id());
            topic.service("b", "b.example", GroupTopic.server("b", app));
            rig.awaitServing(topic.manifest());
            assertThat(body(port, "b.example")).isEqualTo(app.id());
            assertThat(rig.entries(MapName.ROUTES))
                    .containsExactlyInAnyOrderEntriesOf(
                            Map.of("a.example/", "a", "b.example/", "b"));

            topic.frame(port, 8, true);
            assertThat(rig.awaitServing(topic.manifest()).how()).isEqualTo(How.RELOAD);
            assertThat(body(port, "a.example")).isEqualTo(app.id());
            assertThat(body(port, "b.example")).isEqualTo(app.id());
            assertThat(rig.entries(MapName.ROUTES).get("b.example/")).matches("\\d+/b");
        }
    }

    @ParameterizedTest
    @MethodSource("io.signalbox.applier.Binaries#all")
    void shouldBelieveTheSchemeOfTrustedProxiesAlone(Path binary) throws Exception {
        try (Rig rig = Rig.start(binary, directory);
                App secure = App.start();
                App plain = App.start()) {
            int trusted = ApplierIT.freePort();
            int open = ApplierIT.freePort();
            GroupTopic topic = new GroupTopic(rig::offer);
            topic.frame(entry("trusted", trusted, "127.0.0.0/8"), entry("open", open))
                    .routed("secure", List.of(scheme("https")), GroupTopic.server("secure", secure))
                    .routed("plain", List.of(scheme("http")), GroupTopic.server("plain", plain));
            rig.awaitServing(topic.manifest());

            assertThat(said(trusted, "https")).endsWith(secure.id());
            assertThat(said(trusted, "http")).endsWith(plain.id());
            assertThat(said(open, "https")).endsWith(plain.id());
            assertThat(body(trusted, "a.example")).isEqualTo(plain.id());
        }
    }

    private static String said(int port, String scheme) throws IOException {
        return TlsClient.sendPlain(
                port, "GET / HTTP/1.1\r\nHost: a.example\r\nX-Forwarded-Proto: " + scheme);
    }

    @SuppressWarnings("NullAway") // a nested type's @Nullable is not seen across modules
    private static EntryPoint entry(String name, int port, String... trusted) {
        return new EntryPoint(
                name, new Listen("127.0.0.1", port), null, null, false, List.of(trusted));
    }

    private static HeldRoute scheme(String scheme) {
        return held(
                "a.example",
                new RouteMatch(
                        HostKind.EXACT,
                        PathKind.PREFIX,
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(),
                        scheme,
                        null,
                        List.of(),
                        null,
                        null,
                        false));
    }

    private static String body(int port, String host) throws IOException {
        return Load.once(port, host).body();
    }

    private static long numbers(Rig rig, String service) throws IOException {
        return rig.entries(MapName.SPLITS).values().stream().filter(service::equals).count();
    }

    private static HeldRoute share(int percent) {
        return held("a.example", RouteMatch.NONE.sharing(percent, false));
    }

    private static HeldRoute below(String host) {
        return held(host, kind(HostKind.WILDCARD));
    }

    private static HeldRoute beginning(String host) {
        return held(host, kind(HostKind.PREFIX));
    }

    @SuppressWarnings("NullAway") // a nested type's @Nullable is not seen across modules
    private static HeldRoute held(String host, @Nullable RouteMatch match) {
        return new HeldRoute(host, "/", Instant.EPOCH, match);
    }

    private static RouteMatch kind(HostKind kind) {
        return new RouteMatch(
                kind,
                PathKind.PREFIX,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                "",
                null,
                List.of(),
                null,
                null,
                false);
    }
}
