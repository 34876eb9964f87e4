package io.signalbox.bench.fuzz;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a configuration may consist of, whatever containers say: these sections, these directives,
 * and these sources of values. Written from HAProxy's manual, without the applier's own list.
 */
final class Directives {
    private static final Pattern SECTION =
            Pattern.compile(
                    "global|defaults (?:signalbox|services)|frontend in_(?:http|internal|postgres)"
                            + "|backend unavailable"
                            + "|backend service_[A-Za-z0-9_.-]{1,110}|userlist (users:)?[A-Za-z0-9_.-]{1,128}");

    /** First words, and for some of them the second, by the kind of section. */
    private static final Map<String, Set<String>> KNOWN =
            Map.of(
                    "global",
                    Set.of("stats socket", "mworker-max-reloads", "hard-stop-after", "log stdout"),
                    "defaults",
                    Set.of(
                            "mode http",
                            "option dontlognull",
                            "option redispatch",
                            "retries",
                            "retry-on",
                            "timeout",
                            "http-error status"),
                    "defaults services",
                    Set.of(
                            "mode http",
                            "option dontlognull",
                            "option redispatch",
                            "retries",
                            "retry-on",
                            "timeout",
                            "http-error status",
                            "http-request set-var",
                            "http-request deny",
                            "http-request redirect",
                            "http-request set-timeout",
                            "http-request return",
                            "http-after-response set-header"),
                    "frontend",
                    Set.of(
                            "bind",
                            "option idle-close-on-response",
                            "mode tcp",
                            "tcp-request inspect-delay",
                            "tcp-request content",
                            "log global",
                            "log-format",
                            "http-request set-var",
                            "http-request return",
                            "http-request disable-l7-retry",
                            "http-request add-header",
                            "http-request del-header",
                            "http-request set-header",
                            "http-response add-header",
                            "use_backend",
                            "default_backend"),
                    "backend",
                    Set.of(
                            "balance",
                            "hash-type",
                            "timeout queue",
                            "timeout tunnel",
                            "retries",
                            "cookie",
                            "dynamic-cookie-key",
                            "option httpchk",
                            "http-check send",
                            "http-check expect",
                            "mode tcp",
                            "tcp-request content",
                            "acl allowed",
                            "acl denied",
                            "acl origin",
                            "stick-table",
                            "compression algo",
                            "compression type",
                            "http-error status",
                            "http-request add-header",
                            "http-request auth",
                            "http-request del-header",
                            "http-request deny",
                            "http-request redirect",
                            "http-request replace-path",
                            "http-request return",
                            "http-request set-header",
                            "http-request set-path",
                            "http-request set-pathq",
                            "http-request set-var",
                            "http-request track-sc0",
                            "http-after-response add-header",
                            "http-after-response del-header",
                            "http-after-response set-header",
                            "server"),
                    "userlist",
                    Set.of("user"));

    /** Where values of expressions may come from; not the environment, files, Lua, or commands. */
    private static final Set<String> SOURCES =
            Set.of("src", "var", "path", "pathq", "req.fhdr", "str", "method", "ssl_fc", "rand");

    /** What makes HAProxy read files, or expand what it would send as it is. */
    private static final Set<String> READING =
            Set.of("file", "lf-file", "lf-string", "errorfile", "errorfiles", "-f", "lf-hdr");

    /** Behind these stands one word that is sent as it is, or a regular expression. */
    private static final Set<String> LITERAL =
            Set.of("string", "realm", "reg", "replace-path", "user");

    private static final Pattern EXPRESSION = Pattern.compile("%\\[([a-z0-9_.]+)");

    /** A condition of a route, as a list of its own; two dashes end what could be a flag. */
    private static final Pattern RULE =
            Pattern.compile(
                    "^acl rule\\.\\d+\\.\\d+ (var\\(txn\\.(host|path)\\)(,concat\\(/\\))?|path(,concat\\(/\\))?"
                            + "|method|query|src|req\\.fhdr\\([a-z0-9_-]+\\)"
                            + "|url_param\\([A-Za-z0-9_.-]+\\)) -m (str|beg|end|sub|reg|ip) -- "
                            + "|^acl rule\\.\\d+\\.\\d+ (var\\(txn\\.https\\) -m bool|var\\(txn\\.host\\) -m sub /"
                            + "|(req\\.fhdr|url_param)\\([A-Za-z0-9_.-]+\\) -m found"
                            + "|req\\.hdr\\(upgrade\\) -m str -i websocket)$");

