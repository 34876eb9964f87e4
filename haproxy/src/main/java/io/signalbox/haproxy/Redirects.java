package io.signalbox.haproxy;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Requests that are answered with another address, in this order: to TLS, to another host, to
 * another path. Each such answer ends the request before anything else is asked of it.
 *
 * @param https the status with which plain requests are sent to TLS on the same host; null for
 *     never
 */
public record Redirects(@Nullable Integer https, List<ToHost> hosts, List<ToPath> paths) {

    /** None. */
    public static final Redirects NONE = new Redirects(null, List.of(), List.of());

    /** A host as it stands in an address, with a port where that is not the usual one. */
    static final String HOST = "[a-z0-9](?:[a-z0-9._-]{0,251}[a-z0-9])?(?::[1-9]\\d{0,4})?";

    private static final Pattern A_HOST = Pattern.compile(HOST);
    private static final Set<Integer> STATUSES = Set.of(301, 302, 303, 307, 308);
    private static final int MOST = 100;
    private static final String SAID_HOST = "req.fhdr(host),host_only,lower,rtrim(.)";
    private static final String REDIRECT = "txn.redirect";
    private static final Pattern TARGET = Pattern.compile("(https?://" + HOST + ")?(/.*)");

    public Redirects {
        if (https != null) {
            checkedStatus(https);
        }
        FrameSettings.checkRange("number of host redirects", hosts.size(), 0, MOST);
        FrameSettings.checkRange("number of path redirects", paths.size(), 0, MOST);
        hosts = List.copyOf(hosts);
        paths = List.copyOf(paths);
    }

    /**
     * From one host to another; scheme, path and query stay.
     *
     * @param from empty for every host but {@code to}
     * @param to with a port where that is not the scheme's
     */
    public record ToHost(String from, String to, int status) {
        public ToHost {
            if (!from.isEmpty()) {
                checkedHost(from);
                if (from.indexOf(':') >= 0) {
                    throw new IllegalValue("redirected host", "must have no port", from);
                }
            }
            checkedHost(to);
            if (from.equals(withoutPort(to))) {
                throw new IllegalValue("redirected host", "must not lead to itself", from);
            }
            checkedStatus(status);
        }
    }

    /**
     * From paths that fit to another address; the query stays, unless that brings one of its own.
     *
     * @param to a path, or {@code https://} or {@code http://}, a host and a path; {@code \1} to
     *     {@code \9} stand for groups
     */
    public record ToPath(PathPattern pattern, String to, int status) {
        public ToPath {
            checkedStatus(status);
            if (!TARGET.matcher(to).matches()) {
                throw new IllegalValue(
                        "target of a redirect",
                        "must be a path, or http:// or https:// with a host and a path",
                        to);
            }
            PathChanges.checkedReplacement(pattern, path(to));
        }
    }

    /** The status, if a redirect may have it. */
    public static int checkedStatus(int status) {
        if (!STATUSES.contains(status)) {
            throw new IllegalValue(
                    "status of a redirect",
                    "must be 301, 302, 303, 307 or 308",
                    Integer.toString(status));
        }
        return status;
    }

    private static void checkedHost(String host) {
        PrintableText.matching(
                "host of a redirect",
                host,
                A_HOST,
                "must be a host name in lower case, with a port where that is not the usual one");
    }

    /** Whether they ask how a request came. */
    boolean needTls() {
        return https != null || !hosts.isEmpty();
    }

    void write(ConfigWriter text) {
        if (https != null) {
            // Without a host there is no address to send the client to.
            text.line("http-request deny deny_status 400")
                    .words("unless " + ThroughTls.CONDITION + " or { req.fhdr(host) -m found }")
                    .line(
                            "http-request redirect location https://%[req.fhdr(host),host_only]%[pathq]")
                    .words("code " + https + " unless " + ThroughTls.CONDITION)
                    .words("or { path_beg " + EntryText.ACME + " }");
        }
        hosts.forEach(redirect -> write(text, redirect));
        for (var i = 1; i <= paths.size(); i++) {
            write(text, paths.get(i - 1), i);
        }
    }

    private static void write(ConfigWriter text, ToHost redirect) {
        text.line(
                        "http-request redirect location "
                                + ThroughTls.SCHEME
                                + "://"
                                + redirect.to()
                                + "%[pathq]")
                .words("code " + redirect.status())
                .words(
                        redirect.from().isEmpty()
                                ? "unless { " + SAID_HOST + " -m str " + withoutPort(redirect.to())
                                : "if { " + SAID_HOST + " -m str " + redirect.from())
                .words("}");
    }

    private static void write(ConfigWriter text, ToPath redirect, int number) {
        var isChosen = PathChanges.isChosen(REDIRECT, number);
        var to = redirect.to();
        text.line("http-request set-var(" + REDIRECT + ") int(" + number + ") if");
        redirect.pattern().condition(text);
        PathChanges.replace(text, redirect.pattern(), path(to), isChosen);
        if (to.startsWith("/")) {
            // Two slashes would make a host of what follows, chosen by whoever made the link.
            text.line("http-request replace-path")
                    .value("^/[/\\\\]+(.*)$")
                    .value("/\\1")
                    .words(isChosen);
        }
        text.line("http-request redirect location")
                .value(to.substring(0, to.length() - path(to).length()) + "%[pathq]")
                .words("code " + redirect.status() + " " + isChosen);
    }

    private static String path(String target) {
        var matcher = TARGET.matcher(target);
        return matcher.matches() ? matcher.group(2) : target;
    }

    private static String withoutPort(String host) {
        var colon = host.indexOf(':');
        return colon < 0 ? host : host.substring(0, colon);
    }
}
