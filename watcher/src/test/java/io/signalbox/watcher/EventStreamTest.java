package io.signalbox.watcher;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.signalbox.process.Outage;
import io.signalbox.process.Readiness;
import io.signalbox.watcher.core.AllowList;
import io.signalbox.watcher.core.Input;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** Event streams that must be given up while the engine would go on with them for ever. */
@Timeout(30)
class EventStreamTest {
    private static final String EVENT =
            "{\"Type\":\"container\",\"Action\":\"start\",\"Actor\":{\"ID\":\"c\"},\"time\":1}";

    @TempDir Path directory;
    private final Inbox inbox = new Inbox(3);
    private ServerSocketChannel server;
    private DockerSource source;
    private final AtomicInteger infos = new AtomicInteger();
    private volatile String events = "";
    private volatile String time = "2026-01-01T00:00:00Z";

    @BeforeEach
    void start() throws IOException {
        Path socket = directory.resolve("engine.sock");
        server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        server.bind(UnixDomainSocketAddress.of(socket));
        Thread.ofPlatform().daemon().name("fake-engine").start(this::serve);
        source =
                new DockerSource(
                        new DockerSource.Settings(
                                EngineAddress.of("unix://" + socket, Optional.empty()),
                                Duration.ofSeconds(5),
                                "192.0.2.1",
                                "boot",
                                AllowList.of(List.of()),
                                AllowList.of(List.of())),
                        inbox,
                        new Outage(
                                LoggerFactory.getLogger(EventStreamTest.class),
                                new Readiness("test").condition("docker"),
                                InstantSource.system()),
                        failure -> {
                            throw failure;
                        },
                        _ -> {});
    }

    @AfterEach
    void stop() throws IOException {
        source.close();
        server.close();
    }

    @Test
    void shouldGiveUpAStreamWithAnEventThatCannotBeRead() throws Exception {
        events = "no event\n";

        source.openStream(1);

        assertThat(next()).isInstanceOf(Input.StreamOpened.class);
        assertThat(next()).isEqualTo(new Input.StreamLost(1, "an event that cannot be read"));
    }

    @Test
    void shouldGiveUpAStreamOfMoreEventsThanThereIsRoomFor() throws Exception {
        events = (EVENT + "\n").repeat(3);

        source.openStream(1);

        await().until(() -> inbox.size() == 3 && readerWaits());
        assertThat(next()).isInstanceOf(Input.StreamOpened.class);
        for (int event = 0; event < 2; event++) {
            assertThat(next()).isInstanceOf(Input.Hinted.class);
        }
        assertThat(next()).isEqualTo(new Input.StreamLost(1, "more events than can be taken in"));
    }

    @Test
    void shouldAskAgainWhereTheEngineSaysWhatCannotBeRead() throws Exception {
        time = "noon";
        source.openStream(1);
        await().until(() -> infos.get() > 1);
        assertThat(inbox.size()).isZero();

        time = "2026-01-01T00:00:00Z";

        assertThat(next()).isInstanceOf(Input.StreamOpened.class);
    }

    /** It never does for an event, only for the news that the stream is lost. */
    private static boolean readerWaits() {
        return Thread.getAllStackTraces().keySet().stream()
                .anyMatch(
                        thread ->
                                thread.getName().equals("watcher-events")
                                        && thread.getState() == Thread.State.WAITING);
    }

    private Input next() throws InterruptedException {
        Input input = inbox.poll(Duration.ofSeconds(10));
        assertThat(input).isNotNull();
        return input;
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
                String answer = answer(request.split(" ", 3)[1]);
                connection.write(ByteBuffer.wrap(answer.getBytes(US_ASCII)));
            }
        } catch (IOException e) {
            // The other side has given up.
        }
    }

    private String answer(String path) {
        if (path.contains("/events")) {
            return "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
                    + Integer.toHexString(events.length())
                    + "\r\n"
                    + events
                    + "\r\n";
        }
        if (path.endsWith("/info")) {
            infos.incrementAndGet();
        }
        String body =
                path.endsWith("/networks")
                        ? "[]"
                        : "{\"ApiVersion\":\"1.41\",\"MinAPIVersion\":\"1.12\",\"ID\":\"engine\",\"SystemTime\":\""
                                + time
                                + "\"}";
        return "HTTP/1.1 200 OK\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
    }
}
