package io.signalbox.watcher;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.signalbox.watcher.EngineCalls.Answer;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Calls against an engine that does not behave, on a unix socket. */
@Timeout(30)
class EngineCallsTest {
    private static final Duration DEADLINE = Duration.ofSeconds(2);

    @TempDir Path directory;
    private ServerSocketChannel server;
    private EngineCalls calls;
    private final AtomicInteger connections = new AtomicInteger();

    @BeforeEach
    void start() throws IOException {
        Path socket = directory.resolve("engine.sock");
        server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        server.bind(UnixDomainSocketAddress.of(socket));
        Thread.ofPlatform().daemon().name("fake-engine").start(this::serve);
        calls =
                new EngineCalls(
                        EngineAddress.of("unix://" + socket, Optional.empty()),
                        Optional.empty(),
                        2,
                        DEADLINE);
    }

    @AfterEach
    void stop() throws IOException {
        calls.close();
        server.close();
    }

    @Test
    void shouldKeepItsConnection() throws Exception {
        for (int index = 0; index < 20; index++) {
            assertThat(get("/ok")).isEqualTo(new Answer.Body<>("{}"));
        }

        assertThat(connections.get()).isLessThanOrEqualTo(2);
    }

    @Test
    void shouldAnswerACallThatMissesItsDeadlineAndGoOn() throws Exception {
        long began = System.nanoTime();

        Answer<String> stuck = get("/stuck");

        assertThat(stuck).isEqualTo(new Answer.Failed<>("no answer within 2000 ms"));
        assertThat(Duration.ofNanos(System.nanoTime() - began))
                .isLessThan(DEADLINE.multipliedBy(5));
        assertThat(get("/ok")).isEqualTo(new Answer.Body<>("{}"));
    }

    @Test
    void shouldGiveUpAnAnswerThatStopsHalfWay() throws Exception {
        assertThat(get("/half")).isEqualTo(new Answer.Failed<>("no answer within 2000 ms"));
    }

    @Test
    void shouldRepeatACallWhoseConnectionWasClosed() throws Exception {
        get("/ok");

        assertThat(get("/close-once")).isEqualTo(new Answer.Body<>("{}"));
    }

    @Test
    void shouldAnswerCallsThatWaitedForALaneThatWasGivenUp() throws Exception {
        List<CompletableFuture<Answer<String>>> answers = new ArrayList<>();
        for (String path : List.of("/stuck", "/stuck", "/ok", "/ok", "/ok")) {
            CompletableFuture<Answer<String>> answer = new CompletableFuture<>();
            answers.add(answer);
            calls.get(path, EngineCalls.text(1_000), answer::complete);
        }
        await().until(() -> connections.get() == 2);

        calls.renew();

        for (CompletableFuture<Answer<String>> answer : answers) {
            assertThat(answer.get(10, TimeUnit.SECONDS)).isNotNull();
        }
        assertThat(answers.getLast().join()).isEqualTo(new Answer.Body<>("{}"));
    }

    @Test
    void shouldTellMissingThingsFromFailures() throws Exception {
        assertThat(get("/absent")).isEqualTo(new Answer.NotFound<>());
        assertThat(get("/broken")).isEqualTo(new Answer.Failed<>("the engine answers 500"));
    }

    @Test
    void shouldRefuseAnAnswerThatIsTooLongAndGoOn() throws Exception {
        assertThat(get("/long"))
                .isEqualTo(new Answer.Unusable<>("an answer longer than 1000 bytes"));
        assertThat(get("/ok")).isEqualTo(new Answer.Body<>("{}"));
    }

    private Answer<String> get(String path) throws Exception {
        CompletableFuture<Answer<String>> answer = new CompletableFuture<>();
        calls.get(path, EngineCalls.text(1_000), answer::complete);
        return answer.get(10, TimeUnit.SECONDS);
    }

    private void serve() {
        try {
            while (true) {
                SocketChannel connection = server.accept();
                connections.incrementAndGet();
                Thread.ofPlatform().daemon().start(() -> serve(connection));
            }
        } catch (ClosedChannelException e) {
            return;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private final AtomicInteger closings = new AtomicInteger();

    private void serve(SocketChannel connection) {
        ByteBuffer buffer = ByteBuffer.allocate(64 * 1024);
        try (connection) {
            while (connection.read(buffer) >= 0) {
                String request = new String(buffer.array(), 0, buffer.position(), US_ASCII);
                buffer.clear();
                String path = request.split(" ", 3)[1];
                if (path.equals("/close-once") && closings.getAndIncrement() == 0) {
                    return;
                }
                if (!path.equals("/stuck")) {
                    connection.write(ByteBuffer.wrap(response(path).getBytes(US_ASCII)));
                }
            }
        } catch (IOException e) {
            // The other side has given up.
        }
    }

    private static String response(String path) {
        return switch (path) {
            case "/absent" -> "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n";
            case "/broken" -> "HTTP/1.1 500 Oops\r\nContent-Length: 0\r\n\r\n";
            case "/long" -> "HTTP/1.1 200 OK\r\nContent-Length: 2000\r\n\r\n" + "x".repeat(2_000);
            case "/half" -> "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n{";
            default -> "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}";
        };
    }
}
