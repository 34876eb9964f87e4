package io.signalbox.haproxy;

import io.signalbox.haproxy.FrameSettings.EntryPoint;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What the text of a received part may say. {@code haproxy -c} would accept lines that read files,
 * run programs or open sockets; only the shapes below pass, each argument of a line by a pattern of
 * its own, and only in the one way in which {@link ConfigWriter} writes them.
 */
public final class AllowedText {

    private static final String TIME = "\\d{1,12}(?:us|ms|s|m|h|d)?";
    private static final String NUMBER = "\\d{1,12}";
    private static final String TIME_OF_SERVICE =
            "(?:[1-9]\\d{0,7}ms|[1-9]\\d{0,4}s|[1-9]\\d{0,3}m)";
    private static final String VARIABLE = "(?:txn|sess)\\.[a-z_]{1,30}";
    private static final String FETCH =
            "(?:path|src|method|var\\("
                    + VARIABLE
                    + "(?:,\\d{1,9})?\\)|req\\.fhdr\\([a-z-]{1,40}\\)"
                    + "|str\\([a-z*]{1,20}\\)|rand\\(100\\)|req\\.cook\\([A-Z_]{1,30}\\))";
    private static final String MAP = "@maps@/[a-z]{1,20}";
    private static final String CONVERTER =
            "(?:host_only|lower|rtrim\\(\\.\\)|bytes\\(0,\\d{1,9}\\)|json\\(utf8s\\)"
                    + "|concat\\(\\*?,txn\\.path,/\\)|concat\\(/,txn\\.number\\)"
                    + "|field\\(\\d,[./](?:,0)?\\)|add\\(0\\)"
                    + "|map(?:_beg|_str|_str_int)\\("
                    + MAP
                    + "(?:,\\d{1,9})?\\))";
    private static final String EXPRESSION = FETCH + "(?:," + CONVERTER + ")*";
    private static final String CONDITION =
            "(?: unless \\{ method(?: [A-Z]{1,20})+ \\}| (?:unless|if)(?: !?\\{ (?:var\\("
                    + VARIABLE
                    + "\\) -m (?:found|sub /|beg split=(?:sticky-)?)"
                    + "|req\\.cook\\([A-Z_]{1,30}\\) -m int 0:99) \\}){1,3})?";
    private static final String FROM_NETWORKS = "\\{ src(?: [0-9a-f.:]{2,45}/\\d{1,3}){1,50} \\}";
    private static final String IS_TRUSTED = "\\{ var\\(txn\\.trusted\\) -m found \\}";
    private static final String HEADER_SAID = "\\{ req\\.fhdr\\([a-z-]{1,40}\\) -m found \\}";
    private static final String SHOWN = "'[ -&(-~]{0,200}'";
    private static final String ANSWER =
            "status (?:404|503) content-type text/plain string " + SHOWN;
    private static final String CHECK_PATH =
            "(?:/(?:[A-Za-z0-9_.:/*@,()\\[\\]{}=+-]|%[0-9A-Fa-f]{2}){0,1023}"
                    + "|'/(?:[!-$&(-~]|%[0-9A-Fa-f]{2}){0,1023}')";
    private static final String NAME = "[A-Za-z0-9_.:-]{1,128}";

