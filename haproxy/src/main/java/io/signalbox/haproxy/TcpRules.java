package io.signalbox.haproxy;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which connections a service's backend takes; the others are closed at once.
 *
 * @param rate how many connections a client may open; null for any number
 * @param closed whether it takes none
 * @param clientCertificate whether it takes only those whose client showed a certificate
 */
public record TcpRules(
        AccessRules access, @Nullable RateLimit rate, boolean closed, boolean clientCertificate) {

    /** All connections. */
    public static final TcpRules NONE = new TcpRules(AccessRules.NONE, null, false);

    /** Without certificates of clients. */
    public TcpRules(AccessRules access, @Nullable RateLimit rate, boolean closed) {
        this(access, rate, closed, false);
    }

    private static final String MODE = new ConfigWriter().line("mode tcp").toLines().getFirst();

    /** Whether a backend with that text leads connections. */
    static boolean isTcp(List<String> text) {
        return text.contains(MODE);
    }

    /** The lines of a backend that leads connections, without servers. */
    public List<String> lines(BackendSettings settings) {
        var lines = new ArrayList<>(List.of(MODE));
        lines.addAll(settings.lines());
        var rules = new ConfigWriter();
        if (clientCertificate) {
            ClientCertificate.writeTcp(rules);
        }
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
