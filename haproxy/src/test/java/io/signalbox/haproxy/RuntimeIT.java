package io.signalbox.haproxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.signalbox.haproxy.RealHaproxy.Release;
import io.signalbox.haproxy.Reply.Ok;
import io.signalbox.haproxy.Reply.Reason;
import io.signalbox.haproxy.Reply.Refused;
import io.signalbox.haproxy.RuntimeCommand.AddMapEntry;
import io.signalbox.haproxy.RuntimeCommand.AddServer;
import io.signalbox.haproxy.RuntimeCommand.ClearMapVersion;
import io.signalbox.haproxy.RuntimeCommand.CommitMap;
import io.signalbox.haproxy.RuntimeCommand.DeleteMapEntry;
import io.signalbox.haproxy.RuntimeCommand.DeleteServer;
import io.signalbox.haproxy.RuntimeCommand.EnableHealth;
import io.signalbox.haproxy.RuntimeCommand.EnableServer;
import io.signalbox.haproxy.RuntimeCommand.PrepareMap;
import io.signalbox.haproxy.RuntimeCommand.Reload;
import io.signalbox.haproxy.RuntimeCommand.SetMapEntry;
import io.signalbox.haproxy.RuntimeCommand.SetServerAddress;
import io.signalbox.haproxy.RuntimeCommand.SetServerState;
import io.signalbox.haproxy.RuntimeCommand.SetServerState.State;
import io.signalbox.haproxy.RuntimeCommand.SetServerWeight;
import io.signalbox.haproxy.RuntimeCommand.ShowAllServersState;
import io.signalbox.haproxy.RuntimeCommand.ShowInfo;
import io.signalbox.haproxy.RuntimeCommand.ShowMap;
import io.signalbox.haproxy.RuntimeCommand.ShowMapVersion;
import io.signalbox.haproxy.RuntimeCommand.ShowMaps;
import io.signalbox.haproxy.RuntimeCommand.ShowProcesses;
import io.signalbox.haproxy.RuntimeCommand.ShowServersConnections;
import io.signalbox.haproxy.RuntimeCommand.ShowServersState;
import io.signalbox.haproxy.RuntimeCommand.ShowStatistics;
import io.signalbox.haproxy.RuntimeCommand.ShutdownSessions;
import io.signalbox.haproxy.RuntimeCommand.WaitRemovable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A real HAProxy does what the commands say, and its answers are understood. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class RuntimeIT {

    private static final Identifier SPARE = Profile.spare("plain", 1);
    private static final Identifier NOBODY = new Identifier("nobody");

    @TempDir Path directory;

    @ParameterizedTest
    @EnumSource
    void shouldAddChangeAndDeleteAServer(Release release) throws IOException {
        try (var haproxy = start(release)) {
            var server = Samples.server(Samples.WEB, "0123456789abcdef", "127.0.0.9", 7);
            var name = server.name();
            assertThat(
                            haproxy.run(
                                    new AddServer(SPARE, server, haproxy.capabilities()),
                                    new EnableHealth(SPARE, name),
                                    new EnableServer(SPARE, name),
                                    new SetServerWeight(SPARE, name, 50),
                                    new SetServerState(SPARE, name, State.DRAIN),
                                    new SetServerState(SPARE, name, State.READY)))
                    .hasSize(6)
                    .allMatch(Ok.class::isInstance);
            var state = servers(haproxy).getFirst();
            assertThat(state.isAt(server.address())).isTrue();
            assertThat(state.id()).isEqualTo(7);
            assertThat(state.weight()).isEqualTo(50);
            assertThat(state.inMaintenance()).isFalse();

            var moved = new ServerAddress("::1", 81);
            assertThat(haproxy.run(new SetServerAddress(SPARE, name, moved)))
                    .allMatch(Ok.class::isInstance);
            await().untilAsserted(
                            () -> assertThat(servers(haproxy).getFirst().isAt(moved)).isTrue());
            assertThat(haproxy.run(new SetServerAddress(SPARE, name, moved)))
                    .allMatch(Ok.class::isInstance);

            assertThat(haproxy.run(new DeleteServer(SPARE, name)))
                    .extracting("reason")
                    .containsExactly(Reason.NOT_IN_MAINTENANCE);
            assertThat(
                            haproxy.run(
                                    new SetServerState(SPARE, name, State.MAINT),
                                    new ShutdownSessions(SPARE, name)))
                    .allMatch(Ok.class::isInstance);
            assertThat(servers(haproxy).getFirst().inMaintenance()).isTrue();
            if (haproxy.capabilities().waitForRemovable()) {
                assertThat(haproxy.run(new WaitRemovable(SPARE, name, Duration.ofSeconds(2))))
                        .allMatch(Ok.class::isInstance);
            }
            assertThat(haproxy.run(new DeleteServer(SPARE, name), new DeleteServer(SPARE, name)))
                    .satisfiesExactly(
                            first -> assertThat(first).isInstanceOf(Ok.class),
                            second ->
                                    assertThat(second)
                                            .extracting("reason")
                                            .isEqualTo(Reason.NO_SUCH_SERVER));
            assertThat(servers(haproxy)).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldNameTheReasonOfARefusal(Release release) throws IOException {
        try (var haproxy = start(release)) {
            var capabilities = haproxy.capabilities();
            var server =
                    new Server(
                            new Identifier("a"),
                            new ServerAddress("127.0.0.9", 80),
                            7,
                            1,
                            CheckSettings.NONE);
            var sameName = new Server(server.name(), server.address(), 8, 1, CheckSettings.NONE);
            var sameId =
                    new Server(new Identifier("b"), server.address(), 7, 1, CheckSettings.NONE);
            var replies =
                    haproxy.run(
                            new AddServer(SPARE, server, capabilities),
                            new AddServer(SPARE, sameName, capabilities),
                            new AddServer(SPARE, sameId, capabilities),
                            new EnableHealth(SPARE, server.name()),
                            new EnableServer(SPARE, NOBODY),
                            new EnableServer(NOBODY, NOBODY),
                            new AddServer(NOBODY, server, capabilities),
                            new ShowServersState(NOBODY),
                            new DeleteMapEntry(haproxy.map(MapName.ROUTES), "none"),
                            new SetMapEntry(haproxy.map(MapName.ROUTES), new MapEntry("none", "x")),
                            new CommitMap(haproxy.map(MapName.ROUTES), 99),
                            new ShowMap(new ConfigPath("/no/map")),
                            new DeleteServer(NOBODY, NOBODY));

            assertThat(replies.getFirst()).isInstanceOf(Ok.class);
            assertThat(replies.subList(1, replies.size()))
                    .allMatch(Refused.class::isInstance)
                    .extracting("reason")
                    .containsExactly(
                            Reason.NAME_TAKEN,
                            Reason.ID_TAKEN,
                            Reason.NO_CHECK,
                            Reason.NO_SUCH_SERVER,
                            Reason.NO_SUCH_BACKEND,
                            Reason.NO_SUCH_BACKEND,
                            Reason.NO_SUCH_BACKEND,
                            Reason.NO_SUCH_KEY,
                            Reason.NO_SUCH_KEY,
                            Reason.NO_SUCH_VERSION,
                            Reason.NO_SUCH_MAP,
                            Reason.NO_SUCH_BACKEND);
            if (!capabilities.waitForRemovable()) {
                assertThat(
                                haproxy.run(
                                        new WaitRemovable(
                                                SPARE, server.name(), Duration.ofSeconds(1))))
                        .extracting("reason")
                        .containsExactly(Reason.UNKNOWN_COMMAND);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldChangeMapsEntryByEntryAndAsAWhole(Release release) throws IOException {
        try (var haproxy = start(release)) {
            var map = haproxy.map(MapName.ROUTES);
            var one = new MapEntry("a.example/", "one");
            var two = new MapEntry("a.example/", "two");
            assertThat(haproxy.run(new AddMapEntry(map, one), new SetMapEntry(map, two)))
                    .allMatch(Ok.class::isInstance);
            assertThat(entries(haproxy, map)).containsExactly(two);

            var replies = haproxy.run(new PrepareMap(map), new PrepareMap(map));
            var dropped = MapEntries.preparedVersion(replies.get(0).text()).orElseThrow();
            var version = MapEntries.preparedVersion(replies.get(1).text()).orElseThrow();
            var wanted = new ArrayList<MapEntry>();
            for (var i = 0; i < 2000; i++) {
                wanted.add(new MapEntry("host" + i + ".example/", "one"));
            }
            MapEntries.chunks(map, version, wanted, haproxy.capabilities())
                    .forEach(
                            chunk -> assertThat(haproxy.run(chunk)).allMatch(Ok.class::isInstance));
            var prepared = haproxy.run(new ShowMapVersion(map, version)).getFirst();
            assertThat(MapEntries.parse(prepared.text())).hasSize(2000);
            assertThat(entries(haproxy, map)).containsExactly(two);
            assertThat(haproxy.run(new ClearMapVersion(map, dropped), new CommitMap(map, version)))
                    .allMatch(Ok.class::isInstance);

            assertThat(entries(haproxy, map)).containsExactlyInAnyOrderElementsOf(wanted);
            haproxy.run(new DeleteMapEntry(map, "host7.example/"));
            assertThat(entries(haproxy, map)).hasSize(1999);
            var maps = LoadedMap.parse(haproxy.run(new ShowMaps()).getFirst().text());
            assertThat(maps)
                    .contains(new LoadedMap(map.value(), 1999))
                    .extracting(LoadedMap::file)
                    .contains(
                            haproxy.map(MapName.SERVICES).value(),
                            haproxy.map(MapName.VERSION).value());
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldReloadToAnotherWorker(Release release) throws IOException {
        try (var haproxy = start(release)) {
            var before = ProcessInfo.parse(haproxy.run(new ShowInfo()).getFirst().text());
            assertThat(before.version().isAtLeast(2, 6)).isTrue();
            assertThat(processes(haproxy).worker()).hasValue(before.pid());
            haproxy.run(
                    new AddServer(
                            SPARE,
                            Samples.server(Samples.WEB, "0123456789abcdef", "127.0.0.9", 1),
                            haproxy.capabilities()));

            assertThat(haproxy.master(new Reload(haproxy.capabilities()))).isInstanceOf(Ok.class);

            await("the master starts itself anew and refuses connections meanwhile")
                    .atMost(Duration.ofSeconds(20))
                    .ignoreExceptions()
                    .untilAsserted(
                            () ->
                                    assertThat(processes(haproxy).worker())
                                            .isPresent()
                                            .isNotEqualTo(java.util.OptionalLong.of(before.pid())));
            await().atMost(Duration.ofSeconds(20))
                    .untilAsserted(() -> assertThat(servers(haproxy)).isEmpty());
            assertThat(processes(haproxy).failedReloads()).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldReadStatisticsAndConnections(Release release) throws IOException {
        try (var haproxy = start(release)) {
            var server = Samples.server(Samples.WEB, "0123456789abcdef", "127.0.0.9", 7);
            haproxy.run(new AddServer(SPARE, server, haproxy.capabilities()));

            var rows = Statistics.parse(haproxy.run(new ShowStatistics()).getFirst().text());
            assertThat(rows)
                    .filteredOn(Statistics.Row::isServer)
                    .singleElement()
                    .satisfies(row -> assertThat(row.name()).isEqualTo(server.name().value()))
                    .satisfies(row -> assertThat(row.count("econ")).isZero());
            assertThat(
                            ServerConnections.parse(
                                    haproxy.run(new ShowServersConnections(SPARE))
                                            .getFirst()
                                            .text()))
                    .containsExactly(new ServerConnections.Connections(SPARE, server.name(), 0, 0));
            assertThat(haproxy.run(new ShowAllServersState())).allMatch(Ok.class::isInstance);
        }
    }

    private static List<ServersState.ServerState> servers(RealHaproxy haproxy) {
        return ServersState.parse(haproxy.run(new ShowServersState(SPARE)).getFirst().text());
    }

    private static List<MapEntry> entries(RealHaproxy haproxy, ConfigPath map) {
        return MapEntries.parse(haproxy.run(new ShowMap(map)).getFirst().text());
    }

    private static MasterProcesses processes(RealHaproxy haproxy) {
        return MasterProcesses.parse(haproxy.master(new ShowProcesses()).text());
    }

    private RealHaproxy start(Release release) throws IOException {
        var listen = new ListenAddress("127.0.0.1", RealHaproxy.freePort());
        var files =
                new Configuration(
                                Frame.of(Samples.frame(listen)),
                                List.of(),
                                Samples.spares(3),
                                new TreeMap<>(),
                                1,
                                1)
                        .files(RealHaproxy.local(directory), release.version().capabilities());
        return RealHaproxy.start(release, directory, files);
    }
}
