package io.signalbox.watcher.core.lists;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a server is.
 *
 * @param address an IP address in its usual form
 * @param port 1 to 65535
 */
public record Place(String address, int port) {
    private static final int HIGHEST_PORT = 65_535;
    private static final Pattern V4 =
            Pattern.compile("((?:[0-9]{1,3}\\.){3}[0-9]{1,3})(?::([0-9]{1,5}))?");
    private static final Pattern V6 = Pattern.compile("\\[([0-9A-Fa-f:.]+)](?::([0-9]{1,5}))?");
    private static final Pattern BARE_V6 = Pattern.compile("([0-9A-Fa-f.]*:[0-9A-Fa-f:.]*)()");

    /** Two groups of zeros or more, with the colons on both sides. */
    private static final Pattern ZEROS = Pattern.compile("(^|:)0(:0)+(:|$)");

    /** What {@link #parse} understands, for people. */
    public static final String RULE =
            "must be an IP address, or one with a port, as in 192.0.2.1:8080 or [2001:db8::1]:8080";

    /**
     * Reads {@code address} or {@code address:port}.
     *
     * @param standard the port where the text has none; 0 if it needs one
     * @return empty for anything else; host names are none of these
     */
    public static Optional<Place> parse(String text, int standard) {
        for (Pattern form : new Pattern[] {V4, V6, BARE_V6}) {
            Matcher matcher = form.matcher(text);
            if (matcher.matches()) {
                String port = matcher.group(2);
                return of(
                        matcher.group(1),
                        port == null || port.isEmpty() ? standard : Integer.parseInt(port));
            }
        }
        return Optional.empty();
    }

    private static Optional<Place> of(String address, int port) {
        try {
            InetAddress literal = InetAddress.ofLiteral(address);
            return port < 1 || port > HIGHEST_PORT || !serves(literal)
                    ? Optional.empty()
                    : Optional.of(new Place(text(literal), port));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** An address in its usual form (RFC 5952). */
    static String text(InetAddress address) {
        String full = address.getHostAddress();
        if (!(address instanceof Inet6Address)) {
            return full;
        }
        Matcher zeros = ZEROS.matcher(full);
        int begin = 0;
        int end = 0;
        while (zeros.find()) {
            if (zeros.end() - zeros.start() > end - begin) {
                begin = zeros.start();
                end = zeros.end();
            }
        }
        return end == 0 ? full : full.substring(0, begin) + "::" + full.substring(end);
    }

    /** Whether anything may be reached under such an address. */
    static boolean serves(InetAddress address) {
        return !address.isAnyLocalAddress()
                && !address.isMulticastAddress()
                && !(address instanceof Inet6Address && address.isLinkLocalAddress());
    }

    @Override
    public String toString() {
        return (address.contains(":") ? "[" + address + "]" : address) + ":" + port;
    }
}
