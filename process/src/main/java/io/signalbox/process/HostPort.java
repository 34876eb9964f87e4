package io.signalbox.process;

/**
 * A host name or address with a port; port 0 asks the system for a free one.
 *
 * @param host name or address, an IPv6 address without brackets; empty for every address
 * @param port 0 to 65535
 */
public record HostPort(String host, int port) {
    /** Checks the port's range. */
    public HostPort {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("must have a port from 0 to 65535");
        }
    }

    /** Reads {@code host:port}, {@code [ipv6]:port} or {@code :port}. */
    public static HostPort parse(String text) {
        int colon = text.lastIndexOf(':');
        if (colon < 0) {
            throw new IllegalArgumentException("must be host:port");
        }
        String host = text.substring(0, colon);
        boolean bracketed = host.startsWith("[") && host.endsWith("]");
        if (!bracketed && host.contains(":")) {
            throw new IllegalArgumentException("must be [address]:port for an IPv6 address");
        }
        return new HostPort(
                bracketed ? host.substring(1, host.length() - 1) : host,
                port(text.substring(colon + 1)));
    }

    private static int port(String text) {
        if (!text.matches("[0-9]{1,5}")) {
            throw new IllegalArgumentException("must have a port from 0 to 65535");
        }
        return Integer.parseInt(text);
    }

    @Override
    public String toString() {
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }
}
