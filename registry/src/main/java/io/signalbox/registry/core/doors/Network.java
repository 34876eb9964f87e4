package io.signalbox.registry.core.doors;

import io.signalbox.haproxy.IllegalValue;
import java.net.InetAddress;
import java.util.Arrays;

/**
 * A network whose members may come in.
 *
 * @param text in CIDR notation and its normal form, as {@code 10.0.0.0/8}
 */
public record Network(String text) {

    /**
     * Reads one; an address alone is a network of its own.
     *
     * @throws IllegalValue for anything else, and if a bit is set behind the prefix
     */
    public static Network of(String text) {
        return new Network(new io.signalbox.haproxy.Network(text).text());
    }

    /** Whether an IP address lies in it; what is none lies in none. */
    public boolean contains(String address) {
        int slash = text.indexOf('/');
        byte[] own = bytes(text.substring(0, slash));
        byte[] other = bytes(address);
        return own.length > 0
                && own.length == other.length
                && sameBits(own, other, Integer.parseInt(text.substring(slash + 1)));
    }

    private static boolean sameBits(byte[] one, byte[] other, int bits) {
        int whole = bits / 8;
        int rest = bits % 8;
        if (!Arrays.equals(one, 0, whole, other, 0, whole)) {
            return false;
        }
        int mask = 0xff << (8 - rest);
        return rest == 0 || ((one[whole] ^ other[whole]) & mask & 0xff) == 0;
    }

    private static byte[] bytes(String address) {
        int zone = address.indexOf('%');
        try {
            return InetAddress.ofLiteral(zone < 0 ? address : address.substring(0, zone))
                    .getAddress();
        } catch (IllegalArgumentException e) {
            return new byte[0];
        }
    }
}
