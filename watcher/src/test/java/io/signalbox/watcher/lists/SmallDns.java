package io.signalbox.watcher.lists;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** A name server on this host, which says what it is told to say. */
public final class SmallDns implements AutoCloseable {
    private static final int MOST_BYTES = 1_232;

    private final Map<String, List<String>> names = new ConcurrentHashMap<>();
    private final DatagramSocket udp;
    private final ServerSocket tcp;
    private final AtomicInteger asked = new AtomicInteger();
    private final AtomicInteger askedOverTcp = new AtomicInteger();
    private volatile Mood mood = Mood.ANSWERS;

    /** How it is disposed. */
    public enum Mood {
        /** It knows its names, and that there are no others. */
        ANSWERS,
        /** It says that it failed. */
        FAILS,
        /** It says that no name exists. */
        KNOWS_NOTHING,
        /** It says that names have no address. */
        SAYS_EMPTY,
        /** It says nothing. */
        SILENT
    }

    private SmallDns() throws IOException {
        InetAddress here = InetAddress.ofLiteral("127.0.0.1");
        tcp = new ServerSocket(0, 10, here);
        udp = new DatagramSocket(new InetSocketAddress(here, tcp.getLocalPort()));
        Thread.ofVirtual().start(this::serveUdp);
        Thread.ofVirtual().start(this::serveTcp);
    }

    public static SmallDns start() {
        try {
            return new SmallDns();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String address() {
        return "127.0.0.1:" + tcp.getLocalPort();
    }

    public void has(String name, String... addresses) {
        names.put(name, List.of(addresses));
    }

    public void is(Mood now) {
        mood = now;
    }

    public int asked() {
        return asked.get();
    }

    public int askedOverTcp() {
        return askedOverTcp.get();
    }

    private void serveUdp() {
        byte[] room = new byte[MOST_BYTES];
        while (!udp.isClosed()) {
            try {
                DatagramPacket packet = new DatagramPacket(room, room.length);
                udp.receive(packet);
                asked.incrementAndGet();
                byte[] answer = answer(Arrays.copyOf(room, packet.getLength()), true);
                if (mood != Mood.SILENT) {
                    udp.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
                }
            } catch (IOException e) {
                // Closed, or a question that went astray.
            }
        }
    }

    private void serveTcp() {
        while (!tcp.isClosed()) {
            try (Socket socket = tcp.accept()) {
                askedOverTcp.incrementAndGet();
                DataInputStream in = new DataInputStream(socket.getInputStream());
                byte[] answer = answer(in.readNBytes(in.readUnsignedShort()), false);
                socket.getOutputStream()
                        .write(
                                ByteBuffer.allocate(2 + answer.length)
                                        .putShort((short) answer.length)
                                        .put(answer)
                                        .array());
            } catch (IOException e) {
                // Closed, or a client that went away.
            }
        }
    }

    private byte[] answer(byte[] question, boolean limited) {
        ByteBuffer in = ByteBuffer.wrap(question);
        in.position(12);
        StringBuilder name = new StringBuilder();
        for (int length = in.get(); length > 0; length = in.get()) {
            byte[] label = new byte[length];
            in.get(label);
            name.append(name.isEmpty() ? "" : ".").append(new String(label, US_ASCII));
        }
        int type = in.getShort();
        int end = in.position() + 2;
        List<byte[]> found = addresses(name.toString(), type);
        boolean known = names.containsKey(name.toString()) && mood != Mood.KNOWS_NOTHING;
        int code = mood == Mood.FAILS ? 2 : known || mood == Mood.SAYS_EMPTY ? 0 : 3;
        int length = end + found.stream().mapToInt(data -> 12 + data.length).sum();
        boolean cut = limited && length > MOST_BYTES;
        ByteBuffer out = ByteBuffer.allocate(length);
        out.put(question, 0, 2).putShort((short) (0x8180 | (cut ? 0x0200 : 0) | code));
        out.putShort((short) 1).putShort((short) (cut ? 0 : found.size())).putInt(0);
        out.put(question, 12, end - 12);
        for (byte[] data : cut ? List.<byte[]>of() : found) {
            out.putShort((short) 0xc00c).putShort((short) type).putShort((short) 1).putInt(600);
            out.putShort((short) data.length).put(data);
        }
        return Arrays.copyOf(out.array(), out.position());
    }

    private List<byte[]> addresses(String name, int type) {
        return mood != Mood.ANSWERS
                ? List.of()
                : names.getOrDefault(name, List.of()).stream()
                        .map(text -> InetAddress.ofLiteral(text).getAddress())
                        .filter(data -> data.length == (type == 1 ? 4 : 16))
                        .toList();
    }

    @Override
    public void close() {
        udp.close();
        try {
            tcp.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
