package io.signalbox.haproxy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Sends the bytes of a request as they are, and reads the whole answer. */
record RealRequest(int port, boolean tls) {

    /** Without TLS. */
    RealRequest(int port) {
        this(port, false);
    }

    /** What came back: the status, 0 for no answer, the header lines, and the body. */
    record Answer(int status, List<String> headers, String body) {
        /**
         * The value of the header of that name, written in small letters; "" if it is not there.
         */
        String header(String name) {
            return headers.stream()
                    .filter(line -> line.startsWith(name + ": "))
                    .map(line -> line.substring(name.length() + 2))
                    .findFirst()
                    .orElse("");
        }
    }

    /** A request with this request line and host header. */
    Answer get(String host, String path) throws IOException {
        return send("GET " + path + " HTTP/1.1\r\nHost: " + host);
    }

    /**
     * @param head request line and headers, without the end; each character is one byte
     */
    Answer send(String head) throws IOException {
        try (var socket = connect()) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream()
                    .write(
                            (head + "\r\nConnection: close\r\n\r\n")
                                    .getBytes(StandardCharsets.ISO_8859_1));
            var text =
                    new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
            if (!text.startsWith("HTTP/1.")) {
                return new Answer(0, List.of(), text);
            }
            var body = text.indexOf("\r\n\r\n") + 4;
            return new Answer(
                    Integer.parseInt(text.substring(9, 12)),
                    text.substring(0, body).lines().skip(1).toList(),
                    text.substring(body));
        }
    }

    private Socket connect() throws IOException {
        var address = InetAddress.getLoopbackAddress();
        return tls ? TrustingTls.sockets().createSocket(address, port) : new Socket(address, port);
    }
}
