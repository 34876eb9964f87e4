package io.signalbox.haproxy;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Which lines {@link HttpRules} may have. A text from outside is one argument: bare, or in strong
 * quotes, inside of which HAProxy expands nothing; where it takes a log format, a percent sign is
 * there twice, so that no expression begins.
 */
final class AllowedHttp {

    private static final int LONGEST_LINE = 20_000;

    private static final String BARE = "[A-Za-z0-9_.:/*@,()%\\[\\]{}=+!-]++";
    private static final String QUOTED = "'(?:[ -&(-~]++|'\\\\'')*+'";
    private static final String TEXT = "(?:" + BARE + "|" + QUOTED + ")";
    private static final String BARE_FORMAT = "(?:[A-Za-z0-9_.:/*@,()\\[\\]{}=+!-]|%%)++";
    private static final String QUOTED_FORMAT = "(?:[ -$&(-~]|%%|'\\\\'')*+";
    private static final String FORMAT = "(?:" + BARE_FORMAT + "|'" + QUOTED_FORMAT + "')";

    private static final String PATH = "(?:/(?:" + BARE + ")?|'/(?:[ -&(-~]++|'\\\\'')*+')";
    private static final String BARE_PATH_FORMAT = "/(?:" + BARE_FORMAT + ")?";
    private static final String QUOTED_PATH_FORMAT = "/" + QUOTED_FORMAT;
    private static final String PATH_FORMAT =
            "(?:" + BARE_PATH_FORMAT + "|'" + QUOTED_PATH_FORMAT + "')";

    private static final String HTTPS = "\\{ var\\(txn\\.https\\) -m bool \\}";
    private static final String NUMBER = "[1-9]\\d{0,8}";
    private static final String STATUS = " code 30[12378]";
    private static final String HOST = "[a-z0-9._-]{1,253}";
    private static final String HOST_AND_PORT = HOST + "(?::\\d{1,5})?";
    private static final String SAID_HOST =
            "\\{ req\\.fhdr\\(host\\),host_only,lower,rtrim\\(\\.\\) -m str " + HOST + " \\}";
    private static final String HEADER =
            "(?!(?i:" + String.join("|", HeaderChange.FORBIDDEN) + ")(?: |$))" + HeaderChange.NAME;
    private static final String PAGE = " content-type text/(?:plain|html) string " + TEXT;
    private static final String PATTERN = "'\\^/(?:[!-&(-~]|'\\\\''){0,250}'";
    private static final String CHOSEN =
            "if \\{ var\\(txn\\.(?:redirect|rewrite)\\) -m int " + NUMBER + " \\}";
    private static final String FROM_ALLOWED = " if \\{ var\\(txn\\.origin\\) -m found \\}";
    private static final String PREFLIGHT = " if \\{ var\\(txn\\.preflight\\) -m bool \\}";
    private static final String LIMITED = " if \\{ var\\(txn\\.limited\\) -m bool \\}";
    private static final String NAMES =
            "(?:\\*|[A-Z]{1,20}|'[A-Za-z0-9_, -]{1,7000}'|" + HeaderChange.NAME + ")";

    private static final List<Pattern> SHAPES =
            Stream.of(redirects(), guards(), crossOrigin(), changes())
                    .flatMap(List::stream)
                    .map(shape -> Pattern.compile("    " + shape))
                    .toList();

    private AllowedHttp() {}

    /** Whether a backend may have that line. */
    static boolean isAllowed(String line) {
        return line.length() <= LONGEST_LINE
                && !Placeholder.isIn(line.replace(BasicAuthentication.IN_LIST, ""))
                && SHAPES.stream().anyMatch(shape -> shape.matcher(line).matches());
    }

    private static List<String> redirects() {
        return List.of(
                "http-request set-var\\(txn\\.https\\) ssl_fc",
                "http-request set-var\\(txn\\.https\\) bool\\(true\\)"
                        + " if \\{ req\\.fhdr\\(x-forwarded-proto\\) -m str https \\}",
                "http-request deny deny_status 400"
                        + " unless "
                        + HTTPS
                        + " or \\{ req\\.fhdr\\(host\\) -m found \\}",
                "http-request redirect location"
                        + " https://%\\[req\\.fhdr\\(host\\),host_only\\]%\\[pathq\\]"
                        + STATUS
                        + " unless "
                        + HTTPS
                        + "(?: or \\{ path_beg /\\.well-known/acme-challenge/ \\})?",
                "http-request redirect location %\\[var\\(txn\\.https\\),iif\\(https,http\\)\\]://"
                        + HOST_AND_PORT
                        + "%\\[pathq\\]"
                        + STATUS
                        + " (?:if|unless) "
                        + SAID_HOST,
                "http-request redirect location (?:https?://"
                        + HOST_AND_PORT
                        + ")?%\\[pathq\\]"
                        + STATUS
                        + " "
                        + CHOSEN);
    }

