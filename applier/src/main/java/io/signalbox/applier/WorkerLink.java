package io.signalbox.applier;

import io.signalbox.applier.core.Link;
import io.signalbox.applier.core.plan.Commands;
import io.signalbox.applier.core.plan.LiveServer;
import io.signalbox.applier.core.plan.Running;
import io.signalbox.applier.core.plan.Step;
import io.signalbox.applier.core.plan.Step.DeleteServer;
import io.signalbox.applier.core.plan.Step.EndSessions;
import io.signalbox.applier.core.plan.Step.ReplaceMap;
import io.signalbox.applier.core.plan.Step.SetAddress;
import io.signalbox.haproxy.Capabilities;
import io.signalbox.haproxy.ConfigPath;
import io.signalbox.haproxy.Identifier;
import io.signalbox.haproxy.IllegalValue;
import io.signalbox.haproxy.LoadedMap;
import io.signalbox.haproxy.MapEntries;
import io.signalbox.haproxy.MapEntry;
import io.signalbox.haproxy.MapName;
import io.signalbox.haproxy.ProcessInfo;
import io.signalbox.haproxy.Reply;
import io.signalbox.haproxy.Reply.Reason;
import io.signalbox.haproxy.RuntimeCommand;
import io.signalbox.haproxy.RuntimeLine;
import io.signalbox.haproxy.ServerAddress;
import io.signalbox.haproxy.ServersState;
import io.signalbox.haproxy.ServersState.ServerState;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Talks with the worker that serves: carries steps out and reads back what it holds. One thread.
 */
final class WorkerLink implements Link {
    /** For commands, and for questions about all servers. */
    private static final Duration DEADLINE = Duration.ofSeconds(5);

    /** For the question who answers, which comes before all others. */
    private static final Duration GREETING_DEADLINE = Duration.ofSeconds(1);

    /** What a pass waits at most, in all, for servers to become empty. */
    private static final Duration REMOVABLE_WAIT = Duration.ofMillis(5);

    private static final Duration PAUSE = Duration.ofMillis(2);
    private static final int ADDRESS_TRIES = 100;

    private final RuntimeSocket socket;
    private final RuntimeSocket greeting;

    WorkerLink(Path runtimeSocket) {
        this.socket = new RuntimeSocket(runtimeSocket, DEADLINE);
        this.greeting = new RuntimeSocket(runtimeSocket, GREETING_DEADLINE);
    }

