package io.signalbox.applier;

import io.signalbox.schemas.GroupDefinition.Listen;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.channels.ServerSocketChannel;
import java.util.Optional;

/** Whether a port can be listened on: HAProxy itself would share it with another HAProxy. */
final class PortCheck {
    private PortCheck() {}

    /** Why it cannot be listened on, in the system's words; empty if it can. */
    static Optional<String> obstacle(Listen listen) {
        boolean v4 = !listen.address().contains(":");
        try (ServerSocketChannel channel =
                ServerSocketChannel.open(
                        v4 ? StandardProtocolFamily.INET : StandardProtocolFamily.INET6)) {
            channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            channel.bind(
                    listen.address().isEmpty()
                            ? new InetSocketAddress("0.0.0.0", listen.port())
                            : new InetSocketAddress(listen.address(), listen.port()));
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    /** The address as it is written. */
    static String name(Listen listen) {
        String address = listen.address().isEmpty() ? "*" : listen.address();
        return (address.contains(":") ? "[" + address + "]" : address) + ":" + listen.port();
    }
}
