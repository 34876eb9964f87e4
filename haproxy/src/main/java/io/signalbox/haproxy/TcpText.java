package io.signalbox.haproxy;

import io.signalbox.haproxy.FrameSettings.EntryPoint;
import io.signalbox.schemas.GroupDefinition.Tcp;
import java.time.Duration;
import java.util.List;

/**
 * Writes what an entry point does with connections that it leads as they are: by its own name and
 * the one that the client asks for by TLS to a service. Where no name matters, nothing waits for
 * the client, since some servers speak first.
 */
final class TcpText {
    private static final Duration HELLO = Duration.ofSeconds(5);
    private static final String SERVICE = "{ var(txn.service) -m found }";
    private static final String BACKEND = "{ var(txn.backend) -m found }";
    private static final String TCP = "map_str(" + MapName.TCP.placeholder() + ")";

    private TcpText() {}

    /** The section of an entry point that speaks no HTTP. */
    static List<String> section(EntryPoint entry, boolean accessLog) {
        var text = new ConfigWriter();
        text.section("frontend", entry.frontend())
                .line("bind " + EntryText.bindArguments(entry))
                .line("mode tcp");
        EntryText.connection(text, entry);
        log(text, accessLog);
        name(text, entry);
        service(text, entry);
        text.line("tcp-request content set-var(txn.backend)")
                .words("var(txn.service),map_str(" + MapName.SERVICES.placeholder() + ")")
                .line("tcp-request content reject unless " + BACKEND)
                .line("use_backend %[var(txn.backend)]");
        return text.toLines();
    }

    private static void log(ConfigWriter text, boolean accessLog) {
        if (accessLog) {
            // Else whoever is turned away at once would not be logged.
            text.line("no option dontlognull")
                    .line("log global")
                    .line("log-format")
                    .value(AccessLog.TCP_FORMAT);
            AccessLog.rememberVersion(text, "tcp-request content");
        }
    }

    /** The name that the client asks for, to {@code txn.host}. */
    private static void name(ConfigWriter text, EntryPoint entry) {
        if (!isByName(entry)) {
            return;
        }
        var name = entry.tls().isPresent() ? "ssl_fc_sni" : "req.ssl_sni";
        if (entry.tls().isEmpty()) {
            text.line("tcp-request inspect-delay").value(Timeouts.text("hello", HELLO));
        }
        // The condition waits until the whole of a client's hello is there, or something else.
        text.line("tcp-request content set-var(txn.host) " + name + ",lower,rtrim(.)")
                .words("if { " + name + " -m found }");
    }

    private static void service(ConfigWriter text, EntryPoint entry) {
        var all = TcpKey.all(entry.name());
        if (isByName(entry)) {
            text.line("tcp-request content set-var(txn.service)")
                    .words("str(" + all + "),concat(,txn.host)," + TCP);
            for (var label = 2; label <= RouteKey.DEEPEST + 1; label++) {
                text.line("tcp-request content set-var(txn.below)")
                        .words("var(txn.host),field(" + label + ",.,0)")
                        .line("tcp-request content set-var(txn.service)")
                        .words("str(" + all + "*.),concat(,txn.below)," + TCP)
                        .words("unless " + SERVICE);
            }
        }
        text.line("tcp-request content set-var(txn.service) str(" + all + ")," + TCP)
                .words("unless " + SERVICE);
    }

    private static boolean isByName(EntryPoint entry) {
        return entry.tcp().filter(Tcp.BY_NAME::equals).isPresent();
    }
}
