package io.signalbox.dialects;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/**
 * What came back for a request.
 *
 * @param status zero where the connection was closed without an answer
 * @param closed whether the connection was closed by the other side, and in time
 */
record Answer(int status, List<String> headers, String body, boolean closed) {
    private static final int PATIENCE_MS = 8_000;

    /**
     * Sends a request.
     *
     * @param tls null for none
     * @param name that is asked for by TLS
     * @param head the request line and headers, without the empty line behind them; of one that
     *     asks for a WebSocket the answer is read to the end only where {@code toEnd} says so
     */
    static Answer of(
            int port,
            @org.jspecify.annotations.Nullable SSLContext tls,
            String name,
            String head,
            boolean toEnd)
            throws IOException {
        try (Socket socket = open(port, tls, name)) {
            socket.setSoTimeout(PATIENCE_MS);
            socket.getOutputStream()
                    .write((head + "\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1));
            return read(socket.getInputStream(), toEnd);
        } catch (SocketException | SSLException e) {
            return new Answer(0, List.of(), "", true);
        }
    }

    private static Socket open(
            int port, @org.jspecify.annotations.Nullable SSLContext tls, String name)
            throws IOException {
        if (tls == null) {
            return new Socket(InetAddress.getLoopbackAddress(), port);
        }
        SSLSocket socket =
                (SSLSocket)
                        tls.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setServerNames(List.of(new SNIHostName(name)));
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        return socket;
    }

    private static Answer read(InputStream in, boolean toEnd) throws IOException {
        StringBuilder text = new StringBuilder();
        boolean closed = true;
        try {
            byte[] buffer = new byte[8192];
            int read = in.read(buffer);
            while (read >= 0) {
                text.append(new String(buffer, 0, read, StandardCharsets.ISO_8859_1));
                boolean upgraded = text.toString().startsWith("HTTP/1.1 101");
                read = upgraded && !toEnd ? -1 : in.read(buffer);
            }
        } catch (SocketTimeoutException e) {
            closed = false;
        }
        int end = text.indexOf("\r\n\r\n");
        if (end < 0) {
            return new Answer(0, List.of(), text.toString(), closed);
        }
        List<String> head = List.of(text.substring(0, end).split("\r\n", -1));
        return new Answer(
                Integer.parseInt(head.getFirst().split(" ", -1)[1]),
                head.subList(1, head.size()),
                text.substring(end + 4),
                closed);
    }

    /** All values of a header. */
    List<String> values(String name) {
        String prefix = name.toLowerCase(Locale.ROOT) + ":";
        return headers.stream()
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(prefix))
                .map(line -> line.substring(prefix.length()).strip())
                .toList();
    }

    /** The application that answered, by its name among those of its probe; empty for none. */
    String app() {
        return body.lines()
                .filter(line -> line.startsWith("app: "))
                .findFirst()
                .map(line -> line.substring("app: ".length()))
                .orElse("");
    }
}
