package io.signalbox.haproxy;

/**
 * Where HAProxy listens.
 *
 * @param address an IPv4 or IPv6 literal in canonical notation; empty for every IPv4 address,
 *     {@code ::} for every address
 */
public record ListenAddress(String address, int port) {

    public ListenAddress {
        if (!address.isEmpty()) {
            address = IpAddress.of("listening address", address).text();
        }
        IpAddress.checkedPort("listening port", port);
    }

    /** The arguments of {@code bind}, separated by a space. */
    String bindArguments() {
        if (address.isEmpty()) {
            return "*:" + port;
        }
        var ip = IpAddress.of("listening address", address);
        var every = ip.isIpv6() && ip.literal().isAnyLocalAddress();
        return ip.withPort(port) + (every ? " v4v6" : "");
    }

    @Override
    public String toString() {
        return address.isEmpty()
                ? "*:" + port
                : IpAddress.of("listening address", address).withPort(port);
    }
}
