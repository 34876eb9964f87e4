package io.signalbox.haproxy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** An application on loopback that answers request lines as a test wants. */
final class Peer implements AutoCloseable {

    /** What it says to a request line: a status and a body. */
    record Reply(int status, String body) {}

    private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final Function<String, Reply> replies;
    private final AtomicInteger requests = new AtomicInteger();
    private final BlockingQueue<String> firstBytes = new LinkedBlockingQueue<>();

    private Peer(Function<String, Reply> replies, boolean speaksHttp) throws IOException {
        this.replies = replies;
        Thread.ofVirtual().start(() -> accept(speaksHttp));
    }

    /** Answers so. */
    static Peer answering(Function<String, Reply> replies) throws IOException {
        return new Peer(replies, true);
    }

    /** Answers with its name. */
    static Peer named(String name) throws IOException {
        return answering(_ -> new Reply(200, name));
    }

    /** Answers when the latch is down. */
    static Peer waiting(String name, CountDownLatch until) throws IOException {
        return answering(
                _ -> {
                    try {
                        until.await();
                    } catch (InterruptedException _) {
                        Thread.currentThread().interrupt();
                    }
                    return new Reply(200, name);
                });
    }

    /** Answers nothing: keeps what a connection begins with, and closes. */
    static Peer listening() throws IOException {
        return new Peer(_ -> new Reply(200, ""), false);
    }

    ServerAddress address() {
        return new ServerAddress("127.0.0.1", listener.getLocalPort());
    }

    /** How many requests came, those of checks not counted. */
    int requests() {
        return requests.get();
    }

    /** What connections began with, each character a byte. */
    BlockingQueue<String> firstBytes() {
        return firstBytes;
    }

    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private void accept(boolean speaksHttp) {
        while (!listener.isClosed()) {
            try {
                var socket = listener.accept();
                Thread.ofVirtual().start(() -> serve(socket, speaksHttp));
            } catch (IOException _) {
                return;
            }
        }
    }

    private void serve(Socket socket, boolean speaksHttp) {
        try (socket) {
            if (speaksHttp) {
                answer(socket);
            } else {
                var bytes = new byte[2048];
                var length = socket.getInputStream().read(bytes);
                if (length > 0) {
                    firstBytes.add(new String(bytes, 0, length, StandardCharsets.ISO_8859_1));
                }
            }
        } catch (IOException _) {
            // the client is gone
        }
    }

    private void answer(Socket socket) throws IOException {
        var in =
                new BufferedReader(
                        new InputStreamReader(
                                socket.getInputStream(), StandardCharsets.ISO_8859_1));
        var first = in.readLine();
        if (first == null) {
            return;
        }
        for (var line = first; line != null && !line.isEmpty(); ) {
            line = in.readLine();
        }
        if (!first.contains("/health")) {
            requests.incrementAndGet();
        }
        var reply = replies.apply(first);
        var text =
                "HTTP/1.1 %d X\r\nConnection: close\r\nContent-Length: %d\r\n\r\n%s"
                        .formatted(reply.status(), reply.body().length(), reply.body());
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    }
}
