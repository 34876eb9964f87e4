package io.signalbox.watcher;

import io.signalbox.process.HostPort;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What this host is called and under which address others reach it. Asks nobody outside. */
final class HostAddress {
    private static final Path HOST_NAME = Path.of("/proc/sys/kernel/hostname");
    private static final Path BOOT_ID = Path.of("/proc/sys/kernel/random/boot_id");

    /** An address that leads nowhere but by the default route (RFC 5737). */
    private static final InetSocketAddress ELSEWHERE = new InetSocketAddress("192.0.2.1", 9);

    private HostAddress() {}

    /** The kernel's host name. */
    static String hostName() {
        return line(HOST_NAME)
                .orElseGet(
                        () -> {
                            try {
                                return InetAddress.getLocalHost().getHostName();
                            } catch (UnknownHostException e) {
                                return "localhost";
                            }
                        });
    }

    /** The kernel's boot id; empty where there is none. */
    static String bootId() {
        return line(BOOT_ID).orElse("");
    }

    /**
     * The address from which this host reaches the brokers; else the one of its default route, else
     * any but the loopback's.
     */
    static String advertised(List<HostPort> brokers) {
        return brokers.stream()
                .map(broker -> new InetSocketAddress(broker.host(), broker.port()))
                .map(HostAddress::routeTo)
                .flatMap(Optional::stream)
                .findFirst()
                .or(() -> routeTo(ELSEWHERE))
                .or(HostAddress::anyAddress)
                .orElse("127.0.0.1");
    }

    /** Connecting a datagram socket sends nothing; it only looks the route up. */
    private static Optional<String> routeTo(InetSocketAddress target) {
        if (target.isUnresolved()) {
            return Optional.empty();
        }
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.connect(target);
            InetAddress local = socket.getLocalAddress();
            return local.isLoopbackAddress() || local.isAnyLocalAddress()
                    ? Optional.empty()
                    : Optional.of(text(local));
        } catch (IOException | RuntimeException e) {
            return Optional.empty();
        }
    }

    private static Optional<String> anyAddress() {
        try {
            return Collections.list(NetworkInterface.getNetworkInterfaces()).stream()
                    .flatMap(HostAddress::addresses)
                    .filter(address -> !address.isLoopbackAddress())
                    .filter(address -> !address.isLinkLocalAddress())
                    .filter(Inet4Address.class::isInstance)
                    .map(HostAddress::text)
                    .findFirst();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static Stream<InetAddress> addresses(NetworkInterface network) {
        try {
            return network.isUp()
                    ? Collections.list(network.getInetAddresses()).stream()
                    : Stream.empty();
        } catch (IOException e) {
            return Stream.empty();
        }
    }

    private static String text(InetAddress address) {
        String text = address.getHostAddress();
        int scope = text.indexOf('%');
        return scope < 0 ? text : text.substring(0, scope);
    }

    private static Optional<String> line(Path file) {
        try {
            return Optional.of(Files.readString(file).strip()).filter(text -> !text.isEmpty());
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