    private static final List<Pattern> GLOBAL =
            shapes("hard-stop-after " + TIME, "maxconn " + NUMBER, FrameText.NO_SESSIONS);
    private static final List<Pattern> DEFAULTS =
            shapes(
                    "mode http",
                    "option (?:dontlognull|redispatch(?: " + NUMBER + ")?)",
                    "retries " + NUMBER,
                    "retry-on(?: [a-z0-9-]{1,30})+",
                    "timeout (?:connect|client|server|queue|http-request|http-keep-alive|tunnel) "
                            + TIME,
                    "http-error " + ANSWER);
    private static final List<Pattern> FRONTEND =
            shapes(
                    "option idle-close-on-response",
                    "log global",
                    "log-format '" + logFormat() + "'",
                    "http-request set-var\\(" + VARIABLE + "\\) " + EXPRESSION + CONDITION,
                    Placeholder.RULES.token(),
                    "http-response add-header Set-Cookie '[A-Z_]{1,30}=%\\[var\\(txn\\.drawn\\)\\];"
                            + " Path=/; HttpOnly; SameSite=Lax'"
                            + CONDITION,
                    "http-request return " + ANSWER + CONDITION,
                    "http-request disable-l7-retry" + CONDITION,
                    "tcp-request connection expect-proxy layer4 if " + FROM_NETWORKS,
                    "http-request set-var\\(txn\\.trusted\\) bool\\(true\\) if " + FROM_NETWORKS,
                    "http-request set-var\\(txn\\.client\\) req\\.hdr\\(x-forwarded-for,-1\\) if "
                            + IS_TRUSTED,
                    "http-request del-header (?:Forwarded|X-Forwarded- -m beg(?: unless "
                            + IS_TRUSTED
                            + ")?|X-SSL-Client- -m beg)",
                    "http-request add-header X-Forwarded-For %\\[src\\]",
                    "http-request set-header X-Forwarded-(?:Proto https?|Host %\\[req\\.fhdr\\(host\\)\\]"
                            + "|Port %\\[var\\(txn\\.port\\)\\])(?: unless "
                            + HEADER_SAID
                            + ")?",
                    "http-request set-var\\(txn\\.port\\) (?:int\\(\\d{1,5}\\)"
                            + "|req\\.fhdr\\(host\\),port_only if"
                            + " \\{ req\\.fhdr\\(host\\),port_only gt 0 \\})",
                    "http-request set-src var\\(txn\\.client\\) if \\{ var\\(txn\\.client\\) -m found \\}",
                    "http-request set-header X-SSL-Client-(?:DN %\\[ssl_c_s_dn\\(,0,rfc2253\\)\\]"
                            + "|SHA1 %\\[ssl_c_sha1,hex\\]) if \\{ ssl_c_used \\}",
                    "http-request deny deny_status 400 unless " + HEADER_SAID,
                    "http-request redirect location https://%\\[req\\.fhdr\\(host\\),host_only\\]"
                            + "(?::\\d{1,5})?%\\[pathq\\] code 30[12378] unless"
                            + " \\{ req\\.fhdr\\(x-forwarded-proto\\) https \\}"
                            + " or \\{ path_beg /\\.well-known/acme-challenge/ \\}",
                    "use_backend %\\[" + EXPRESSION + "\\]",
                    "default_backend " + NAME);
    private static final List<Pattern> BACKEND =
            shapes(
                    "mode tcp",
                    "tcp-request content reject(?: (?:unless (?:"
                            + AccessRules.ALLOWED
                            + "|"
                            + Pattern.quote(ClientCertificate.SHOWN)
                            + ")"
                            + "|if "
                            + AccessRules.DENIED
                            + "|if \\{ sc_conn_rate\\(0\\) gt [1-9]\\d{0,6} \\}))?",
                    "stick-table type ipv6 size "
                            + RateLimit.CLIENTS
                            + " expire \\d{1,5}s store conn_rate\\(\\d{1,5}s\\)",
                    "tcp-request content track-sc0 src,ipmask\\(32,64\\)",
                    "balance (?:roundrobin|leastconn|first|random|source)",
                    "hash-type consistent",
                    "timeout (?:server|queue|tunnel) " + TIME_OF_SERVICE,
                    "retries (?:\\d|10)",
                    "cookie [A-Za-z0-9_.-]{1,64} (?:insert indirect nocache(?: dynamic)? httponly"
                            + "|(?:rewrite|prefix) nocache(?: dynamic)?)(?: secure)?",
                    "dynamic-cookie-key " + NAME,
                    "option httpchk",
                    "http-check send meth GET uri "
                            + CHECK_PATH
                            + " ver HTTP/1.1 hdr Host [A-Za-z0-9_.\\[\\]:-]{1,259}",
                    "http-check expect status [1-5]\\d\\d(?:[,-][1-5]\\d\\d){0,39}",
                    "http-request return " + ANSWER + CONDITION);

