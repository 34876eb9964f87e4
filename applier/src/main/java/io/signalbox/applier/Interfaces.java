package io.signalbox.applier;

import io.signalbox.haproxy.Network;
import io.signalbox.process.StartFailure;
import java.net.InetAddress;
import java.net.InterfaceAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.List;
import java.util.stream.Stream;

/** The networks that this machine's, or this container's, interfaces are in. */
final class Interfaces {
    private Interfaces() {}

    /**
     * In CIDR notation, sorted; loopback and link-local ones lead nowhere else and are left out.
     */
    static List<String> subnets() {
        try {
            return NetworkInterface.networkInterfaces()
                    .flatMap(Interfaces::addresses)
                    .filter(at -> !isLocal(at.getAddress()))
                    .map(at -> literal(at.getAddress()) + "/" + at.getNetworkPrefixLength())
                    .map(text -> Network.parse(text).text())
                    .distinct()
                    .sorted()
                    .toList();
        } catch (SocketException e) {
            throw new StartFailure(
                    ReachSettings.NETWORKS.key()
                            + ": the interfaces cannot be read: "
                            + e.getMessage(),
                    e);
        }
    }

    private static Stream<InterfaceAddress> addresses(NetworkInterface one) {
        return one.getInterfaceAddresses().stream();
    }

    private static boolean isLocal(InetAddress address) {
        return address.isLoopbackAddress() || address.isLinkLocalAddress();
    }

    /** Without the zone that an IPv6 address may name. */
    private static String literal(InetAddress address) {
        String text = address.getHostAddress();
        int zone = text.indexOf('%');
        return zone < 0 ? text : text.substring(0, zone);
    }
}
