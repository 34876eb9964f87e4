package io.signalbox.watcher;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** An engine on a unix socket that answers what it is told to, by the path without the version. */
final class FakeEngine implements AutoCloseable {
    private final Map<String, String> answers = new ConcurrentHashMap<>();
    private final Map<String, Integer> statuses = new ConcurrentHashMap<>();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final Path socket;
    private final ServerSocketChannel server;

    FakeEngine(Path directory) throws IOException {
        socket = directory.resolve("engine.sock");
        server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        server.bind(UnixDomainSocketAddress.of(socket));
        says("/version", "{\"ApiVersion\":\"1.41\",\"MinAPIVersion\":\"1.12\"}");
        Thread.ofPlatform().daemon().name("fake-engine").start(this::serve);
    }

    /** From now on it answers this path so. */
    void says(String path, String json) {
        answers.put(path, json);
        statuses.remove(path);
    }

    /** From now on it refuses this path. */
    void refuses(String path, int status) {
        statuses.put(path, status);
    }

    /** How often it was asked for this path. */
    long asked(String path) {
        return asked.stream().filter(path::equals).count();
    }

    EngineAddress address() {
        return EngineAddress.of("unix://" + socket, Optional.empty());
    }

    EngineCalls calls() {
        EngineAddress address = address();
        return new EngineCalls(address, EngineTls.of(address), 1, Duration.ofSeconds(5));
    }

    private void serve() {
        try {
            while (true) {
                SocketChannel connection = server.accept();
                Thread.ofPlatform().daemon().start(() -> serve(connection));
            }
        } catch (IOException e) {
            // The test is over.
        }
    }

    private void serve(SocketChannel connection) {
        ByteBuffer buffer = ByteBuffer.allocate(64 * 1024);
        try (connection) {
            while (connection.read(buffer) >= 0) {
                String request = new String(buffer.array(), 0, buffer.position(), US_ASCII);
                buffer.clear();
                String path = request.split(" ", 3)[1].replaceFirst("^/v[0-9.]+", "");
                connection.write(ByteBuffer.wrap(answer(path).getBytes(US_ASCII)));
                asked.add(path);
            }
        } catch (IOException e) {
            // The other side has given up.
        }
    }

    private String answer(String path) {
        int status = statuses.getOrDefault(path, answers.containsKey(path) ? 200 : 404);
        String body = status == 200 ? answers.getOrDefault(path, "") : "{\"message\":\"no\"}";
        return "HTTP/1.1 %d So\r\nContent-Length: %d\r\n\r\n%s"
                .formatted(status, body.length(), body);
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
