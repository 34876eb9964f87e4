package io.signalbox.haproxy;

import java.util.regex.Pattern;

/**
 * A network in CIDR notation; one address is one of its own.
 *
 * @param text in canonical notation, the prefix always given
 */
public record TrustedNetwork(String text) {

    private static final Pattern CIDR = Pattern.compile("([0-9A-Fa-f.:]{1,45})(?:/(\\d{1,3}))?");
    private static final String RULE = "must be an address or a network such as 10.0.0.0/8";

    public TrustedNetwork {
        var matcher = CIDR.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalValue("network", RULE, text);
        }
        var address = IpAddress.of("network", matcher.group(1));
        var bytes = address.literal().getAddress();
        var most = bytes.length * 8;
        var prefix = matcher.group(2) == null ? most : Integer.parseInt(matcher.group(2));
        if (prefix > most) {
            throw new IllegalValue("network", "must have a prefix of at most " + most, text);
        }
        if (!isZeroFrom(prefix, bytes)) {
            // It could be meant as an address or as a network: the wider one is no guess of ours.
            throw new IllegalValue("network", "must have no bit set behind its prefix", text);
        }
        text = address.text() + "/" + prefix;
    }

    private static boolean isZeroFrom(int bit, byte[] bytes) {
        for (var i = bit; i < bytes.length * 8; i++) {
            if ((bytes[i / 8] & (0x80 >> (i % 8))) != 0) {
                return false;
            }
        }
        return true;
    }

    @Override
    public String toString() {
        return text;
    }
}
