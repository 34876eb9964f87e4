package io.signalbox.haproxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.haproxy.Reply.Ok;
import io.signalbox.haproxy.Reply.Reason;
import io.signalbox.haproxy.Reply.Refused;
import io.signalbox.haproxy.Reply.Unknown;
import io.signalbox.haproxy.RuntimeCommand.AddMapEntries;
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
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RuntimeCommandTest {

    private static final Capabilities OLD = HaproxyVersion.of("2.6").capabilities();
    private static final Capabilities NEW = HaproxyVersion.of("3.0").capabilities();
    private static final Identifier BE = new Identifier("service_web");
    private static final Identifier SRV = new Identifier("web.0123456789ab");
    private static final ConfigPath MAP = new ConfigPath("/cfg/1-2/maps/routes");
    private static final MapEntry ENTRY = new MapEntry("example.com/api/", "api");

    @Test
    void shouldWriteEachCommandAsHaproxyWantsIt() {
        var server = new Server(SRV, new ServerAddress("fd00::5", 80), 7, 100, Samples.CHECK);
        assertThat(
                        List.of(
                                new AddServer(BE, server, OLD).text(),
                                new AddServer(BE, server, NEW).text(),
                                new EnableHealth(BE, SRV).text(),
                                new EnableServer(BE, SRV).text(),
                                new SetServerState(BE, SRV, State.MAINT).text(),
                                new SetServerState(BE, SRV, State.DRAIN).text(),
                                new SetServerState(BE, SRV, State.READY).text(),
                                new SetServerAddress(BE, SRV, server.address()).text(),
                                new SetServerWeight(BE, SRV, 0).text(),
                                new DeleteServer(BE, SRV).text(),
                                new ShutdownSessions(BE, SRV).text(),
                                new WaitRemovable(BE, SRV, Duration.ofSeconds(30)).text(),
                                new ShowServersState(BE).text(),
                                new ShowAllServersState().text(),
                                new ShowServersConnections(BE).text(),
                                new ShowStatistics().text(),
                                new ShowInfo().text(),
                                new ShowMaps().text(),
                                new ShowMap(MAP).text(),
                                new ShowMapVersion(MAP, 3).text(),
                                new PrepareMap(MAP).text(),
                                new AddMapEntries(MAP, 3, List.of(ENTRY)).text(),
                                new CommitMap(MAP, 3).text(),
                                new ClearMapVersion(MAP, 3).text(),
                                new AddMapEntry(MAP, ENTRY).text(),
                                new SetMapEntry(MAP, ENTRY).text(),
                                new DeleteMapEntry(MAP, ENTRY.key()).text(),
                                new ShowProcesses().text(),
                                new Reload(OLD).text()))
                .containsExactly(
                        "add server service_web/web.0123456789ab [fd00::5]:80 id 7 weight 100"
                                + " check inter 2s fall 3 rise 1 pool-max-conn -1 pool-purge-delay"
                                + " 1s",
                        "add server service_web/web.0123456789ab [fd00::5]:80 id 7 weight 100"
                                + " check inter 2s fall 3 rise 1",
                        "enable health service_web/web.0123456789ab",
                        "enable server service_web/web.0123456789ab",
                        "set server service_web/web.0123456789ab state maint",
                        "set server service_web/web.0123456789ab state drain",
                        "set server service_web/web.0123456789ab state ready",
                        "set server service_web/web.0123456789ab addr fd00::5 port 80",
                        "set server service_web/web.0123456789ab weight 0",
                        "del server service_web/web.0123456789ab",
                        "shutdown sessions server service_web/web.0123456789ab",
                        "wait 30s srv-removable service_web/web.0123456789ab",
                        "show servers state service_web",
                        "show servers state",
                        "show servers conn service_web",
                        "show stat",
                        "show info",
                        "show map",
                        "show map /cfg/1-2/maps/routes",
                        "show map @3 /cfg/1-2/maps/routes",
                        "prepare map /cfg/1-2/maps/routes",
                        "add map @3 /cfg/1-2/maps/routes <<\nexample.com/api/ api\n",
                        "commit map @3 /cfg/1-2/maps/routes",
                        "clear map @3 /cfg/1-2/maps/routes",
                        "add map /cfg/1-2/maps/routes example.com/api/ api",
                        "set map /cfg/1-2/maps/routes example.com/api/ api",
                        "del map /cfg/1-2/maps/routes example.com/api/",
                        "show proc",
                        "reload");
    }

    @Test
    void shouldTakeOnlyKnownAnswersAsSuccess() {
        var delete = new DeleteServer(BE, SRV);
        assertThat(delete.check("Server deleted.\n")).isEqualTo(new Ok("Server deleted."));
        assertThat(delete.check("")).isEqualTo(new Unknown(""));
        assertThat(
                        delete.check(
                                "Server still has connections attached to it, cannot remove"
                                        + " it.\n"))
                .extracting("reason")
                .isEqualTo(Reason.STILL_IN_USE);
        assertThat(new EnableServer(BE, SRV).check("\n")).isEqualTo(new Ok(""));
        assertThat(new EnableServer(BE, SRV).check("Something new.\n"))
                .isEqualTo(new Unknown("Something new."));
        assertThat(new EnableServer(BE, SRV).check("No such server.\n\n"))
                .isEqualTo(new Refused(Reason.NO_SUCH_SERVER, "No such server."));
        assertThat(new Reload(OLD).check("")).isEqualTo(new Ok(""));
        assertThat(new Reload(NEW).check("")).isEqualTo(new Unknown(""));
        assertThat(new Reload(NEW).check("Success=0\n--\n[ALERT] …\n"))
                .extracting("reason")
                .isEqualTo(Reason.RELOAD_FAILED);
    }

    @Test
    void shouldFindTheAnswerBehindUnrelatedLines() {
        assertThat(new DeleteServer(BE, SRV).check("Server x is UP.\nServer deleted.\n"))
                .isInstanceOf(Ok.class);
    }

    @Test
    void shouldJoinCommandsUpToTheLimitOfALine() {
        var commands =
                IntStream.range(0, 1000)
                        .mapToObj(i -> new EnableServer(BE, new Identifier("s" + i)))
                        .toList();

        var lines = RuntimeLine.join(commands, OLD);

        assertThat(lines).hasSizeBetween(2, 3);
        assertThat(lines.stream().flatMap(line -> line.commands().stream()).toList())
                .isEqualTo(commands);
        assertThat(lines).allMatch(line -> line.bytes().length < 16_000);
    }

    @Test
    void shouldKeepPayloadsAndDeletesOnLinesOfTheirOwn() {
        var enable = new EnableServer(BE, SRV);
        var delete = new DeleteServer(BE, SRV);
        var payload = new AddMapEntries(MAP, 1, List.of(ENTRY));

        var lines =
                RuntimeLine.join(
                        List.of(enable, enable, delete, delete, enable, payload, payload), OLD);

        assertThat(lines.stream().map(line -> line.commands().size()).toList())
                .containsExactly(2, 2, 1, 1, 1);
        assertThat(new String(lines.getLast().bytes(), StandardCharsets.US_ASCII))
                .isEqualTo("add map @1 /cfg/1-2/maps/routes <<\nexample.com/api/ api\n\n");
    }

    @Test
    void shouldGiveEachCommandItsOwnAnswer() {
        var server = new Server(SRV, new ServerAddress("::1", 80), 7, 1, Samples.CHECK);
        var line =
                new RuntimeLine(
                        List.of(
                                new AddServer(BE, server, OLD),
                                new EnableHealth(BE, SRV),
                                new EnableServer(BE, SRV)));

        assertThat(line.check("New server registered.\n\n\n\n")).allMatch(Ok.class::isInstance);
        assertThat(line.check("New server registered.\n\nNo such server.\n\n\n"))
                .extracting(Object::getClass)
                .containsExactly(Ok.class, Refused.class, Ok.class);
        assertThat(line.check("No such backend.\nNo such backend.\n\nNo such backend.\n\n"))
                .allMatch(Refused.class::isInstance);
        assertThat(line.check("No such backend.\n\nNo such backend.\n\nNo such backend.\n\n"))
                .allMatch(Refused.class::isInstance);
        assertThat(line.check("New server registered.\n"))
                .extracting(Object::getClass)
                .containsExactly(Ok.class, Unknown.class, Unknown.class);
    }

    @Test
    void shouldTellDeletesApartWhicheverWayTheyEnd() {
        var line = new RuntimeLine(List.of(new DeleteServer(BE, SRV), new DeleteServer(BE, SRV)));

        for (var answer :
                List.of(
                        "Server deleted.\nNo such server.\n",
                        "Server deleted.\n\nNo such server.\n\n")) {
            assertThat(line.check(answer))
                    .containsExactly(
                            new Ok("Server deleted."),
                            new Refused(Reason.NO_SUCH_SERVER, "No such server."));
        }
    }

    @Test
    void shouldCutMapsIntoChunksBelowThePayloadLimit() {
        var entries =
                IntStream.range(0, 5000)
                        .mapToObj(i -> new MapEntry("host" + i + ".example/", "service"))
                        .toList();

        var chunks = MapEntries.chunks(MAP, 1, entries, OLD);

        assertThat(chunks).allMatch(chunk -> chunk.text().length() < 14_200);
        assertThat(chunks.stream().flatMap(chunk -> chunk.entries().stream()).toList())
                .isEqualTo(entries);
        assertThat(MapEntries.chunks(MAP, 1, List.of(), OLD)).isEmpty();
    }

    @Test
    void shouldTellLinesThatWait() {
        var wait = new WaitRemovable(BE, SRV, Duration.ofSeconds(1));

        assertThat(new RuntimeLine(List.of(wait)).waits()).isTrue();
        assertThat(new RuntimeLine(List.of(new DeleteServer(BE, SRV))).waits()).isFalse();
    }
}
