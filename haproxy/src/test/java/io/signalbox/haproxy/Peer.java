package io.signalbox.haproxy;

import static java.util.stream.Collectors.joining;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Stream;

/** An application on loopback that answers requests as a test wants. */
final class Peer implements AutoCloseable {

    /** What it says to a request line: a status and a body. */
    record Reply(int status, String body) {}

    private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final Function<List<String>, Reply> replies;
    private final String headers;
    private final AtomicInteger requests = new AtomicInteger();
    private final BlockingQueue<String> firstBytes = new LinkedBlockingQueue<>();

    private Peer(Function<List<String>, Reply> replies, boolean speaksHttp, String... headers)
            throws IOException {
        this.replies = replies;
        this.headers = Stream.of(headers).map(header -> header + "\r\n").collect(joining());
        Thread.ofVirtual().start(() -> accept(speaksHttp));
    }

    /** Answers request lines so. */
    static Peer answering(Function<String, Reply> replies) throws IOException {
        return new Peer(head -> replies.apply(head.getFirst()), true);
    }

    /**
     * Answers with the head that it received.
     *
     * @param headers further ones of each answer
     */
    static Peer echoing(String... headers) throws IOException {
        return new Peer(head -> new Reply(200, saw(head)), true, headers);
    }

    private static String saw(List<String> head) {
        return head.stream().map(line -> "saw " + line + "\n").collect(joining());
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
        var head = new ArrayList<String>();
        for (var line = in.readLine(); line != null && !line.isEmpty(); ) {
            head.add(line);
            line = in.readLine();
        }
        if (head.isEmpty()) {
            return;
        }
        if (!head.getFirst().contains("/health")) {
            requests.incrementAndGet();
        }
        var reply = replies.apply(head);
        var text =
                "HTTP/1.1 %d X\r\nConnection: close\r\n%sContent-Length: %d\r\n\r\n%s"
                        .formatted(reply.status(), headers, reply.body().length(), reply.body());
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    }
}
