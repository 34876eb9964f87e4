package io.signalbox.haproxy;

import io.signalbox.schemas.HttpPolicy.Hsts;
import io.signalbox.schemas.LiveOptions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The options of services that HAProxy looks up for each request: the entries of the map {@code
 * options}, and the rules that read them. They are defaults of all backends behind them, so that
 * they go before each backend's own rules and no backend's text says anything of them. A service
 * without an entry costs one look-up.
 *
 * <p>A value is what {@link #value} writes, its fields between slashes, an empty one where nothing
 * is said: the status of the redirect to TLS, how the service is closed, the time-outs of server
 * and tunnel in milliseconds, and HSTS's age in seconds, sub-domains and preload; an eighth one is
 * there where clients must have a certificate.
 */
public final class OptionsMap {

    /** What a service under maintenance answers where it says nothing else. */
    static final String UNDER_MAINTENANCE = "This service is under maintenance.";

    private static final Identifier DEFAULTS = new Identifier("services");
    private static final String HEADER = "defaults " + DEFAULTS;
    private static final String OPTIONS = "var(txn.options)";
    private static final String ARE_THERE = "{ " + OPTIONS + " -m found }";
    private static final String TO_TLS = "{ var(txn.totls) -m found }";
    private static final List<Integer> STATUSES = List.of(308, 301, 302, 303, 307);
    private static final String AT_ONCE = "1";
    private static final String IN_TURN = "2";
    private static final String YES = "1";
    private static final Duration LONGEST = Duration.ofHours(24);

    private OptionsMap() {}

    /** Whether a frame with these sections reads the map. */
    public static boolean isRead(List<String> sections) {
        return sections.contains(HEADER);
    }

    /**
     * Whether a frame with these sections does all that options may say. One of an earlier release
     * may read the map and not know of certificates of clients.
     */
    public static boolean isWhollyRead(List<String> sections) {
        var text = new ConfigWriter();
        certificate(text);
        return isRead(sections) && sections.containsAll(text.toLines());
    }

    /** Whether it does all that these options say. */
    public static boolean isRead(List<String> sections, LiveOptions options) {
        return options.clientCertificate() ? isWhollyRead(sections) : isRead(sections);
    }

    /** Whether the line begins the defaults of services. */
    static boolean isHeader(String line) {
        return line.equals(HEADER);
    }

    /**
     * The value of a service's entry; empty where it needs none.
     *
     * @throws IllegalValue when HAProxy cannot have what is said
     */
    public static Optional<String> value(LiveOptions options) {
        if (options.equals(LiveOptions.NONE)) {
            return Optional.empty();
        }
        Integer status = options.redirectHttps();
        return Optional.of(
                String.join(
                                "/",
                                status == null
                                        ? ""
                                        : Integer.toString(Redirects.checkedStatus(status)),
                                closed(options.closed()),
                                millis("server time-out", options.serverTimeout()),
                                millis("tunnel time-out", options.tunnelTimeout()),
                                hsts(options.hsts()))
                        + (options.clientCertificate() ? "/" + YES : ""));
    }

    private static String closed(LiveOptions.@Nullable Closed closed) {
        return switch (closed) {
            case null -> "";
            case AT_ONCE -> AT_ONCE;
            case IN_TURN -> IN_TURN;
        };
    }

    private static String millis(String subject, @Nullable Duration time) {
        if (time == null) {
            return "";
        }
        if (time.compareTo(LONGEST) > 0) {
            throw new IllegalValue(subject, "must be 1 ms to 24 h", time.toString());
        }
        Timeouts.text(subject, time);
        return Long.toString(time.toMillis());
    }

    private static String hsts(@Nullable Hsts said) {
        if (said == null) {
            return "//";
        }
        var checked = strict(said);
        return String.join(
                "/",
                Long.toString(checked.maxAge().toSeconds()),
                checked.subdomains() ? YES : "",
                checked.preload() ? YES : "");
    }

    private static StrictTransport strict(Hsts said) {
        return new StrictTransport(said.maxAge(), said.subdomains(), said.preload());
    }

    /** The defaults of services; {@link ConfigurationText} puts those of the frame into them. */
    static void write(ConfigWriter text) {
        text.section("defaults", DEFAULTS);
        text.line("http-request set-var(txn.options)")
                .words("var(txn.service),map_str(" + MapName.OPTIONS.placeholder() + ")");
        redirect(text);
        certificate(text);
        // Expressions that find nothing leave the time-out as it is.
        text.line("http-request set-timeout server " + field(3) + ",add(0)")
                .line("http-request set-timeout tunnel " + field(4) + ",add(0)");
        close(text, AT_ONCE);
        text.line("http-after-response set-header Strict-Transport-Security")
                .value(
                        "max-age=%["
                                + field(5)
                                + "]"
                                + also(6, "includeSubDomains")
                                + also(7, "preload"))
                .words("if { " + field(5) + " -m len gt 0 } " + ThroughTls.CONDITION);
    }

    private static void redirect(ConfigWriter text) {
        text.line("http-request set-var(txn.https) ssl_fc if " + ARE_THERE)
                .line("http-request set-var(txn.https) bool(true)")
                .words("if " + ARE_THERE + " " + ThroughTls.SAID)
                .line("http-request set-var(txn.totls) " + field(1) + ",add(0)")
                .words("if " + ARE_THERE + " !" + ThroughTls.CONDITION)
                .words("!{ path_beg " + EntryText.ACME + " }")
                // Without a host there is no address to send the client to.
                .line("http-request deny deny_status 400")
                .words("if " + TO_TLS + " !{ req.fhdr(host) -m found }");
        for (var status : STATUSES) {
            text.line("http-request redirect location")
                    .words("https://%[req.fhdr(host),host_only]%[pathq] code " + status)
                    .words("if { var(txn.totls) -m int " + status + " }");
        }
    }

    private static void certificate(ConfigWriter text) {
        ClientCertificate.writeIf(text, "{ " + field(8) + " -m str " + YES + " }");
    }

    /** Whether the text of a backend has a place of its own for maintenance. */
    public static boolean closesInTurn(List<String> backend) {
        var text = new ConfigWriter();
        closeInTurn(text);
        return backend.containsAll(text.toLines());
    }

    /**
     * The same as lines of the service's backend, to stand before all others: for a frame that does
     * not read the map.
     */
    public static List<String> lines(LiveOptions options) {
        var text = new ConfigWriter();
        if (options.serverTimeout() != null) {
            FrameText.timeout(text, "server", options.serverTimeout());
        }
        if (options.tunnelTimeout() != null) {
            FrameText.timeout(text, "tunnel", options.tunnelTimeout());
        }
        text.lines(
                rules(
                        options.redirectHttps(),
                        options.hsts() == null ? null : strict(options.hsts()),
                        null));
        if (options.clientCertificate()) {
            ClientCertificate.write(text);
        }
        if (options.closed() != null) {
            text.lines(rules(null, null, new Page(UNDER_MAINTENANCE)));
        }
        return text.toLines();
    }

    private static List<String> rules(
            @Nullable Integer redirect, @Nullable StrictTransport strict, @Nullable Page page) {
        return new HttpRules(
                        List.of(),
                        PathChanges.NONE,
                        new Redirects(redirect, List.of(), List.of()),
                        strict,
                        null,
                        null,
                        AccessRules.NONE,
                        null,
                        null,
                        page,
                        List.of())
                .lines();
    }

    /** Closes services whose backend has a place for it among its own rules. */
    static void closeInTurn(ConfigWriter text) {
        close(text, IN_TURN);
    }

    private static void close(ConfigWriter text, String how) {
        text.line("http-request return status 503 content-type text/plain string")
                .value(UNDER_MAINTENANCE)
                .words("if { " + field(2) + " -m str " + how + " }");
    }

    private static String also(int number, String directive) {
        return "%[" + field(number) + ",add(0),iif(\"; " + directive + "\",)]";
    }

    private static String field(int number) {
        return OPTIONS + ",field(" + number + ",/)";
    }
}
