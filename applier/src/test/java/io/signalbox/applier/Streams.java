package io.signalbox.applier;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * An application whose answers last: {@code /echo} upgrades the connection and says back each line,
 * any other path is a download that goes on until {@link #finish}.
 */
final class Streams implements AutoCloseable {
    /** A key and its answer, as RFC 6455 has them for an example; HAProxy compares them. */
    private static final String KEY = "dGhlIHNhbXBsZSBub25jZQ==";

    private static final String ACCEPT = "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=";

    private final ServerSocket socket;
    private final Instant startedAt = Instant.now();
    private final CountDownLatch finished = new CountDownLatch(1);

    private Streams(ServerSocket socket) {
        this.socket = socket;
    }

    static Streams start() throws IOException {
        Streams streams = new Streams(new ServerSocket(0, 128, InetAddress.getLoopbackAddress()));
        Thread.ofPlatform().daemon().name("streams").start(streams::accept);
        return streams;
    }

    int port() {
        return socket.getLocalPort();
    }

    Instant startedAt() {
        return startedAt;
    }

    /** Lets downloads come to their end. */
    void finish() {
        finished.countDown();
    }

    private void accept() {
        while (!socket.isClosed()) {
            try {
                Socket client = socket.accept();
                Thread.ofVirtual().start(() -> serve(client));
            } catch (IOException e) {
                // Closed: nobody is served any more.
            }
        }
    }

    private void serve(Socket client) {
        try (client) {
            InputStream in = new BufferedInputStream(client.getInputStream());
            OutputStream out = client.getOutputStream();
            String request = line(in);
            String header = request;
            while (!header.isEmpty()) {
                header = line(in);
            }
            if (request.startsWith("GET /echo ")) {
                echo(in, out);
            } else {
                download(out);
            }
        } catch (IOException e) {
            // The client's own test sees that its connection broke.
        }
    }

    private static void echo(InputStream in, OutputStream out) throws IOException {
        write(out, "HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\n");
        write(out, "Upgrade: websocket\r\nSec-WebSocket-Accept: " + ACCEPT + "\r\n\r\n");
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            write(out, line + "\n");
        }
    }

    private void download(OutputStream out) throws IOException {
        write(out, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
        try {
            do {
                write(out, "4\r\nmore\r\n");
            } while (!finished.await(10, TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        write(out, "3\r\nend\r\n0\r\n\r\n");
    }

    /** A connection through HAProxy on which something was asked for; its head is read. */
    static Socket ask(int port, String host, String path) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(20_000);
        write(
                socket.getOutputStream(),
                "GET "
                        + path
                        + " HTTP/1.1\r\nHost: "
                        + host
                        + "\r\nConnection: upgrade\r\nUpgrade: websocket\r\n"
                        + "Sec-WebSocket-Key: "
                        + KEY
                        + "\r\n\r\n");
        return socket;
    }

    static void write(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.US_ASCII));
        out.flush();
    }

    static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }

    @Override
    public void close() throws IOException {
        finish();
        socket.close();
    }
}
