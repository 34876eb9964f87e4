package io.signalbox.haproxy;

/**
 * Addresses of clients: one, or all that begin so.
 *
 * @param value an IPv4 or IPv6 address, with or without the length of its network part behind a
 *     slash
 */
public record SourceRange(String value) {
    private static final String RULE =
            "must be an IP address, with or without / and the length of its network part";

    public SourceRange {
        var slash = value.indexOf('/');
        var address = IpAddress.of("source", slash < 0 ? value : value.substring(0, slash));
        if (slash >= 0 && !isLength(value.substring(slash + 1), address.isIpv6() ? 128 : 32)) {
            throw new IllegalValue("source", RULE, value);
        }
    }

    private static boolean isLength(String text, int most) {
        return text.matches("0|[1-9][0-9]{0,2}") && Integer.parseInt(text) <= most;
    }
}