    @Override
    public ProcessInfo info() throws IOException {
        try {
            return ProcessInfo.parse(greeting.ask(new RuntimeCommand.ShowInfo()));
        } catch (IllegalValue e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    @Override
    public Map<MapName, ConfigPath> maps() throws IOException {
        Map<MapName, ConfigPath> found = new EnumMap<>(MapName.class);
        for (LoadedMap loaded : LoadedMap.parse(socket.ask(new RuntimeCommand.ShowMaps()))) {
            for (MapName map : MapName.values()) {
                if (loaded.file().endsWith("/" + map.fileName())) {
                    path(loaded.file()).ifPresent(file -> found.put(map, file));
                }
            }
        }
        return found;
    }

    /** A file that lies where none of ours can lie is somebody else's. */
    private static Optional<ConfigPath> path(String file) {
        try {
            return Optional.of(new ConfigPath(file));
        } catch (IllegalValue e) {
            return Optional.empty();
        }
    }

    @Override
    public Outcome execute(List<Step> steps, ConfigPath maps, Capabilities capabilities)
            throws IOException, InterruptedException {
        Commands commands = new Commands(maps, capabilities);
        Outcome outcome = new Outcome(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        List<Step> batch = new ArrayList<>();
        for (Step step : steps) {
            if (step instanceof ReplaceMap replacement) {
                send(batch, commands, outcome);
                batch.clear();
                replace(replacement, commands, outcome);
                continue;
            }
            batch.add(step);
            if (step instanceof SetAddress moved && capabilities.asynchronousAddress()) {
                send(batch, commands, outcome);
                batch.clear();
                awaitAddress(moved);
            }
        }
        send(batch, commands, outcome);
        if (capabilities.waitForRemovable()) {
            awaitRemovable(commands, outcome);
        }
        return outcome;
    }

    /**
     * Servers whose connections are about to end are waited for a moment; the others linger on.
     * HAProxy from 3.0 on closes idle connections of a server in maintenance at once, but from the
     * threads that own them.
     */
    private void awaitRemovable(Commands commands, Outcome outcome) throws IOException {
        long until = System.nanoTime() + REMOVABLE_WAIT.toNanos();
        for (DeleteServer step : List.copyOf(outcome.lingering())) {
            long leftMs = (until - System.nanoTime()) / 1_000_000;
            if (leftMs <= 0) {
                return;
            }
            RuntimeCommand wait = commands.awaitRemovable(step, Duration.ofMillis(leftMs));
            if (socket.call(new RuntimeLine(List.of(wait))).getFirst() instanceof Reply.Ok) {
                outcome.lingering().remove(step);
                send(List.of(step), commands, outcome);
            }
        }
    }

    private void replace(ReplaceMap step, Commands commands, Outcome outcome) throws IOException {
        new MapReplacement(socket)
                .replace(step, commands)
                .ifPresentOrElse(
                        problem -> outcome.refused().add(new Refusal(step, problem)),
                        () -> outcome.done().add(step));
    }

    private void send(List<Step> steps, Commands commands, Outcome outcome) throws IOException {
        List<RuntimeCommand> all = new ArrayList<>();
        steps.forEach(step -> all.addAll(commands.of(step)));
        List<Reply> replies = new ArrayList<>();
        for (RuntimeLine line : RuntimeLine.join(all, commands.capabilities())) {
            replies.addAll(socket.call(line));
        }
        int at = 0;
        for (Step step : steps) {
            int many = commands.of(step).size();
            sort(step, replies.subList(at, at + many), outcome);
            at += many;
        }
    }

    private static void sort(Step step, List<Reply> replies, Outcome outcome) {
        for (Reply reply : replies) {
            if (done(step, reply)) {
                continue;
            }
            if (step instanceof DeleteServer lingering
                    && reply instanceof Reply.Refused(Reason reason, String _)
                    && reason == Reason.STILL_IN_USE) {
                outcome.lingering().add(lingering);
            } else {
                outcome.refused().add(new Refusal(step, reply.text()));
            }
            return;
        }
        outcome.done().add(step);
    }

    /** What was wanted is so, if only because it was before. */
    private static boolean done(Step step, Reply reply) {
        return switch (reply) {
            case Reply.Ok(String _) -> true;
            case Reply.Unknown(String _) -> false;
            case Reply.Refused(Reason reason, String _) ->
                    ((step instanceof DeleteServer || step instanceof EndSessions)
                                    && reason == Reason.NO_SUCH_SERVER)
                            || (step instanceof Step.DeleteEntry && reason == Reason.NO_SUCH_KEY);
        };
    }

    private void awaitAddress(SetAddress moved) throws IOException, InterruptedException {
        ServerAddress expected = new ServerAddress(moved.address(), moved.port());
        for (int tries = 0; tries < ADDRESS_TRIES; tries++) {
            boolean there =
                    states(moved.backend()).stream()
                            .filter(state -> state.server().value().equals(moved.server()))
                            .anyMatch(state -> state.isAt(expected));
            if (there) {
                return;
            }
            Thread.sleep(PAUSE);
        }
    }

    private List<ServerState> states(String backend) throws IOException {
        return parse(socket.ask(new RuntimeCommand.ShowServersState(new Identifier(backend))));
    }

    private static List<ServerState> parse(String answer) throws IOException {
        try {
            return ServersState.parse(answer);
        } catch (IllegalValue e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    @Override
    public List<LiveServer> servers(String backend, Running known) throws IOException {
        return states(backend).stream().map(state -> live(state, known)).toList();
    }

    @Override
    public Map<String, List<LiveServer>> servers(Running known) throws IOException {
        Map<String, List<LiveServer>> byBackend = new HashMap<>();
        for (ServerState state : parse(socket.ask(new RuntimeCommand.ShowAllServersState()))) {
            byBackend
                    .computeIfAbsent(state.backend().value(), name -> new ArrayList<>())
                    .add(live(state, known));
        }
        return byBackend;
    }

    private static LiveServer live(ServerState state, Running known) {
        String backend = state.backend().value();
        LiveServer before = known.server(backend, state.server().value());
        LiveServer told =
                new LiveServer(
                        state.server().value(),
                        state.id(),
                        address(state),
                        state.port(),
                        state.weight(),
                        !state.inMaintenance() && !state.draining(),
                        LiveServer.UNKNOWN_OPTIONS,
                        LiveServer.UNKNOWN_RUN);
        return before == null ? told : told.completedBy(before);
    }

    private static String address(ServerState state) {
        try {
            return new ServerAddress(state.address(), 1).address();
        } catch (IllegalValue e) {
            return state.address();
        }
    }

    @Override
    public Map<String, String> entries(ConfigPath map) throws IOException {
        Map<String, String> entries = new HashMap<>();
        for (MapEntry entry : MapEntries.parse(socket.ask(new RuntimeCommand.ShowMap(map)))) {
            entries.put(entry.key(), entry.value());
        }
        return entries;
    }
}
