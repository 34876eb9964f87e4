package io.signalbox.applier;

import static org.awaitility.Awaitility.await;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Asks HAProxy without a pause on some connections, new and kept alive, and counts answers. */
final class Load implements AutoCloseable {
    private final int port;
    private final String host;
    private final AtomicInteger asked = new AtomicInteger();
    private final AtomicInteger failed = new AtomicInteger();
    private final AtomicLong longestNanos = new AtomicLong();
    private final Map<String, Integer> failures = new ConcurrentHashMap<>();
    private final Map<String, Integer> answers = new ConcurrentHashMap<>();
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean stop;

    private Load(int port, String host, int clients) {
        this.port = port;
        this.host = host;
        for (int client = 0; client < clients; client++) {
            int perConnection = client % 2 == 0 ? 1 : 50;
            threads.add(Thread.ofPlatform().daemon().start(() -> run(perConnection)));
        }
    }

    static Load on(int port, String host, int clients) {
        return new Load(port, host, clients);
    }

    private void run(int perConnection) {
        while (!stop) {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                socket.setSoTimeout(10_000);
                InputStream in = new BufferedInputStream(socket.getInputStream());
                boolean open = true;
                for (int sent = 0; sent < perConnection && open && !stop; sent++) {
                    open = ask(socket, in, sent + 1 == perConnection);
                }
            } catch (IOException e) {
                fail(e.toString());
            }
        }
    }

    private boolean ask(Socket socket, InputStream in, boolean last) throws IOException {
        long began = System.nanoTime();
        asked.incrementAndGet();
        String connection = last ? "Connection: close\r\n" : "";
        socket.getOutputStream()
                .write(
                        ("GET / HTTP/1.1\r\nHost: " + host + "\r\n" + connection + "\r\n")
                                .getBytes(StandardCharsets.US_ASCII));
        Reply reply = Reply.read(in);
        longestNanos.accumulateAndGet(System.nanoTime() - began, Math::max);
        if (reply.status() != 200) {
            fail(reply.status() + " " + reply.body().strip());
        } else {
            answers.merge(reply.body(), 1, Integer::sum);
        }
        return reply.open();
    }

    private void fail(String why) {
        failed.incrementAndGet();
        failures.merge(why, 1, Integer::sum);
    }

    /** Waits until so many more requests were answered or failed. */
    void awaitMore(int requests) {
        int until = asked() + requests;
        await().pollInterval(Duration.ofMillis(5)).until(() -> asked() >= until);
    }

    int asked() {
        return asked.get();
    }

    Map<String, Integer> failures() {
        return failures;
    }

    Map<String, Integer> answers() {
        return answers;
    }

    long longestMs() {
        return longestNanos.get() / 1_000_000;
    }

    @Override
    public void close() {
        end();
    }

    /** Asks no more; returns when the last answer is there. */
    void end() {
        stop = true;
        for (Thread thread : threads) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** One request on a connection of its own. */
    static Reply once(int port, String host) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream()
                    .write(
                            ("GET / HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n")
                                    .getBytes(StandardCharsets.US_ASCII));
            return Reply.read(new BufferedInputStream(socket.getInputStream()));
        }
    }

    /** An answer; {@code open} tells whether another may follow on the connection. */
    record Reply(int status, String body, boolean open) {
        private static Reply read(InputStream in) throws IOException {
            String status = line(in);
            if (status.isEmpty()) {
                throw new IOException("closed without an answer");
            }
            int length = 0;
            boolean open = true;
            for (String line = line(in); !line.isEmpty(); line = line(in)) {
                String lower = line.toLowerCase(java.util.Locale.ROOT);
                if (lower.startsWith("content-length:")) {
                    length = Integer.parseInt(line.substring(15).strip());
                } else if (lower.equals("connection: close")) {
                    open = false;
                }
            }
            String body = new String(in.readNBytes(length), StandardCharsets.UTF_8);
            return new Reply(Integer.parseInt(status.split(" ", -1)[1]), body, open);
        }

        private static String line(InputStream in) throws IOException {
            StringBuilder line = new StringBuilder();
            for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
                if (c != '\r') {
                    line.append((char) c);
                }
            }
            return line.toString();
        }
    }
}
