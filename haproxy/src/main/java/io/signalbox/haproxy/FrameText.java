package io.signalbox.haproxy;

import io.signalbox.haproxy.FrameSettings.EntryPoint;
import java.time.Duration;
import java.util.List;

/** Writes the text of a frame. */
final class FrameText {

    private static final String NO_ROUTE = "No route matches this host and path.";
    private static final String NO_SERVER = "This service has no server at the moment.";
    static final Identifier UNAVAILABLE = new Identifier("unavailable");

    /** No TLS session is remembered: HAProxy has one memory for all entry points. */
    static final String NO_SESSIONS = "tune.ssl.cachesize 0";

    private static final Duration TUNNEL = Duration.ofHours(1);

    private FrameText() {}

    static Frame of(FrameSettings settings) {
        var sections = new ConfigWriter();
        for (var entryPoint : settings.entryPoints()) {
            if (entryPoint.speaksHttp()) {
                frontend(sections, entryPoint, settings);
            } else {
                sections.lines(TcpText.section(entryPoint, settings.accessLog()));
            }
        }
        unavailable(sections);
        OptionsMap.write(sections);
        return new Frame(global(settings), defaults(settings), sections.toLines());
    }

    private static List<String> global(FrameSettings settings) {
        var text = new ConfigWriter();
        text.line("hard-stop-after").value(Timeouts.text("hard stop", settings.hardStopAfter()));
        if (settings.maxConnections() > 0) {
            text.line("maxconn").value(settings.maxConnections());
        }
        if (settings.askDifferently()) {
            text.line(NO_SESSIONS);
        }
        return text.toLines();
    }

    private static List<String> defaults(FrameSettings settings) {
        var text =
                new ConfigWriter()
                        .line("mode http")
                        .line("option dontlognull")
                        // Each retry goes to another server; by default only the last one does.
                        .line("option redispatch 1")
                        .line("retries")
                        .value(settings.retries())
                        .line("retry-on conn-failure empty-response");
        var timeouts = settings.timeouts();
        timeout(text, "connect", timeouts.connect());
        timeout(text, "client", timeouts.client());
        timeout(text, "server", timeouts.server());
        timeout(text, "queue", timeouts.queue());
        timeout(text, "http-request", timeouts.httpRequest());
        timeout(text, "http-keep-alive", timeouts.keepAlive());
        timeout(text, "tunnel", TUNNEL);
        return text.line("http-error status 503 content-type text/plain string")
                .value(NO_SERVER)
                .toLines();
    }

    static void timeout(ConfigWriter text, String which, Duration duration) {
        text.line("timeout " + which).value(Timeouts.text(which + " time-out", duration));
    }

    private static void frontend(ConfigWriter text, EntryPoint entryPoint, FrameSettings settings) {
        text.section("frontend", entryPoint.frontend())
                .line("bind " + EntryText.bindArguments(entryPoint));
        EntryText.connection(text, entryPoint);
        text.line("option idle-close-on-response");
        if (settings.accessLog()) {
            // Not in the defaults: backends would log server states between the requests.
            text.line("log global").line("log-format").value(AccessLog.FORMAT);
            AccessLog.rememberVersion(text);
        }
        EntryText.headers(text, entryPoint, settings.clientNames());
        EntryText.redirect(text, entryPoint);
        route(text);
        forward(text, settings.retryMethods());
    }

    /**
     * From host and path to {@code txn.service}, or our 404: by the map of routes, then by the
     * rules that go before what the map says. A host with a slash in it could pretend to be host
     * and path of a route, so it is none.
     */
    private static void route(ConfigWriter text) {
        text.line("http-request set-var(txn.host) req.fhdr(host),host_only,lower,rtrim(.)")
                .line("http-request set-var(txn.path) path")
                .line("http-request set-var(txn.route) var(txn.host)," + lookUp(""))
                .words("unless { var(txn.host) -m sub / }");
        for (var label = 2; label <= RouteKey.DEEPEST + 1; label++) {
            text.line(
                            "http-request set-var(txn.route) var(txn.host),field("
                                    + label
                                    + ",.,0),"
                                    + lookUp("*"))
                    .words("if !{ var(txn.route) -m found } !{ var(txn.host) -m sub / }");
        }
        text.line("http-request set-var(txn.route)")
                .words("str(" + RouteKey.ANY_HOST + ")," + lookUp(""))
                .words("unless { var(txn.route) -m found }")
                .line("http-request set-var(txn.service) var(txn.route),field(2,/)")
                .line(Placeholder.RULES.token());
        share(text);
        text.line("http-request return status 404 content-type text/plain string")
                .value(NO_ROUTE)
                .words("unless { var(txn.service) -m found }");
    }

    /**
     * @param mark what stands between host and path in the key
     */
    private static String lookUp(String mark) {
        return "concat(" + mark + ",txn.path,/),map_beg(" + MapName.ROUTES.placeholder() + ")";
    }

    /** From a route that services share to one of them, by a number, which a cookie may keep. */
    private static void share(ConfigWriter text) {
        var sticky = "{ var(txn.split) -m beg " + Split.STICKY + " }";
        var cookie = "req.cook(" + Split.COOKIE + ")";
        text.line("http-request set-var(txn.split) var(txn.service)")
                .words("if { var(txn.service) -m beg " + Split.PREFIX + " }")
                .line("http-request set-var(txn.number) " + cookie + ",add(0)")
                .words("if " + sticky + " { " + cookie + " -m int 0:99 }")
                .line("http-request set-var(txn.drawn) rand(" + Split.NUMBERS + ")")
                .words("if { var(txn.split) -m found } !{ var(txn.number) -m found }")
                .line("http-request set-var(txn.number) var(txn.drawn)")
                .words("if { var(txn.drawn) -m found }")
                .line(
                        "http-request set-var(txn.service) var(txn.split),concat(/,txn.number),map_str("
                                + MapName.SPLITS.placeholder()
                                + ")")
                .words("if { var(txn.split) -m found }")
                .line("http-response add-header Set-Cookie")
                .value(Split.COOKIE + "=%[var(txn.drawn)]; Path=/; HttpOnly; SameSite=Lax")
                .words("if " + sticky + " { var(txn.drawn) -m found }");
    }

    private static void forward(ConfigWriter text, List<HttpMethod> retryMethods) {
        text.line("http-request disable-l7-retry");
        if (!retryMethods.isEmpty()) {
            text.words("unless { method");
            retryMethods.forEach(method -> text.value(method.value()));
            text.words("}");
        }
        text.line("use_backend")
                .words("%[var(txn.service),map_str(" + MapName.SERVICES.placeholder() + ")]")
                .line("default_backend " + UNAVAILABLE);
    }

    /** Answers for services that are known and have no backend. */
    private static void unavailable(ConfigWriter text) {
        text.section("backend", UNAVAILABLE)
                .line("http-request return status 503 content-type text/plain string")
                .value(NO_SERVER);
    }
}
