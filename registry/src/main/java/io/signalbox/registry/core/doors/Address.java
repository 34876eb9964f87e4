package io.signalbox.registry.core.doors;

import io.signalbox.haproxy.IllegalValue;
import io.signalbox.haproxy.ServerAddress;

/** IP addresses as requests give them. */
final class Address {
    private static final int ANY_PORT = 1;

    private Address() {}

    /**
     * The address in its normal form; of an IPv4 address all four numbers must be there.
     *
     * @throws IllegalValue for anything but an IP address, a host's name too: what it stands for
     *     here need not be what it stands for where HAProxy runs
     */
    static String of(String text) {
        String address = new ServerAddress(text, ANY_PORT).address();
        if (address.indexOf(':') < 0 && !address.equals(text)) {
            throw new IllegalValue("address", "must be an IP address, all of it", text);
        }
        return address;
    }
}
