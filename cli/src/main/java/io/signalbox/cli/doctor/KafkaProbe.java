package io.signalbox.cli.doctor;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * Asks whoever listens at an address for the versions of Kafka's protocol, and looks at the
 * beginning of the answer only. Kafka's own client takes the first four bytes of any answer for its
 * length, and {@code HTTP} is more than a gigabyte.
 */
final class KafkaProbe {
    private static final int CONNECT_MS = 1_500;
    private static final int ANSWER_MS = 3_000;
    private static final int MOST_BYTES = 1 << 20;
    private static final int HTTP = ByteBuffer.wrap(new byte[] {'H', 'T', 'T', 'P'}).getInt();
    private static final int TLS_ALERT = 0x1503;
    private static final short API_VERSIONS = 18;

    private KafkaProbe() {}

    /**
     * What is wrong with whoever listens there; empty if it speaks Kafka's protocol.
     *
     * @throws IOException if nobody listens there
     */
    static Optional<String> objection(String host, int port) throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(host, port), CONNECT_MS);
            socket.setSoTimeout(ANSWER_MS);
            return ask(socket);
        }
    }

    private static Optional<String> ask(Socket socket) throws IOException {
        try {
            socket.getOutputStream().write(request());
            return judge(new DataInputStream(socket.getInputStream()).readInt());
        } catch (SocketTimeoutException e) {
            return Optional.of("accepts connections, but does not answer");
        } catch (EOFException e) {
            return Optional.of("accepts connections, but closes them");
        }
    }

    /** Judges the first four bytes of an answer. */
    static Optional<String> judge(int beginning) {
        if (beginning == HTTP) {
            return Optional.of("speaks HTTP, not Kafka's protocol");
        }
        if (beginning >>> Short.SIZE == TLS_ALERT) {
            return Optional.of("speaks TLS, and the settings do not");
        }
        return beginning > 0 && beginning <= MOST_BYTES
                ? Optional.empty()
                : Optional.of("does not speak Kafka's protocol");
    }

    /**
     * Length, kind and version of the request, a number to know the answer by, no client's name.
     */
    private static byte[] request() {
        int bytes = 3 * Short.BYTES + Integer.BYTES;
        return ByteBuffer.allocate(Integer.BYTES + bytes)
                .putInt(bytes)
                .putShort(API_VERSIONS)
                .putShort((short) 0)
                .putInt(1)
                .putShort((short) -1)
                .array();
    }
}
