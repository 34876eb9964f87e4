package io.signalbox.haproxy;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which foreign pages may read responses. HAProxy answers preflights of the origins that may, and
 * what the application says of the matter is taken away.
 *
 * @param origins as browsers send them; {@code *} alone for all; empty for none
 * @param methods those beyond GET, HEAD and POST; {@code *} for all
 * @param headers those that requests may have; {@code *} for all
 * @param exposed headers of responses that pages may read; {@code *} for all
 * @param credentials whether requests may have cookies and passwords; not for {@code *}
 * @param maxAge how long a browser may remember the answer to a preflight, 0 to 24 h; null for its
 *     own
 */
public record CrossOrigin(
        List<String> origins,
        List<String> methods,
        List<String> headers,
        List<String> exposed,
        boolean credentials,
        @Nullable Duration maxAge) {

    /** An origin: scheme, host, and the port where that is not the scheme's. */
    static final String ORIGIN = "[a-z][a-z0-9+.-]{0,30}://[a-z0-9][a-z0-9.-]{0,252}(?::\\d{1,5})?";

    static final String ACL = "origin";
    private static final String ALL = "*";
    private static final int MOST = 100;
    private static final Pattern AN_ORIGIN = Pattern.compile(ORIGIN);
    private static final Pattern A_METHOD = Pattern.compile("[A-Z]{1,20}");
    private static final Pattern A_HEADER = Pattern.compile(HeaderChange.NAME);
    private static final int A_LINE = 40;
    private static final String HEADER = "http-after-response set-header Access-Control-";
    private static final String FROM_ALLOWED = "if { var(txn.origin) -m found }";
    private static final String PREFLIGHT = "if { var(txn.preflight) -m bool }";

    public CrossOrigin {
        origins = checked("origins", origins, CrossOrigin::origin);
        methods = checked("methods", methods, CrossOrigin::method);
        headers = checked("headers", headers, CrossOrigin::header);
        exposed = checked("exposed headers", exposed, CrossOrigin::header);
        if (credentials
                && (origins.contains(ALL)
                        || methods.contains(ALL)
                        || headers.contains(ALL)
                        || exposed.contains(ALL))) {
            throw new IllegalValue(
                    "credentials", "must not be allowed where anything is '*'", "true");
        }
        if (maxAge != null) {
            maxAge(maxAge);
        }
    }

    private static List<String> checked(
            String subject, List<String> values, UnaryOperator<String> check) {
        FrameSettings.checkRange("number of " + subject, values.size(), 0, MOST);
        if (values.contains(ALL) && values.size() > 1) {
            throw new IllegalValue(subject, "must be '*' alone or others", ALL);
        }
        return values.stream().map(check).toList();
    }

    /** The text, if it is an origin or {@code *}. */
    public static String origin(String text) {
        return checked("origin", text, AN_ORIGIN, "must be like https://www.example.com");
    }

    /** The text, if it is a method or {@code *}. */
    public static String method(String text) {
        return checked("method", text, A_METHOD, "must be a method in capitals, such as PUT");
    }

    /** The text, if it is a header's name or {@code *}. */
    public static String header(String text) {
        return checked("header", text, A_HEADER, "must be a name of letters, digits, '_' and '-'");
    }

    /** The time, if browsers can be told to remember something for so long. */
    public static Duration maxAge(Duration time) {
        if (time.isNegative()
                || time.compareTo(Duration.ofDays(1)) > 0
                || !time.equals(time.truncatedTo(ChronoUnit.SECONDS))) {
            throw new IllegalValue(
                    "max-age", "must be whole seconds, 0 s to 24 h", time.toString());
        }
        return time;
    }

    private static String checked(String subject, String text, Pattern pattern, String rule) {
        return text.equals(ALL) ? text : PrintableText.matching(subject, text, pattern, rule);
    }

    /** Remembers the origin, and answers preflights: they come without a password. */
    void writeRequest(ConfigWriter text) {
        if (isForAll()) {
            text.line("http-request set-var(txn.origin) str(*)")
                    .words("if { req.fhdr(origin) -m found }");
        } else if (!origins.isEmpty()) {
            for (var i = 0; i < origins.size(); i++) {
                if (i % A_LINE == 0) {
                    text.line("acl " + ACL + " req.fhdr(origin) -m str");
                }
                text.value(origins.get(i));
            }
            text.line("http-request set-var(txn.origin) req.fhdr(origin) if " + ACL);
        }
        if (!origins.isEmpty()) {
            text.line("http-request set-var(txn.preflight) bool(true)")
                    .words(FROM_ALLOWED + " { method OPTIONS }")
                    .words("{ req.fhdr(access-control-request-method) -m found }")
                    .line("http-request return status 204 " + PREFLIGHT);
        }
    }

    void writeResponse(ConfigWriter text) {
        text.line("http-after-response del-header access-control- -m beg");
        if (!isForAll()) {
            // The answer depends on who asks, and no cache may give one's to another.
            text.line("http-after-response add-header Vary Origin");
        }
        if (origins.isEmpty()) {
            return;
        }
        text.line(HEADER + "Allow-Origin %[var(txn.origin)] " + FROM_ALLOWED);
        if (credentials) {
            text.line(HEADER + "Allow-Credentials true " + FROM_ALLOWED);
        }
        list(text, "Expose-Headers", exposed, FROM_ALLOWED);
        list(text, "Allow-Methods", methods, PREFLIGHT);
        list(text, "Allow-Headers", headers, PREFLIGHT);
        if (maxAge != null) {
            text.line(HEADER + "Max-Age").value(maxAge.toSeconds()).words(PREFLIGHT);
        }
    }

    private boolean isForAll() {
        return origins.equals(List.of(ALL));
    }

    private static void list(
            ConfigWriter text, String name, List<String> values, String condition) {
        if (!values.isEmpty()) {
            text.line(HEADER + name).value(String.join(", ", values)).words(condition);
        }
    }
}
