package io.signalbox.haproxy;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.regex.Pattern;

/** An IPv4 or IPv6 literal in HAProxy's notation; never a host name, never resolved. */
record IpAddress(InetAddress literal) {

    private static final String RULE = "must be an IPv4 or IPv6 address";

    private static final Pattern ZERO_GROUPS = Pattern.compile("(?:^0|:0)(?::0)+(?::|$)");

    static IpAddress of(String subject, String text) {
        if (text.isEmpty() || !text.chars().allMatch(IpAddress::isLegal)) {
            throw new IllegalValue(subject, RULE, text);
        }
        try {
            return new IpAddress(InetAddress.ofLiteral(text));
        } catch (IllegalArgumentException e) {
            throw new IllegalValue(subject, RULE, text);
        }
    }

    /** Zones, brackets and names are not among them. */
    private static boolean isLegal(int c) {
        return (c >= '0' && c <= '9')
                || (c >= 'a' && c <= 'f')
                || (c >= 'A' && c <= 'F')
                || c == '.'
                || c == ':';
    }

    boolean isIpv6() {
        return literal instanceof Inet6Address;
    }

    /** As RFC 5952 wants it: the longest run of zero groups shortened. */
    String text() {
        var text = literal.getHostAddress();
        if (!isIpv6()) {
            return text;
        }
        var longest = "";
        for (var run = ZERO_GROUPS.matcher(text); run.find(); ) {
            longest = run.group().length() > longest.length() ? run.group() : longest;
        }
        return longest.isEmpty() ? text : shortened(text, longest);
    }

    private static String shortened(String text, String zeros) {
        var at = text.indexOf(zeros);
        return text.substring(0, at) + "::" + text.substring(at + zeros.length());
    }

    String withPort(int port) {
        return isIpv6() ? "[" + text() + "]:" + port : text() + ":" + port;
    }

    static int checkedPort(String subject, int port) {
        if (port < 1 || port > 65_535) {
            throw new IllegalValue(subject, "must be 1 to 65535", Integer.toString(port));
        }
        return port;
    }
}
