package io.signalbox.applier;

import io.signalbox.haproxy.Reply;
import io.signalbox.haproxy.RuntimeCommand;
import io.signalbox.haproxy.RuntimeLine;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * HAProxy's command socket (the worker's, or the master's): each call is one connection, one line,
 * and the whole answer. Every call has a deadline, so a stopped HAProxy never stops its caller.
 * Safe for all threads.
 */
public final class RuntimeSocket {
    private static final int BUFFER_BYTES = 64 * 1024;

    private final Path path;
    private final Duration deadline;

    /** The socket at that path; a call that takes longer than the deadline fails. */
    public RuntimeSocket(Path path, Duration deadline) {
        this.path = path;
        this.deadline = deadline;
    }

    /** Where the socket is. */
    public Path path() {
        return path;
    }

    /**
     * Sends a line of commands and gives what each answer means, in their order.
     *
     * @throws IOException if the socket cannot be reached, breaks, or does not answer in time; what
     *     was done is then not known
     */
    public List<Reply> call(RuntimeLine line) throws IOException {
        return line.check(ask(line.bytes(), !line.waits()));
    }

    /**
     * Asks for something and gives the answer.
     *
     * @throws IOException also if HAProxy refuses
     */
    public String ask(RuntimeCommand question) throws IOException {
        Reply reply = call(new RuntimeLine(List.of(question))).getFirst();
        return switch (reply) {
            case Reply.Ok(String text) -> text;
            case Reply.Refused(Reply.Reason reason, String text) -> throw refusal(question, text);
            case Reply.Unknown(String text) -> throw refusal(question, text);
        };
    }

    private static IOException refusal(RuntimeCommand question, String answer) {
        String said = answer.isEmpty() ? "nothing" : answer.lines().findFirst().orElse("");
        return new IOException(question.text() + " is answered with " + said);
    }

    private String ask(byte[] line, boolean endsInput) throws IOException {
        long until = System.nanoTime() + deadline.toNanos();
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
                Selector selector = Selector.open()) {
            channel.configureBlocking(false);
            connect(channel);
            SelectionKey key = channel.register(selector, SelectionKey.OP_WRITE);
            ByteBuffer out = ByteBuffer.wrap(line);
            while (out.hasRemaining()) {
                if (channel.write(out) == 0) {
                    await(selector, until);
                }
            }
            if (endsInput) {
                channel.shutdownOutput();
            }
            key.interestOps(SelectionKey.OP_READ);
            return readAll(channel, selector, until);
        }
    }

    /** A stopped HAProxy accepts nothing: when its queue is full, the system does not wait. */
    private void connect(SocketChannel channel) throws IOException {
        if (!channel.connect(UnixDomainSocketAddress.of(path))) {
            throw new IOException("nobody accepts connections at " + path);
        }
    }

    private String readAll(SocketChannel channel, Selector selector, long until)
            throws IOException {
        ByteBuffer in = ByteBuffer.allocate(BUFFER_BYTES);
        while (true) {
            int read = channel.read(in);
            if (read < 0) {
                return new String(in.array(), 0, in.position(), StandardCharsets.UTF_8);
            }
            if (!in.hasRemaining()) {
                in = ByteBuffer.allocate(in.capacity() * 2).put(in.flip());
            } else if (read == 0) {
                await(selector, until);
            }
        }
    }

    private void await(Selector selector, long until) throws IOException {
        long leftMs = (until - System.nanoTime()) / 1_000_000;
        if (leftMs <= 0) {
            throw new IOException(
                    "no answer from " + path + " within " + deadline.toMillis() + " ms");
        }
        selector.select(leftMs);
        selector.selectedKeys().clear();
    }
}
