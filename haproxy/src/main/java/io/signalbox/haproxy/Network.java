package io.signalbox.haproxy;

import java.io.IOException;
import java.net.InetAddress;
import java.util.regex.Pattern;

/**
 * A network of client addresses.
 *
 * @param text in CIDR notation, in its normal form: {@code 10.0.0.0/8}, {@code 2001:db8::/32}
 */
public record Network(String text) {

    /** As it stands in a line. */
    static final String SHAPE = "[0-9a-f:.]{2,39}/\\d{1,3}";

    /** All four numbers: with fewer it is read in more than one way. */
    private static final Pattern IPV4 =
            Pattern.compile("(?:(?:0|[1-9]\\d{0,2})\\.){3}(?:0|[1-9]\\d{0,2})(?:/|$)");

    private static final String RULE =
            "must be an IPv4 or IPv6 address, with /n where it is a network of n bits";

    public Network {
        if (!text.equals(of(text).text())) {
            throw new IllegalValue("network", "must be in its normal form", text);
        }
    }

    private record Bits(IpAddress address, int bits) {
        String text() {
            return address.text() + "/" + bits;
        }
    }

    /**
     * Reads an address or a network; bits behind the network's own are taken for zero.
     *
     * @throws IllegalValue for anything else
     */
    public static Network parse(String text) {
        return new Network(of(text).text());
    }

    private static Bits of(String text) {
        var slash = text.indexOf('/');
        var address = IpAddress.of("network", slash < 0 ? text : text.substring(0, slash));
        var isWhole = address.isIpv6() || IPV4.matcher(text).lookingAt();
        if (!isWhole || address.isIpv6() != text.indexOf(':') >= 0) {
            throw new IllegalValue("network", RULE, text);
        }
        var most = address.isIpv6() ? 128 : 32;
        var bits = slash < 0 ? most : bits(text, text.substring(slash + 1), most);
        return new Bits(masked(address, bits), bits);
    }

    private static int bits(String text, String said, int most) {
        if (!said.matches("\\d{1,3}") || Integer.parseInt(said) > most) {
            throw new IllegalValue("network", RULE, text);
        }
        return Integer.parseInt(said);
    }

    private static IpAddress masked(IpAddress address, int bits) {
        var bytes = address.literal().getAddress();
        for (var i = 0; i < bytes.length; i++) {
            var kept = Math.clamp(bits - 8L * i, 0, 8);
            bytes[i] &= (byte) (0xff << (8 - kept));
        }
        try {
            return new IpAddress(InetAddress.getByAddress(bytes));
        } catch (IOException e) {
            throw new IllegalStateException("an address keeps its length", e);
        }
    }
}
