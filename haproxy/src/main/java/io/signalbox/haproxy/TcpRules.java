package io.signalbox.haproxy;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which connections a service's backend takes; the others are closed at once.
 *
 * @param rate how many connections a client may open; null for any number
 * @param closed whether it takes none
 */
public record TcpRules(AccessRules access, @Nullable RateLimit rate, boolean closed) {

    /** All connections. */
    public static final TcpRules NONE = new TcpRules(AccessRules.NONE, null, false);

    /** The lines of a backend that leads connections, without servers. */
    public List<String> lines(BackendSettings settings) {
        var text = new ConfigWriter().line("mode tcp");
        var lines = new ArrayList<>(text.toLines());
        lines.addAll(settings.lines());
        var rules = new ConfigWriter();
        access.write(rules, "tcp-request content reject");
        if (rate != null) {
            rate.writeTcp(rules);
        }
        if (closed) {
            rules.line("tcp-request content reject");
        }
        lines.addAll(rules.toLines());
        return List.copyOf(lines);
    }
}