    /** There is one way to write them. */
    private static final List<Pattern> SERVICES = services();

    private AllowedText() {}

    private static List<Pattern> services() {
        var text = new ConfigWriter();
        OptionsMap.write(text);
        return text.toLines().stream()
                .skip(1)
                .map(line -> Pattern.compile(Pattern.quote(line)))
                .toList();
    }

    /**
     * What is wrong with a frame; empty where nothing is.
     *
     * @param entries what the frontends may listen at, each by its name and in its way
     */
    public static Optional<String> problem(Frame frame, Collection<EntryPoint> entries) {
        return first(GLOBAL, frame.global(), "global")
                .or(() -> first(DEFAULTS, frame.defaults(), "defaults"))
                .or(() -> sections(frame.sections(), entries));
    }

    /** What is wrong with the text of a backend; empty where nothing is. */
    public static Optional<String> problem(List<String> backend) {
        return backend.stream()
                .filter(line -> !isAllowed(BACKEND, line) && !AllowedHttp.isAllowed(line))
                .findFirst()
                .map(line -> sentence("backend", line));
    }

    private static Optional<String> sections(List<String> lines, Collection<EntryPoint> entries) {
        var frontends = new HashMap<String, List<Pattern>>();
        for (var entry : entries) {
            var frontend = new ArrayList<>(entry.speaksHttp() ? FRONTEND : tcp(entry));
            frontend.add(shape(Pattern.quote("bind " + EntryText.bindArguments(entry))));
            frontends.put("frontend " + entry.frontend(), frontend);
        }
        List<Pattern> open = List.of();
        for (var line : lines) {
            if (frontends.containsKey(line)) {
                open = frontends.get(line);
            } else if (line.equals("backend " + FrameText.UNAVAILABLE)) {
                open = BACKEND;
            } else if (OptionsMap.isHeader(line)) {
                open = SERVICES;
            } else if (!isAllowed(open, line)) {
                return Optional.of(sentence("frame", line));
            }
        }
        return Optional.empty();
    }

    /** An entry point that speaks no HTTP says nothing but what is written of it here too. */
    private static List<Pattern> tcp(EntryPoint entry) {
        return TcpText.section(entry, true).stream()
                .map(line -> Pattern.compile(Pattern.quote(line)))
                .toList();
    }

    private static Optional<String> first(List<Pattern> shapes, List<String> lines, String where) {
        return lines.stream()
                .filter(line -> !isAllowed(shapes, line))
                .findFirst()
                .map(line -> sentence(where, line));
    }

    private static boolean isAllowed(List<Pattern> shapes, String line) {
        return shapes.stream().anyMatch(shape -> shape.matcher(line).matches());
    }

    private static String sentence(String where, String line) {
        return new IllegalValue("line of " + where, "must be one of the known shapes", line)
                .getMessage();
    }

    private static List<Pattern> shapes(String... shapes) {
        var patterns = new ArrayList<Pattern>();
        for (var shape : shapes) {
            patterns.add(shape(shape));
        }
        return List.copyOf(patterns);
    }

    private static Pattern shape(String shape) {
        return Pattern.compile("    " + shape);
    }

    /** Literal text and those fields that neither name a file nor the environment. */
    private static String logFormat() {
        return "(?:[^%'\\x00-\\x1f\\x7f-\\uffff]|%(?:Ts|ms|ci|HM|ST|B|TR|Tw|Tc|Tr|Ta|rc|tsc?|ft?|b|s)(?![a-zA-Z])|%\\["
                + EXPRESSION
                + "\\]){1,2000}";
    }
}
