package io.signalbox.dialects;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/**
 * All applications at once: each has loopback addresses of its own, by which it knows who it is. It
 * answers with its name and what it was asked, speaks TLS to who does, and understands the PROXY
 * protocol. {@code /status/<n>} answers so, {@code X-Answer} is a header line of the answer, and
 * {@code X-Delay} its time in milliseconds.
 */
final class EchoServer implements AutoCloseable {
    /** For the key of the protocol's own example. */
    private static final String UPGRADED =
            String.join(
                    "\r\n",
                    "Connection: Upgrade",
                    "Upgrade: websocket",
                    "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=",
                    "");

    private static final Place NOBODY = new Place("nobody", "", 0, "");
    private static final int HANDSHAKE = 0x16;
    private static final int V2 = 0x0d;
    private static final int V2_SIGNATURE = 12;

    private final ServerSocket listener;
    private final SSLContext tls;
    private final Map<InetAddress, Place> who = new ConcurrentHashMap<>();
    private final ConcurrentLinkedQueue<String> seen = new ConcurrentLinkedQueue<>();

    EchoServer(SSLContext tls) throws IOException {
        this.tls = tls;
        // All of 127.0.0.0/8, of which no narrower address than all would do.
        listener = new ServerSocket(0, 512);
        Thread.ofVirtual().start(this::accept);
    }

    int port() {
        return listener.getLocalPort();
    }

    /**
     * Who an application is, by the address that it is reached by.
     *
     * @param host of its probe
     */
    record Place(String host, String app, int port, String network) {
        private List<String> lines() {
            return List.of("app: " + app, "port: " + port, "network: " + network);
        }
    }

    /** Another address, by which the application is who it says. */
    InetAddress address(Place place) throws IOException {
        int number = who.size() + 1;
        InetAddress address =
                InetAddress.getByAddress(
                        new byte[] {127, 1, (byte) (number >> 8), (byte) (number & 0xff)});
        who.put(address, place);
        return address;
    }

    /** How often the applications of a probe have seen something, in words. */
    long seen(String host, String what) {
        return seen.stream().filter(one -> one.startsWith(host + " " + what)).count();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket socket = listener.accept();
                Thread.ofVirtual().start(() -> serve(socket));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket socket) {
        Place place = who.getOrDefault(socket.getLocalAddress(), NOBODY);
        String name = place.host();
        try (socket) {
            List<String> notes = new ArrayList<>();
            notes.addAll(place.lines());
            int first = socket.getInputStream().read();
            if (first == V2) {
                notes.add("proxy: " + v2(socket.getInputStream()));
                first = socket.getInputStream().read();
            }
            if (first == HANDSHAKE) {
                InputStream consumed = new ByteArrayInputStream(new byte[] {(byte) first});
                try (SSLSocket secure =
                        (SSLSocket) tls.getSocketFactory().createSocket(socket, consumed, true)) {
                    secure.setUseClientMode(false);
                    notes.add("tls: true");
                    int next = secure.getInputStream().read();
                    answer(name, next, secure.getInputStream(), secure.getOutputStream(), notes);
                }
            } else if (first >= 0) {
                answer(name, first, socket.getInputStream(), socket.getOutputStream(), notes);
            }
        } catch (IOException e) {
            // HAProxy or the client closed the connection.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String v2(InputStream in) throws IOException {
        in.readNBytes(V2_SIGNATURE - 1 + 2);
        byte[] length = in.readNBytes(2);
        byte[] rest = in.readNBytes((length[0] & 0xff) << 8 | (length[1] & 0xff));
        return "v2 " + InetAddress.getByAddress(java.util.Arrays.copyOf(rest, 4)).getHostAddress();
    }

    private void answer(
            String name, int first, InputStream in, OutputStream out, List<String> notes)
            throws IOException, InterruptedException {
        String request = (char) first + line(in);
        if (request.startsWith("PROXY ")) {
            notes.add("proxy: v1 " + request.split(" ", -1)[2]);
            request = line(in);
        }
        if (request.startsWith("PRI ")) {
            seen.add(name + " h2");
            return;
        }
        notes.add("uri: " + request.split(" ", -1)[1]);
        notes.add("method: " + request.split(" ", -1)[0]);
        StringBuilder extra = new StringBuilder();
        String host = "";
        boolean upgrade = false;
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            int colon = line.indexOf(':');
            String field = line.substring(0, colon).toLowerCase(Locale.ROOT);
            String value = line.substring(colon + 1).strip();
            notes.add(field + ": " + value);
            switch (field) {
                case "host" -> host = value;
                case "upgrade" -> upgrade = true;
                case "x-answer" -> extra.append(value).append("\r\n");
                case "x-delay" -> TimeUnit.MILLISECONDS.sleep(Long.parseLong(value));
                default -> {}
            }
        }
        String path = request.split(" ", -1)[1];
        seen.add(name + " " + request.split(" ", -1)[0] + " " + path + " " + host);
        if (upgrade) {
            write(out, "101 Switching Protocols\r\n" + UPGRADED + "\r\n");
            in.transferTo(OutputStream.nullOutputStream());
            return;
        }
        String body = String.join("\n", notes) + "\n";
        String status = path.startsWith("/status/") ? path.substring("/status/".length()) : "200";
        write(
                out,
                status
                        + " Said\r\nX-Powered-By: echo\r\nContent-Type: text/plain\r\n"
                        + "Connection: close\r\n"
                        + extra
                        + "Content-Length: "
                        + (request.startsWith("HEAD ") ? 0 : body.length())
                        + "\r\n\r\n"
                        + (request.startsWith("HEAD ") ? "" : body));
    }

    private static void write(OutputStream out, String text) throws IOException {
        out.write(("HTTP/1.1 " + text).getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
    }

    private static String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        int c = in.read();
        while (c >= 0 && c != '\n') {
            line.write(c);
            c = in.read();
        }
        if (c < 0) {
            throw new IOException("the connection ended");
        }
        return line.toString(StandardCharsets.ISO_8859_1).stripTrailing();
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
