package io.signalbox.cli.load;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * One HTTP/1.1 connection that never repeats a request by itself, so that every loss is seen. Owned
 * by one thread.
 *
 * <p>The JDK's client repeats a request on a kept connection that was closed under it, which would
 * hide just what a load that counts losses is for.
 */
public final class HttpConnection implements AutoCloseable {

    private static final int MAX_BODY = 1 << 20;

    private final Socket socket;
    private final InputStream in;
    private boolean reusable = true;

    /**
     * Connects.
     *
     * @param timeoutMs for connecting and for each read
     */
    public HttpConnection(InetSocketAddress address, int timeoutMs) throws IOException {
        socket = new Socket();
        try {
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(timeoutMs);
            socket.connect(address, timeoutMs);
            in = new BufferedInputStream(socket.getInputStream(), 4096);
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    /** What came back. */
    public record Response(int status, String body) {}

    /**
     * Sends one request and reads its answer.
     *
     * @param keepAlive false asks the other side to close afterwards
     */
    public Response send(String method, String host, String path, boolean keepAlive)
            throws IOException {
        String request =
                method
                        + " "
                        + path
                        + " HTTP/1.1\r\nHost: "
                        + host
                        + "\r\n"
                        + (keepAlive ? "" : "Connection: close\r\n")
                        + "\r\n";
        socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
        String statusLine = line();
        if (statusLine.length() < 12 || !statusLine.startsWith("HTTP/1.")) {
            throw new IOException("not an HTTP status line: '" + statusLine + "'");
        }
        int status = Integer.parseInt(statusLine.substring(9, 12));
        long length = -1;
        boolean chunked = false;
        reusable = keepAlive && statusLine.startsWith("HTTP/1.1");
        for (String header = line(); !header.isEmpty(); header = line()) {
            String lower = header.toLowerCase(Locale.ROOT);
            if (lower.startsWith("content-length:")) {
                length = Long.parseLong(lower.substring(15).strip());
            } else if (lower.startsWith("transfer-encoding:") && lower.contains("chunked")) {
                chunked = true;
            } else if (lower.startsWith("connection:") && lower.contains("close")) {
                reusable = false;
            }
        }
        return new Response(status, body(length, chunked, method));
    }

    /** Whether another request may be sent on this connection. */
    public boolean reusable() {
        return reusable;
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            // A socket that cannot be closed is gone already.
        }
    }

    private String body(long length, boolean chunked, String method) throws IOException {
        if (method.equals("HEAD")) {
            return "";
        }
        if (chunked) {
            return chunks();
        }
        if (length < 0) {
            reusable = false;
            return new String(in.readNBytes(MAX_BODY), StandardCharsets.UTF_8);
        }
        byte[] bytes = in.readNBytes((int) Math.min(length, MAX_BODY));
        if (bytes.length < length) {
            throw new EOFException(
                    "the answer's body ended after " + bytes.length + " of " + length + " bytes");
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private String chunks() throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (int size = Integer.parseInt(line(), 16);
                size > 0;
                size = Integer.parseInt(line(), 16)) {
            body.write(in.readNBytes(size));
            line();
        }
        line();
        return body.toString(StandardCharsets.UTF_8);
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder(64);
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new EOFException(
                        line.isEmpty()
                                ? "the connection was closed without an answer"
                                : "the answer ended in its head");
            }
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }
}
