package io.signalbox.bench;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * HAProxy's own counters of a server that must stay 0, asked for on its runtime socket. Used by one
 * thread.
 */
final class ServerCounters {

    private static final List<String> MUST_STAY_ZERO = List.of("econ", "eresp", "wretr", "wredis");

    private final UnixDomainSocketAddress socket;

    ServerCounters(Path socket) {
        this.socket = UnixDomainSocketAddress.of(socket);
    }

    /** One line for each counter that is not 0, of the server whose name ends in {@code .id}. */
    List<String> faults(String id) throws IOException {
        List<String> lines = ask("show stat\n").lines().toList();
        List<String> heads = Arrays.asList(lines.getFirst().replace("# ", "").split(","));
        List<String> faults = new ArrayList<>();
        boolean found = false;
        for (String line : lines) {
            String[] cells = line.split(",", -1);
            if (cells.length > 1 && cells[1].endsWith("." + id)) {
                found = true;
                for (String counter : MUST_STAY_ZERO) {
                    String value = cells[heads.indexOf(counter)];
                    if (!value.equals("0")) {
                        faults.add("server " + cells[1] + ": " + counter + " is " + value);
                    }
                }
            }
        }
        if (!found) {
            faults.add("HAProxy shows no server of container " + id);
        }
        return faults;
    }

    private String ask(String command) throws IOException {
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.connect(socket);
            channel.write(ByteBuffer.wrap(command.getBytes(StandardCharsets.US_ASCII)));
            return new String(
                    Channels.newInputStream(channel).readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
