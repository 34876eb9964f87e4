package io.signalbox.haproxy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** An application on loopback that answers each request with the head that it received. */
final class EchoServer implements AutoCloseable {

    private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final String headers;

    /**
     * @param headers further ones of each answer
     */
    EchoServer(String... headers) throws IOException {
        this.headers = String.join("\r\n", headers);
        Thread.ofVirtual().start(this::accept);
    }

    ServerAddress address() {
        return new ServerAddress("127.0.0.1", listener.getLocalPort());
    }

    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                var socket = listener.accept();
                Thread.ofVirtual().start(() -> answer(socket));
            } catch (IOException _) {
                return;
            }
        }
    }

    private void answer(Socket socket) {
        try (socket) {
            var request =
                    new BufferedReader(
                            new InputStreamReader(
                                    socket.getInputStream(), StandardCharsets.ISO_8859_1));
            var head = new StringBuilder();
            for (var line = request.readLine(); line != null && !line.isEmpty(); ) {
                head.append("saw ").append(line).append('\n');
                line = request.readLine();
            }
            var answer =
                    "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Type: text/plain\r\n"
                            + headers
                            + "\r\nContent-Length: "
                            + head.length()
                            + "\r\n\r\n"
                            + head;
            socket.getOutputStream().write(answer.getBytes(StandardCharsets.ISO_8859_1));
        } catch (IOException _) {
            // the client is gone
        }
    }
}
