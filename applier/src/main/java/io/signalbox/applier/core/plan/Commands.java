package io.signalbox.applier.core.plan;

import io.signalbox.applier.core.plan.Step.AddEntry;
import io.signalbox.applier.core.plan.Step.AddServer;
import io.signalbox.applier.core.plan.Step.DeleteEntry;
import io.signalbox.applier.core.plan.Step.DeleteServer;
import io.signalbox.applier.core.plan.Step.EnableServer;
import io.signalbox.applier.core.plan.Step.EndSessions;
import io.signalbox.applier.core.plan.Step.MaintainServer;
import io.signalbox.applier.core.plan.Step.ReplaceMap;
import io.signalbox.applier.core.plan.Step.SetAddress;
import io.signalbox.applier.core.plan.Step.SetEntry;
import io.signalbox.applier.core.plan.Step.SetWeight;
import io.signalbox.haproxy.Capabilities;
import io.signalbox.haproxy.ConfigPath;
import io.signalbox.haproxy.Identifier;
import io.signalbox.haproxy.MapEntries;
import io.signalbox.haproxy.MapEntry;
import io.signalbox.haproxy.RuntimeCommand;
import io.signalbox.haproxy.RuntimeCommand.AddMapEntries;
import io.signalbox.haproxy.RuntimeCommand.SetServerState;
import io.signalbox.haproxy.RuntimeCommand.SetServerState.State;
import io.signalbox.haproxy.Server;
import io.signalbox.haproxy.ServerAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * How steps are said to a worker.
 *
 * @param maps the directory of the maps that the worker was started with
 */
public record Commands(ConfigPath maps, Capabilities capabilities) {

    /**
     * The commands of a step, in the order in which they are sent. For a map that is replaced it is
     * the first only: the others need its answer, see {@link #fill}.
     */
    public List<RuntimeCommand> of(Step step) {
        return switch (step) {
            case AddServer(String backend, LiveServer added) ->
                    add(new Identifier(backend), HaproxyServers.of(added));
            case MaintainServer(String backend, String server) ->
                    List.of(state(backend, server, State.MAINT));
            case EnableServer(String backend, String server, String _, boolean checked) ->
                    checked
                            ? List.of(
                                    new RuntimeCommand.EnableHealth(
                                            new Identifier(backend), new Identifier(server)),
                                    state(backend, server, State.READY))
                            : List.of(state(backend, server, State.READY));
            case SetWeight(String backend, String server, int weight) ->
                    List.of(
                            new RuntimeCommand.SetServerWeight(
                                    new Identifier(backend), new Identifier(server), weight));
            case SetAddress(String backend, String server, String address, int port) ->
                    List.of(
                            new RuntimeCommand.SetServerAddress(
                                    new Identifier(backend),
                                    new Identifier(server),
                                    new ServerAddress(address, port)));
            case EndSessions(String backend, String server) ->
                    List.of(
                            new RuntimeCommand.ShutdownSessions(
                                    new Identifier(backend), new Identifier(server)));
            case DeleteServer(String backend, String server) ->
                    List.of(
                            new RuntimeCommand.DeleteServer(
                                    new Identifier(backend), new Identifier(server)));
            case AddEntry(var map, String key, String value) ->
                    List.of(new RuntimeCommand.AddMapEntry(map.in(maps), new MapEntry(key, value)));
            case SetEntry(var map, String key, String value) ->
                    List.of(new RuntimeCommand.SetMapEntry(map.in(maps), new MapEntry(key, value)));
            case DeleteEntry(var map, String key) ->
                    List.of(new RuntimeCommand.DeleteMapEntry(map.in(maps), key));
            case ReplaceMap(var map, var _) -> List.of(new RuntimeCommand.PrepareMap(map.in(maps)));
        };
    }

    /**
     * Older versions give a server no cookie when it is added, but when it gets another address.
     */
    private List<RuntimeCommand> add(Identifier backend, Server added) {
        ServerAddress address = added.address();
        return added.settings().cookie() && !capabilities.dynamicCookies()
                ? List.of(
                        new RuntimeCommand.AddServer(
                                backend, added.at(address.placeholder()), capabilities),
                        new RuntimeCommand.SetServerAddress(backend, added.name(), address))
                : List.of(new RuntimeCommand.AddServer(backend, added, capabilities));
    }

    /** Waits for so long at most until a server can be deleted; from 3.0 on. */
    public RuntimeCommand awaitRemovable(DeleteServer step, Duration limit) {
        return new RuntimeCommand.WaitRemovable(
                new Identifier(step.backend()), new Identifier(step.server()), limit);
    }

    /** The commands that fill a version of a map that was prepared. */
    public List<AddMapEntries> fill(ReplaceMap step, int version) {
        List<MapEntry> entries = new ArrayList<>();
        step.entries().forEach((key, value) -> entries.add(new MapEntry(key, value)));
        return MapEntries.chunks(step.map().in(maps), version, entries, capabilities);
    }

    private static RuntimeCommand state(String backend, String server, State state) {
        return new SetServerState(new Identifier(backend), new Identifier(server), state);
    }
}
