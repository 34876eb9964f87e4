package io.signalbox.registry.core.dialect;

import io.signalbox.haproxy.Compression;
import io.signalbox.haproxy.IllegalValue;
import io.signalbox.haproxy.Page;
import io.signalbox.haproxy.PathChanges;
import io.signalbox.haproxy.PathPattern;
import io.signalbox.haproxy.Redirects;
import io.signalbox.haproxy.StrictTransport;
import io.signalbox.schemas.HttpPolicy;
import io.signalbox.schemas.HttpPolicy.HostRedirect;
import io.signalbox.schemas.HttpPolicy.Hsts;
import io.signalbox.schemas.HttpPolicy.Maintenance;
import io.signalbox.schemas.HttpPolicy.PathRedirect;
import io.signalbox.schemas.HttpPolicy.PathRewrite;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads what is to be done to the requests and responses of a container's services. A bad value is
 * reported and takes itself alone, but where it protects: see {@link GuardLabels}; a bad {@code
 * redirect.https} sends plain requests to TLS all the same, a bad {@code maintenance} shows the
 * standard text.
 */
final class HttpLabels {
    /** Permanent, and unlike 301 it keeps method and body. */
    private static final int STANDARD_STATUS = 308;

    private static final Pattern STATUS = Pattern.compile("[0-9]{3}");
    private static final Pattern MAX_AGE = Pattern.compile("max-age=\"?([0-9]{1,12})\"?");

    private final LabelReader labels;

    HttpLabels(LabelReader labels) {
        this.labels = labels;
    }

    HttpPolicy policy() {
        GuardLabels guards = new GuardLabels(labels);
        HeaderLabels headers = new HeaderLabels(labels);
        return new HttpPolicy(
                headers.headers(),
                path(),
                new HttpPolicy.Redirects(https(), hostRedirects(), pathRedirects()),
                labels.said(HttpKeys.HSTS, "bad-hsts", HttpLabels::hsts),
                compression(),
                guards.auth(),
                guards.access(),
                guards.rate(),
                new CorsLabels(labels).cors(),
                maintenance(),
                headers.errorPages(),
                guards.clientCertificate());
    }

    private HttpPolicy.PathRules path() {
        String prefix = labels.said(HttpKeys.PATH_PREFIX, "bad-path", HttpLabels::prefix);
        return new HttpPolicy.PathRules(
                labels.truth(HttpKeys.PATH_STRIP),
                labels.numbered(HttpKeys.PATH_REWRITE, "bad-rewrite", HttpLabels::rewrite),
                prefix == null ? "" : prefix);
    }

    private static String prefix(String text) {
        String path = text.length() > 1 && text.endsWith("/") ? cut(text) : text;
        if (path.isEmpty()) {
            throw new IllegalValue("path prefix", "must begin with a slash", text);
        }
        return path.equals("/") ? "" : new PathChanges(List.of(), List.of(), path).prefix();
    }

    private static String cut(String text) {
        return text.substring(0, text.length() - 1);
    }

    private static PathRewrite rewrite(String text) {
        List<String> words = words(text);
        if (words.size() != 2) {
            throw new IllegalValue(
                    "rewrite", "must be a regular expression, a space and a replacement", text);
        }
        PathChanges.Rewrite rewrite =
                new PathChanges.Rewrite(pattern(words.getFirst()), words.getLast());
        return new PathRewrite(rewrite.pattern().text(), rewrite.replacement());
    }

    /** A pattern of paths; one that begins with a slash is meant from the path's beginning. */
    private static PathPattern pattern(String text) {
        return new PathPattern(text.startsWith("/") ? "^" + text : text);
    }

    private @Nullable Integer https() {
        if (!labels.has(HttpKeys.REDIRECT_HTTPS)) {
            return null;
        }
        Integer status =
                labels.said(HttpKeys.REDIRECT_HTTPS, "bad-redirect", HttpLabels::httpsStatus);
        if (status == null) {
            return STANDARD_STATUS;
        }
        return status == 0 ? null : status;
    }

