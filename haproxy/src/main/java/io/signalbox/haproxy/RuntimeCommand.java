package io.signalbox.haproxy;

import io.signalbox.haproxy.Reply.Ok;
import io.signalbox.haproxy.Reply.Refused;
import io.signalbox.haproxy.Reply.Unknown;
import java.time.Duration;
import java.util.List;

/**
 * One command of HAProxy's runtime API (or of its master's). It knows its own text and its good
 * answers; all other answers are a refusal or unknown.
 */
public sealed interface RuntimeCommand
        permits CertificateCommand,
                RuntimeCommand.OnServer,
                RuntimeCommand.Question,
                RuntimeCommand.PrepareMap,
                RuntimeCommand.AddMapEntries,
                RuntimeCommand.CommitMap,
                RuntimeCommand.ClearMapVersion,
                RuntimeCommand.AddMapEntry,
                RuntimeCommand.SetMapEntry,
                RuntimeCommand.DeleteMapEntry,
                RuntimeCommand.Reload {

    /** The command as it is sent, payload included, without the last line end. */
    String text();

    /** What an answer to this command means. */
    default Reply check(String answer) {
        var text = answer.strip();
        if (isGood(text)) {
            return new Ok(text);
        }
        return Refusals.find(text)
                .<Reply>map(reason -> new Refused(reason, text))
                .orElseGet(() -> new Unknown(text));
    }

    /**
     * Whether the answer, without empty lines around it, is one of those that mean success: most
     * commands answer nothing then.
     */
    default boolean isGood(String answer) {
        return answer.isEmpty();
    }

    /** Commands about one server. */
    sealed interface OnServer extends RuntimeCommand {
        /** The server's backend. */
        Identifier backend();

        /** The server's name. */
        Identifier server();

        /** {@code backend/server}. */
        default String target() {
            return backend() + "/" + server();
        }
    }

    /** Adds a server; it begins in maintenance, its check switched off. */
    record AddServer(Identifier backend, Server added, Capabilities capabilities)
            implements OnServer {
        @Override
        public Identifier server() {
            return added.name();
        }

        @Override
        public String text() {
            return CliText.words("add", "server", target(), added.address())
                    + " "
                    + CliText.words((Object[]) added.options(capabilities).split(" ", -1));
        }

        @Override
        public boolean isGood(String answer) {
            return answer.contains("New server registered.");
        }
    }

    /** Switches the check of a server on; only for servers added with one. */
    record EnableHealth(Identifier backend, Identifier server) implements OnServer {
        @Override
        public String text() {
            return CliText.words("enable", "health", target());
        }
    }

    /** Takes a server out of maintenance. */
    record EnableServer(Identifier backend, Identifier server) implements OnServer {
        @Override
        public String text() {
            return CliText.words("enable", "server", target());
        }
    }

    /** Sets a server's administrative state. */
    record SetServerState(Identifier backend, Identifier server, State state) implements OnServer {
        @Override
        public String text() {
            return CliText.words("set", "server", target(), "state", state.word);
        }

        /** Administrative states. */
        public enum State {
            READY("ready"),
            /** No new requests but of clients that are bound to it. */
            DRAIN("drain"),
            /** No new requests; running ones are finished. */
            MAINT("maint");

            private final String word;

            State(String word) {
                this.word = word;
            }
        }
    }

    /** Gives a server another address; from 3.0 on it takes effect after the answer. */
    record SetServerAddress(Identifier backend, Identifier server, ServerAddress address)
            implements OnServer {
        @Override
        public String text() {
            return CliText.words(
                    "set", "server", target(), "addr", address.address(), "port", address.port());
        }

        @Override
        public boolean isGood(String answer) {
            return answer.contains("changed from")
                    || answer.contains("no need to change")
                    || answer.contains("nothing changed");
        }
    }

    /** Sets a server's weight, 0 to 256. */
    record SetServerWeight(Identifier backend, Identifier server, int weight) implements OnServer {
        public SetServerWeight {
            FrameSettings.checkRange("weight", weight, 0, 256);
        }

        @Override
        public String text() {
            return CliText.words("set", "server", target(), "weight", weight);
        }
    }

    /** Deletes a server, which must be in maintenance and without connections. */
    record DeleteServer(Identifier backend, Identifier server) implements OnServer {
        @Override
        public String text() {
            return CliText.words("del", "server", target());
        }

        @Override
        public boolean isGood(String answer) {
            return answer.contains("Server deleted.");
        }
    }

    /** Ends the sessions of a server at once. */
    record ShutdownSessions(Identifier backend, Identifier server) implements OnServer {
        @Override
        public String text() {
            return CliText.words("shutdown", "sessions", "server", target());
        }
    }

    /** Waits until a server can be deleted; from 3.0 on. Its answer takes up to {@code limit}. */
    record WaitRemovable(Identifier backend, Identifier server, Duration limit)
            implements OnServer {
        @Override
        public String text() {
            return CliText.words("wait", Timeouts.text("wait", limit), "srv-removable", target());
        }

        @Override
        public boolean isGood(String answer) {
            return answer.contains("Done.");
        }
    }

    /** Asks for something whose good answer begins in a known way. */
    sealed interface Question extends RuntimeCommand {}

    /** All servers of a backend; read by {@link ServersState}. */
    record ShowServersState(Identifier backend) implements Question {
        @Override
        public String text() {
            return CliText.words("show", "servers", "state", backend);
        }

        @Override
        public boolean isGood(String answer) {
            return ServersState.isAnswer(answer);
        }
    }

    /** All servers of all backends; read by {@link ServersState}. */
    record ShowAllServersState() implements Question {
        @Override
        public String text() {
            return "show servers state";
        }

        @Override
        public boolean isGood(String answer) {
            return ServersState.isAnswer(answer);
        }
    }

    /** Connections of a backend's servers; read by {@link ServerConnections}. */
    record ShowServersConnections(Identifier backend) implements Question {
        @Override
        public String text() {
            return CliText.words("show", "servers", "conn", backend);
        }

        @Override
        public boolean isGood(String answer) {
            return answer.contains("# bkname/svname");
        }
    }

    /** Counters of everything; read by {@link Statistics}. */
    record ShowStatistics() implements Question {
        @Override
        public String text() {
            return "show stat";
        }

        @Override
        public boolean isGood(String answer) {
            return answer.contains("# pxname,svname,");
        }
    }

    /** About the worker; read by {@link ProcessInfo}. */
    record ShowInfo() implements Question {
        @Override
        public String text() {
            return "show info";
        }

        @Override
        public boolean isGood(String answer) {
            return answer.contains("Version: ") && answer.contains("Pid: ");
        }
    }

    /** All maps that the worker has loaded; read by {@link LoadedMap}. */
    record ShowMaps() implements Question {
        @Override
        public String text() {
            return "show map";
        }

        @Override
        public boolean isGood(String answer) {
            return answer.contains("# id (file) description");
        }
    }

    /** The entries of a map as it serves; read by {@link MapEntries}. */
    record ShowMap(ConfigPath map) implements Question {
        @Override
        public String text() {
            return CliText.words("show", "map", map);
        }

        @Override
        public boolean isGood(String answer) {
            return MapEntries.isAnswer(answer);
        }
    }

    /** The entries of a version in preparation; read by {@link MapEntries}. */
    record ShowMapVersion(ConfigPath map, int version) implements Question {
        @Override
        public String text() {
            return CliText.words("show", "map", "@" + version, map);
        }

        @Override
        public boolean isGood(String answer) {
            return MapEntries.isAnswer(answer);
        }
    }

    /** Begins a new version of a map; read by {@link MapEntries#preparedVersion}. */
    record PrepareMap(ConfigPath map) implements RuntimeCommand {
        @Override
        public String text() {
            return CliText.words("prepare", "map", map);
        }

        @Override
        public boolean isGood(String answer) {
            return MapEntries.preparedVersion(answer).isPresent();
        }
    }

    /** Adds entries to a version in preparation: one payload, see {@link MapEntries#chunks}. */
    record AddMapEntries(ConfigPath map, int version, List<MapEntry> entries)
            implements RuntimeCommand {
        public AddMapEntries {
            entries = List.copyOf(entries);
            FrameSettings.checkRange("entries of a payload", entries.size(), 1, 100_000);
        }

        @Override
        public String text() {
            var text = new StringBuilder(CliText.words("add", "map", "@" + version, map));
            text.append(" <<\n");
            entries.forEach(entry -> text.append(entry).append('\n'));
            return text.toString();
        }
    }

    /** Makes a version of a map the one that serves, at once and as a whole. */
    record CommitMap(ConfigPath map, int version) implements RuntimeCommand {
        @Override
        public String text() {
            return CliText.words("commit", "map", "@" + version, map);
        }
    }

    /** Drops a version of a map that is in preparation. */
    record ClearMapVersion(ConfigPath map, int version) implements RuntimeCommand {
        @Override
        public String text() {
            return CliText.words("clear", "map", "@" + version, map);
        }
    }

    /** Adds one entry to a map as it serves; a key that is there already would be there twice. */
    record AddMapEntry(ConfigPath map, MapEntry entry) implements RuntimeCommand {
        @Override
        public String text() {
            return CliText.words("add", "map", map, entry.key(), entry.value());
        }
    }

    /** Changes the value of a key that is there. */
    record SetMapEntry(ConfigPath map, MapEntry entry) implements RuntimeCommand {
        @Override
        public String text() {
            return CliText.words("set", "map", map, entry.key(), entry.value());
        }
    }

    /** Removes every entry with that key. */
    record DeleteMapEntry(ConfigPath map, String key) implements RuntimeCommand {
        public DeleteMapEntry {
            CliText.word(key);
        }

        @Override
        public String text() {
            return CliText.words("del", "map", map, key);
        }
    }

    /** Master only: its processes; read by {@link MasterProcesses}. */
    record ShowProcesses() implements Question {
        @Override
        public String text() {
            return "show proc";
        }

        @Override
        public boolean isGood(String answer) {
            return MasterProcesses.isAnswer(answer);
        }
    }

    /**
     * Master only: starts a new worker. Below 2.7 the answer is empty and tells nothing: look at
     * {@link ShowProcesses}.
     */
    record Reload(Capabilities capabilities) implements RuntimeCommand {
        @Override
        public String text() {
            return "reload";
        }

        @Override
        public boolean isGood(String answer) {
            return capabilities.reloadAnswers() ? answer.contains("Success=1") : answer.isEmpty();
        }
    }
}