    private static List<String> guards() {
        return List.of(
                "acl (?:"
                        + AccessRules.ALLOWED
                        + "|"
                        + AccessRules.DENIED
                        + ") src(?: "
                        + Network.SHAPE
                        + "){1,"
                        + AccessRules.A_LINE
                        + "}",
                "http-request deny deny_status 403 unless "
                        + Pattern.quote(ClientCertificate.SHOWN),
                "http-request deny deny_status 403 unless " + AccessRules.ALLOWED,
                "http-request deny deny_status 403 if " + AccessRules.DENIED,
                "stick-table type ipv6 size "
                        + RateLimit.CLIENTS
                        + " expire \\d{1,5}s store http_req_rate\\(\\d{1,5}s\\)",
                "http-request track-sc0 src,ipmask\\(32,64\\)",
                "http-request set-var\\(txn\\.limited\\) bool\\(true\\)"
                        + " if \\{ sc_http_req_rate\\(0\\) gt "
                        + NUMBER
                        + " \\}",
                "http-request deny deny_status 429" + LIMITED,
                "http-after-response set-header Retry-After " + NUMBER + LIMITED,
                "http-request return status 503"
                        + PAGE
                        + "(?: if \\{ var\\(txn\\.options\\),field\\(2,/\\) -m str 2 \\})?",
                "user " + TEXT + " password '\\$[156]\\$[./0-9A-Za-z$=]{22,130}'",
                "http-request auth realm "
                        + TEXT
                        + "(?: unless \\{ (?:"
                        + Pattern.quote(BasicAuthentication.IN_LIST)
                        + "|http_auth\\("
                        + UserListName.SECTION
                        + UserListName.SHAPE
                        + "\\)) \\})?",
                "http-error status \\d{3}" + PAGE);
    }

    private static List<String> crossOrigin() {
        var header = "http-after-response set-header Access-Control-";
        return List.of(
                "http-request set-var\\(txn\\.origin\\) str\\(\\*\\)"
                        + " if \\{ req\\.fhdr\\(origin\\) -m found \\}",
                "acl origin req\\.fhdr\\(origin\\) -m str(?: " + CrossOrigin.ORIGIN + "){1,40}",
                "http-request set-var\\(txn\\.origin\\) req\\.fhdr\\(origin\\) if origin",
                "http-request set-var\\(txn\\.preflight\\) bool\\(true\\)"
                        + FROM_ALLOWED
                        + " \\{ method OPTIONS \\}"
                        + " \\{ req\\.fhdr\\(access-control-request-method\\) -m found \\}",
                "http-request return status 204" + PREFLIGHT,
                "http-after-response del-header access-control- -m beg",
                header + "Allow-Origin %\\[var\\(txn\\.origin\\)\\]" + FROM_ALLOWED,
                header + "Allow-Credentials true" + FROM_ALLOWED,
                header + "Expose-Headers " + NAMES + FROM_ALLOWED,
                header + "Allow-(?:Methods|Headers) " + NAMES + PREFLIGHT,
                header + "Max-Age \\d{1,5}" + PREFLIGHT);
    }

    private static List<String> changes() {
        var cut = "\\{ var\\(txn\\.strip\\) -m int " + NUMBER + " \\}";
        return List.of(
                "http-request set-var\\(txn\\.strip\\) int\\("
                        + NUMBER
                        + "\\) if \\{ path,concat\\(/\\) -m beg "
                        + PATH
                        + " \\}",
                "http-request set-path /%\\[path,bytes\\(" + NUMBER + "\\)\\] if " + cut,
                "http-request set-var\\(txn\\.(?:redirect|rewrite)\\) int\\("
                        + NUMBER
                        + "\\) if \\{ path -m len 1:"
                        + PathPattern.LONGEST_PATH
                        + " \\} \\{ path -m reg "
                        + PATTERN
                        + " \\}",
                "http-request set-pathq %\\[path\\] " + CHOSEN,
                "http-request replace-path " + PATTERN + " " + PATH_FORMAT + " " + CHOSEN,
                "http-request set-path (?:"
                        + BARE_FORMAT
                        + "%\\[path\\]|'"
                        + QUOTED_FORMAT
                        + "%\\[path\\]')",
                "http-(?:request|after-response) (?:set|add)-header " + HEADER + " " + FORMAT,
                "http-(?:request|after-response) del-header " + HEADER,
                "http-after-response set-header Strict-Transport-Security"
                        + " (?:max-age=\\d{1,9}|'max-age=\\d{1,9}; includeSubDomains(?:; preload)?')"
                        + " if "
                        + HTTPS,
                "compression algo gzip",
                "compression type(?: [a-z0-9.+-]{1,64}/[a-z0-9.+-]{1,64}){1,40}");
    }
}