    /** Zero for none. */
    private static int httpsStatus(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "true" -> STANDARD_STATUS;
            case "false" -> 0;
            default -> {
                if (!STATUS.matcher(text).matches()) {
                    throw new IllegalValue(
                            "redirect to https",
                            "must be true, false, 301, 302, 303, 307 or 308; it is taken for true",
                            text);
                }
                yield Redirects.checkedStatus(Integer.parseInt(text));
            }
        };
    }

    private List<HostRedirect> hostRedirects() {
        return labels.list(HttpKeys.REDIRECT_HOST, "bad-redirect", HttpLabels::hostRedirect);
    }

    private static HostRedirect hostRedirect(String text) {
        List<String> words = words(text.toLowerCase(Locale.ROOT));
        boolean hasStatus = words.size() > 1 && STATUS.matcher(words.getLast()).matches();
        int hosts = words.size() - (hasStatus ? 1 : 0);
        if (words.contains("") || hosts > 2) {
            throw new IllegalValue("redirect of hosts", "must be '[<from>] <to> [<status>]'", text);
        }
        Redirects.ToHost redirect =
                new Redirects.ToHost(
                        hosts == 2 ? words.getFirst() : "",
                        words.get(hosts - 1),
                        hasStatus ? Integer.parseInt(words.getLast()) : STANDARD_STATUS);
        return new HostRedirect(redirect.from(), redirect.to(), redirect.status());
    }

    private List<PathRedirect> pathRedirects() {
        return labels.numbered(HttpKeys.REDIRECT_PATH, "bad-redirect", HttpLabels::pathRedirect);
    }

    private static PathRedirect pathRedirect(String text) {
        List<String> words = words(text);
        boolean hasStatus = words.size() == 3 && STATUS.matcher(words.getLast()).matches();
        if (words.size() != (hasStatus ? 3 : 2)) {
            throw new IllegalValue(
                    "redirect of paths",
                    "must be '<regular expression> <target> [<status>]'",
                    text);
        }
        Redirects.ToPath redirect =
                new Redirects.ToPath(
                        pattern(words.getFirst()),
                        words.get(1),
                        hasStatus ? Integer.parseInt(words.getLast()) : STANDARD_STATUS);
        return new PathRedirect(redirect.pattern().text(), redirect.to(), redirect.status());
    }

    private static Hsts hsts(String text) {
        Duration maxAge = null;
        boolean subdomains = false;
        boolean preload = false;
        for (String part : text.split(";", -1)) {
            String word = Values.trimmed(part).toLowerCase(Locale.ROOT);
            Matcher matcher = MAX_AGE.matcher(word);
            if (matcher.matches() && maxAge == null) {
                maxAge = Duration.ofSeconds(Long.parseLong(matcher.group(1)));
            } else if (word.equals("includesubdomains")) {
                subdomains = true;
            } else if (word.equals("preload")) {
                preload = true;
            } else {
                maxAge = null;
                break;
            }
        }
        if (maxAge == null) {
            throw new IllegalValue(
                    "Strict-Transport-Security",
                    "must be max-age=<seconds>, with '; includeSubDomains' and '; preload' if"
                            + " wanted",
                    text);
        }
        StrictTransport transport = new StrictTransport(maxAge, subdomains, preload);
        return new Hsts(transport.maxAge(), transport.subdomains(), transport.preload());
    }

    private HttpPolicy.@Nullable Compression compression() {
        String value = labels.own().get(HttpKeys.COMPRESS);
        if (value == null) {
            return null;
        }
        String word = Values.trimmed(value).toLowerCase(Locale.ROOT);
        if (word.equals("true") || word.equals("false")) {
            return word.equals("true") ? new HttpPolicy.Compression(List.of()) : null;
        }
        List<String> types = labels.list(HttpKeys.COMPRESS, "bad-compress", HttpLabels::mediaType);
        List<String> some = types.size() > 40 ? types.subList(0, 40) : types;
        if (some.size() < types.size()) {
            labels.reject(HttpKeys.COMPRESS, "", "too-many", "a list has at most 40 media types");
        }
        return some.isEmpty() ? null : new HttpPolicy.Compression(some);
    }

    private static String mediaType(String text) {
        return new Compression(List.of(text.toLowerCase(Locale.ROOT))).types().getFirst();
    }

    /** A text that cannot be shown still says that the service is not to be used. */
    private @Nullable Maintenance maintenance() {
        String value = labels.own().get(HttpKeys.MAINTENANCE);
        if (value == null || Values.trimmed(value).equalsIgnoreCase("false")) {
            return null;
        }
        if (Values.trimmed(value).equalsIgnoreCase("true")) {
            return new Maintenance("");
        }
        Maintenance said =
                labels.said(
                        HttpKeys.MAINTENANCE,
                        "bad-maintenance",
                        text -> new Maintenance(new Page(text).text()));
        return said != null || Values.trimmed(value).isEmpty() ? said : new Maintenance("");
    }

    /** What stands between spaces. */
    private static List<String> words(String text) {
        return Arrays.asList(text.split(" +", -1));
    }
}