    private static final Pattern SERVER =
            Pattern.compile(
                    "server [A-Za-z0-9_.:-]+ 172\\.17\\.0\\.2:\\d{1,5} id \\d+ weight \\d{1,3}"
                            + "( check inter \\d+(ms|s|m) fall \\d+ rise \\d+)?"
                            + "( maxconn \\d+)?( maxqueue \\d+)?( slowstart \\d+(ms|s|m))?"
                            + "( observe layer7 on-error mark-down error-limit \\d+)?"
                            + "( proto h2| ssl verify none( alpn h2 check-alpn h2)?)?"
                            + "( send-proxy(-v2)?)?( backup)?"
                            + "( cookie [A-Za-z0-9_.-]{1,64})?"
                            + " pool-max-conn -1 pool-purge-delay 1s( disabled)?");

    /** What is done with a connection, in the entry point and in the backend of a service. */
    private static final Pattern OF_CONNECTION =
            Pattern.compile(
                    "tcp-request (inspect-delay 5s|content (reject"
                            + "( (unless allowed|if denied"
                            + "|unless \\{ ssl_c_used \\} \\{ ssl_c_verify 0 \\}|unless \\{ var\\(txn\\.backend\\) -m found \\}"
                            + "|if \\{ sc_conn_rate\\(0\\) gt \\d+ \\}))?"
                            + "|track-sc0 src,ipmask\\(32,64\\)"
                            + "|set-var\\(txn\\.(host|service|below|backend)\\) [^ ]+"
                            + "( (if|unless) \\{ (req\\.ssl_sni|var\\(txn\\.service\\)) -m found \\})?))");

    private Directives() {}

    /** What is wrong with a configuration file; empty where nothing is. */
    static Optional<String> problem(String haproxyCfg) {
        Set<String> known = Set.of();
        for (String line : haproxyCfg.split("\n", -1)) {
            if (line.isEmpty() || line.startsWith("# Signalbox: epoch ")) {
                continue;
            }
            if (!line.startsWith("    ")) {
                if (!SECTION.matcher(line).matches()) {
                    return Optional.of("section " + line);
                }
                known =
                        KNOWN.getOrDefault(
                                line, KNOWN.getOrDefault(line.split(" ", 2)[0], Set.of()));
            } else if (!isKnown(line.strip(), known)) {
                return Optional.of("line " + line.strip());
            }
        }
        return Optional.empty();
    }

    private static boolean isKnown(String line, Set<String> known) {
        List<String> words = Words.of(line);
        String first = words.getFirst();
        String second = words.size() < 2 ? "" : words.get(1).split("\\(", 2)[0];
        boolean ofRule = known.contains("bind") && RULE.matcher(line).find();
        if (!ofRule && !known.contains(first) && !known.contains(first + " " + second)) {
            return false;
        }
        if (first.equals("server")) {
            return SERVER.matcher(line).matches();
        }
        if (first.equals("tcp-request")) {
            return OF_CONNECTION.matcher(line).matches();
        }
        if (first.equals("log-format")) {
            return true;
        }
        if (words.stream().anyMatch(READING::contains)) {
            return false;
        }
        if (ofRule) {
            return true;
        }
        Matcher expression = EXPRESSION.matcher(expanded(words).replace("%%", ""));
        while (expression.find()) {
            if (!SOURCES.contains(expression.group(1))) {
                return false;
            }
        }
        return true;
    }

    /** The words in which HAProxy looks for expressions. */
    private static String expanded(List<String> words) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < words.size(); i++) {
            if (i == 0 || !LITERAL.contains(words.get(i - 1))) {
                text.append(words.get(i)).append(' ');
            }
        }
        return text.toString();
    }
}
