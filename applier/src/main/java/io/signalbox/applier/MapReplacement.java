package io.signalbox.applier;

import io.signalbox.applier.core.plan.Commands;
import io.signalbox.applier.core.plan.Step.ReplaceMap;
import io.signalbox.haproxy.ConfigPath;
import io.signalbox.haproxy.MapEntries;
import io.signalbox.haproxy.MapEntry;
import io.signalbox.haproxy.Reply;
import io.signalbox.haproxy.RuntimeCommand;
import io.signalbox.haproxy.RuntimeCommand.AddMapEntries;
import io.signalbox.haproxy.RuntimeLine;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Gives a worker's map other entries as a whole: a new version is filled in pieces beside the one
 * that serves, read back, and only put in its place when it is what it shall be. HAProxy drops a
 * piece that is too long without a word, and would serve what is left. One thread.
 */
final class MapReplacement {
    private final RuntimeSocket socket;

    MapReplacement(RuntimeSocket socket) {
        this.socket = socket;
    }

    /**
     * Replaces a map.
     *
     * @return empty if the worker serves the new entries, else what is wrong; it then serves the
     *     old ones
     * @throws IOException if the worker does not answer; which ones it serves is then not known
     */
    Optional<String> replace(ReplaceMap step, Commands commands) throws IOException {
        ConfigPath map = step.map().in(commands.maps());
        Reply prepared = call(new RuntimeCommand.PrepareMap(map));
        OptionalInt found = MapEntries.preparedVersion(prepared.text());
        if (found.isEmpty()) {
            return Optional.of(prepared.text());
        }
        int version = found.getAsInt();
        Optional<String> problem = fill(step, version, commands);
        if (problem.isEmpty()) {
            problem = difference(step, map, version);
        }
        if (problem.isPresent()) {
            call(new RuntimeCommand.ClearMapVersion(map, version));
            return problem;
        }
        return wrong(call(new RuntimeCommand.CommitMap(map, version)));
    }

    private Optional<String> fill(ReplaceMap step, int version, Commands commands)
            throws IOException {
        for (AddMapEntries piece : commands.fill(step, version)) {
            Optional<String> problem = wrong(call(piece));
            if (problem.isPresent()) {
                return problem;
            }
        }
        return Optional.empty();
    }

    private Optional<String> difference(ReplaceMap step, ConfigPath map, int version)
            throws IOException {
        Reply shown = call(new RuntimeCommand.ShowMapVersion(map, version));
        Optional<String> problem = wrong(shown);
        if (problem.isPresent()) {
            return problem;
        }
        List<MapEntry> found = MapEntries.parse(shown.text());
        Map<String, String> byKey = new HashMap<>();
        found.forEach(entry -> byKey.put(entry.key(), entry.value()));
        return found.size() == step.entries().size() && byKey.equals(step.entries())
                ? Optional.empty()
                : Optional.of(
                        "%d of %d entries arrived".formatted(found.size(), step.entries().size()));
    }

    private Reply call(RuntimeCommand command) throws IOException {
        return socket.call(new RuntimeLine(List.of(command))).getFirst();
    }

    private static Optional<String> wrong(Reply reply) {
        return switch (reply) {
            case Reply.Ok(String _) -> Optional.empty();
            case Reply.Refused(Reply.Reason _, String text) -> Optional.of(text);
            case Reply.Unknown(String text) -> Optional.of(text);
        };
    }
}
