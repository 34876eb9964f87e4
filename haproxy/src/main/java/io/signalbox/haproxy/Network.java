package io.signalbox.haproxy;

import java.io.IOException;
import java.net.InetAddress;
import java.util.regex.Pattern;

/**
 * A network in CIDR notation; one address is one of its own.
 *
 * @param text in its normal form, the prefix always given: {@code 10.0.0.0/8}, {@code
 *     2001:db8::/32}
 */
public record Network(String text) {

    /** As it stands in a line. */
    static final String SHAPE = "[0-9a-f:.]{2,39}/\\d{1,3}";

    /** All four numbers: with fewer it is read in more than one way. */
    private static final Pattern IPV4 =
            Pattern.compile("(?:(?:0|[1-9]\\d{0,2})\\.){3}(?:0|[1-9]\\d{0,2})(?:/|$)");

    private static final Pattern LENGTH = Pattern.compile("0|[1-9]\\d{0,2}");

    private static final String RULE =
            "must be an IPv4 or IPv6 address, with /n where it is a network of n bits";

    /**
     * Reads one that says its network alone.
     *
     * @throws IllegalValue also if a bit is set behind the prefix: it could be meant as an address
     *     or as a network, and the wider one is no guess of ours
     */
    public Network {
        var read = Bits.of(text);
        var masked = read.masked();
        if (!read.address().equals(masked.address())) {
            throw new IllegalValue("network", "must have no bit set behind its prefix", text);
        }
        text = masked.text();
    }

    private record Bits(IpAddress address, int bits) {
        static Bits of(String text) {
            var slash = text.indexOf('/');
            var address = address(text, slash < 0 ? text : text.substring(0, slash));
            var isWhole = address.isIpv6() || IPV4.matcher(text).lookingAt();
            if (!isWhole || address.isIpv6() != text.indexOf(':') >= 0) {
                throw new IllegalValue("network", RULE, text);
            }
            var most = address.isIpv6() ? 128 : 32;
            return new Bits(address, slash < 0 ? most : length(text, slash + 1, most));
        }

        private static IpAddress address(String text, String said) {
            try {
                return IpAddress.of("network", said);
            } catch (IllegalValue e) {
                throw new IllegalValue("network", RULE, text);
            }
        }

        private static int length(String text, int from, int most) {
            var said = text.substring(from);
            if (!LENGTH.matcher(said).matches() || Integer.parseInt(said) > most) {
                throw new IllegalValue("network", RULE, text);
            }
            return Integer.parseInt(said);
        }

        Bits masked() {
            var bytes = address.literal().getAddress();
            for (var i = 0; i < bytes.length; i++) {
                var kept = Math.clamp(bits - 8L * i, 0, 8);
                bytes[i] &= (byte) (0xff << (8 - kept));
            }
            try {
                return new Bits(new IpAddress(InetAddress.getByAddress(bytes)), bits);
            } catch (IOException e) {
                throw new IllegalStateException("an address keeps its length", e);
            }
        }

        String text() {
            return address.text() + "/" + bits;
        }
    }

    /**
     * Reads an address or a network as HAProxy does: bits behind the prefix are taken for zero.
     *
     * @throws IllegalValue for anything else
     */
    public static Network parse(String text) {
        return new Network(Bits.of(text).masked().text());
    }

    /**
     * Whether an address lies in it; one of the other family never does.
     *
     * @throws IllegalValue if it is no IPv4 or IPv6 address
     */
    public boolean contains(String literal) {
        var own = Bits.of(text);
        var address = IpAddress.of("address", literal);
        return own.address().isIpv6() == address.isIpv6()
                && new Bits(address, own.bits()).masked().address().equals(own.address());
    }

    @Override
    public String toString() {
        return text;
    }
}
