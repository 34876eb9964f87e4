package io.signalbox.bench.faults;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What HAProxy says on its runtime socket, read by whoever judges it. Thread-safe. */
public final class ProxySocket {
    private static final String RUNNING = "2";

    /** The file had it in maintenance; the bit stays when a command takes it out. */
    private static final int MAINTENANCE_BY_FILE = 0x04;

    private final UnixDomainSocketAddress socket;

    /** Nothing is asked yet. */
    public ProxySocket(Path socket) {
        this.socket = UnixDomainSocketAddress.of(socket);
    }

    /** The server at which requests wait for the next container of their service; no container. */
    private static final String HOLD = "_hold 127.0.0.1:1";

    /**
     * The containers that get requests: the end of their server's name behind the last dot, which
     * is the beginning of a container's id, to its address and port.
     */
    public Map<String, String> serving() throws IOException {
        List<String> lines = ask("show servers state").lines().toList();
        if (lines.size() < 2 || !lines.get(1).startsWith("# ")) {
            throw new IOException("not a table of servers: " + lines);
        }
        List<String> heads = Arrays.asList(lines.get(1).substring(2).split(" ", -1));
        Map<String, String> serving = new TreeMap<>();
        for (String line : lines.subList(2, lines.size())) {
            String[] cells = line.split(" ", -1);
            if (cells.length >= heads.size()
                    && cells[heads.indexOf("srv_op_state")].equals(RUNNING)
                    && isFree(cells[heads.indexOf("srv_admin_state")])) {
                String name = cells[heads.indexOf("srv_name")];
                String address =
                        cells[heads.indexOf("srv_addr")] + ":" + cells[heads.indexOf("srv_port")];
                if (!HOLD.equals(name + " " + address)) {
                    serving.put(name.substring(name.lastIndexOf('.') + 1), address);
                }
            }
        }
        return serving;
    }

    private static boolean isFree(String administrative) {
        return (Integer.parseInt(administrative) & ~MAINTENANCE_BY_FILE) == 0;
    }

    /** What it answers to a command. */
    public String ask(String command) throws IOException {
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.connect(socket);
            channel.write(ByteBuffer.wrap((command + "\n").getBytes(StandardCharsets.US_ASCII)));
            return new String(
                    Channels.newInputStream(channel).readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
