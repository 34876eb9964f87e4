package io.signalbox.haproxy;

/**
 * The key of one route in the map {@code routes}: host, path, and a slash behind it, so that the
 * longest beginning of a request's own key is the most specific route by whole segments.
 *
 * <p>{@code example.com/api/} leads {@code /api} and {@code /api/x} here, not {@code /apix}. Routes
 * for all below a host have {@code example.com*} as host and are looked up where none for the host
 * itself fits; those for any host have {@code *} and come last.
 *
 * @param host lower case, without port and trailing dot; with {@code *.} before it all below it;
 *     empty for any host
 * @param path by whole segments, beginning with a slash, without one at the end ({@code /} aside)
 */
public record RouteKey(String host, String path) implements Comparable<RouteKey> {

    /** Stands for any host in the map. */
    static final String ANY_HOST = "*";

    /** What a host begins with that stands for all below it. */
    private static final String BELOW = "*.";

    /** How many labels deep below a host requests are looked for. */
    static final int DEEPEST = 6;

    private static final int MAX_HOST_LENGTH = 253;
    private static final int MAX_PATH_LENGTH = 1024;
    private static final String HOST_RULE =
            "must be at most "
                    + MAX_HOST_LENGTH
                    + " of the characters a-z 0-9 _ . - without a dot at the end, with or without"
                    + " *. before it, or an IPv6 address in brackets";
    private static final String PATH_RULE =
            "must begin with a slash, not end with one, be at most "
                    + MAX_PATH_LENGTH
                    + " long, of the characters A-Z a-z 0-9 / - . _ ~ ! $ & ' ( ) * + , = : @ and"
                    + " %XX only";

    public RouteKey {
        if (!isHost(host)) {
            throw new IllegalValue("host", HOST_RULE, host);
        }
        if (!isPath(path)) {
            throw new IllegalValue("path", PATH_RULE, path);
        }
    }

    /** Whether it stands for all below a host. */
    boolean isBelow() {
        return host.startsWith(BELOW);
    }

    /** The key as it stands in the map; all below a host have an asterisk behind the host. */
    public String text() {
        var mapHost = host.isEmpty() ? ANY_HOST : host;
        if (isBelow()) {
            mapHost = host.substring(BELOW.length()) + ANY_HOST;
        }
        return path.equals("/") ? mapHost + "/" : mapHost + path + "/";
    }

    private static boolean isHost(String host) {
        if (host.startsWith("[")) {
            return isIpv6(host);
        }
        if (host.startsWith(BELOW)) {
            return host.length() > BELOW.length() && isName(host.substring(BELOW.length()));
        }
        return isName(host);
    }

    private static boolean isName(String host) {
        return host.length() <= MAX_HOST_LENGTH
                && !host.endsWith(".")
                && host.chars().allMatch(RouteKey::isHostCharacter);
    }

    private static boolean isIpv6(String host) {
        if (!host.endsWith("]") || !host.equals(host.toLowerCase(java.util.Locale.ROOT))) {
            return false;
        }
        try {
            return IpAddress.of("host", host.substring(1, host.length() - 1)).isIpv6();
        } catch (IllegalValue e) {
            return false;
        }
    }

    private static boolean isHostCharacter(int c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || "_.-".indexOf(c) >= 0;
    }

    private static boolean isPath(String path) {
        if (!path.startsWith("/") || path.length() > MAX_PATH_LENGTH) {
            return false;
        }
        if (path.length() > 1 && path.endsWith("/")) {
            return false;
        }
        for (var i = 0; i < path.length(); i++) {
            if (path.charAt(i) == '%' ? !isEncoded(path, i) : !isPathCharacter(path.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isEncoded(String path, int at) {
        return at + 2 < path.length()
                && Character.digit(path.charAt(at + 1), 16) >= 0
                && Character.digit(path.charAt(at + 2), 16) >= 0
                && path.charAt(at + 1) < 0x7f
                && path.charAt(at + 2) < 0x7f;
    }

    private static boolean isPathCharacter(int c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || "/-._~!$&'()*+,=:@".indexOf(c) >= 0;
    }

    @Override
    public int compareTo(RouteKey other) {
        return text().compareTo(other.text());
    }

    @Override
    public String toString() {
        return text();
    }
}
