package io.signalbox.haproxy;

/**
 * Where a server is reached.
 *
 * @param address an IPv4 or IPv6 literal, in canonical notation
 */
public record ServerAddress(String address, int port) {

    public ServerAddress {
        address = IpAddress.of("server address", address).text();
        IpAddress.checkedPort("server port", port);
    }

    /** An address of the same family at which no server is. */
    public ServerAddress placeholder() {
        return new ServerAddress(address.indexOf(':') >= 0 ? "100::1" : "0.0.0.1", 1);
    }

    /** {@code 10.0.0.5:80} or {@code [2001:db8::5]:80}. */
    @Override
    public String toString() {
        return address.indexOf(':') >= 0 ? "[" + address + "]:" + port : address + ":" + port;
    }
}
