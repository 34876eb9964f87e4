package io.signalbox.haproxy;

import java.util.ArrayList;
import java.util.List;

/** Reads the answer to {@code show servers conn}. */
public final class ServerConnections {

    private static final int USED = 6;
    private static final int IDLE = 12;

    private ServerConnections() {}

    /** Connections of one server: in use, and kept idle; -1 where HAProxy keeps no pool. */
    public record Connections(Identifier backend, Identifier server, int used, int idle) {}

    /** The servers in the answer's order; lines that are none are left out. */
    public static List<Connections> parse(String answer) {
        var result = new ArrayList<Connections>();
        for (var line : answer.lines().toList()) {
            var fields = line.strip().split(" ", -1);
            var slash = fields[0].indexOf('/');
            if (line.startsWith("#") || slash <= 0 || fields.length <= USED) {
                continue;
            }
            result.add(
                    new Connections(
                            new Identifier(fields[0].substring(0, slash)),
                            new Identifier(fields[0].substring(slash + 1)),
                            number(fields[USED]),
                            fields.length > IDLE + 1 ? number(fields[IDLE]) : -1));
        }
        return List.copyOf(result);
    }

    private static int number(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new IllegalValue("number of connections", "must be a number", text);
        }
    }
}
