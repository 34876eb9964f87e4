package io.signalbox.applier;

import io.signalbox.schemas.ConfigRecord.Server;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/**
 * An application that answers at once, but not for {@code /silent}, and says nothing more once it
 * has become a WebSocket.
 */
final class SilentApp implements AutoCloseable {
    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
    private static final String UPGRADED =
            String.join(
                    "\r\n",
                    "HTTP/1.1 101 Switching Protocols",
                    "Connection: Upgrade",
                    "Upgrade: websocket",
                    "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=",
                    "",
                    "");

    private final ServerSocket server;

    SilentApp() throws IOException {
        server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::accept);
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                Thread.ofVirtual().start(() -> answer(socket));
            } catch (IOException e) {
                return;
            }
        }
    }

    private static void answer(Socket socket) {
        try (socket;
                BufferedReader in =
                        new BufferedReader(
                                new InputStreamReader(
                                        socket.getInputStream(), StandardCharsets.US_ASCII))) {
            String head = head(in);
            while (!head.isEmpty()) {
                if (!head.startsWith("GET /silent")) {
                    boolean upgrade = head.contains("websocket");
                    socket.getOutputStream()
                            .write((upgrade ? UPGRADED : OK).getBytes(StandardCharsets.US_ASCII));
                }
                head = head(in);
            }
        } catch (IOException e) {
            // HAProxy went away.
        }
    }

    private static String head(BufferedReader in) throws IOException {
        StringBuilder head = new StringBuilder();
        String line = in.readLine();
        while (line != null && !line.isEmpty()) {
            head.append(line).append('\n');
            line = in.readLine();
        }
        return head.toString();
    }

    Server server(String service) {
        return GroupTopic.server(
                service + ".000000000001", Instant.EPOCH, server.getLocalPort(), false);
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
