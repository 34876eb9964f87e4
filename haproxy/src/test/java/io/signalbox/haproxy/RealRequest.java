package io.signalbox.haproxy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Sends the bytes of a request as they are, and reads the whole answer. */
record RealRequest(int port) {

    /** What came back: the status, 0 for no answer, and the body. */
    record Answer(int status, String body) {}

    /** A request with this request line and host header. */
    Answer get(String host, String path) throws IOException {
        return send("GET " + path + " HTTP/1.1\r\nHost: " + host);
    }

    /**
     * @param head request line and headers, without the end; each character is one byte
     */
    Answer send(String head) throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream()
                    .write(
                            (head + "\r\nConnection: close\r\n\r\n")
                                    .getBytes(StandardCharsets.ISO_8859_1));
            var text =
                    new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
            if (!text.startsWith("HTTP/1.")) {
                return new Answer(0, text);
            }
            return new Answer(
                    Integer.parseInt(text.substring(9, 12)),
                    text.substring(text.indexOf("\r\n\r\n") + 4));
        }
    }
}
