package io.signalbox.applier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.signalbox.applier.core.KnockSchedule;
import io.signalbox.process.FreePort;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class KnockTest {
    private final Queue<Object> answered = new ConcurrentLinkedQueue<>();
    private final Knock knock = open();
    private final Thread thread = new Thread(this::run, "knock-test");

    private Knock open() {
        try {
            return new Knock(target -> answered.add(target.key()), Duration.ofMillis(500));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private void run() {
        try {
            knock.run();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @BeforeEach
    void start() {
        thread.start();
    }

    @AfterEach
    void stop() throws Exception {
        thread.interrupt();
        thread.join();
        knock.close();
    }

    @Test
    void shouldFindWhoListensAlready() throws IOException {
        try (ServerSocket socket = listen(0)) {
            knock.start(new Knock.Target("a", address(socket.getLocalPort()), false));

            await().until(() -> answered.contains("a"));
        }
    }

    @Test
    void shouldKnockAgainUntilSomebodyListens() throws IOException {
        int port = freePort();
        knock.start(new Knock.Target("a", address(port), false));
        await().during(Duration.ofMillis(100)).until(answered::isEmpty);

        try (ServerSocket socket = listen(port)) {
            await().atMost(Duration.ofSeconds(1)).until(() -> answered.contains("a"));
            assertThat(socket.isBound()).isTrue();
        }
    }

    @Test
    void shouldNotBelieveAProxyThatClosesAtOnce() throws IOException {
        AtomicInteger accepted = new AtomicInteger();
        try (ServerSocket socket = listen(0)) {
            Thread proxy = Thread.ofPlatform().daemon().start(() -> closeAtOnce(socket, accepted));

            knock.start(new Knock.Target("a", address(socket.getLocalPort()), true));

            await().until(() -> accepted.get() > 3);
            assertThat(answered).isEmpty();
            assertThat(proxy.isAlive()).isTrue();
        }
    }

    @Test
    void shouldBelieveAProxyThatKeepsTheConnection() throws IOException {
        try (ServerSocket socket = listen(0)) {
            knock.start(new Knock.Target("a", address(socket.getLocalPort()), true));

            await().until(() -> answered.contains("a"));
        }
    }

    @Test
    void shouldKnockAtHundredsAtOnceAndStopWhenTold() throws IOException {
        int silent = freePort();
        List<Object> keys = new ArrayList<>();
        try (ServerSocket socket = listen(0)) {
            knock.start(new Knock.Target("silent", address(silent), false));
            knock.stop("silent");
            for (int index = 0; index < 300; index++) {
                keys.add(index);
                knock.start(new Knock.Target(index, address(socket.getLocalPort()), false));
            }
            await().until(() -> answered.containsAll(keys));
        }
        try (ServerSocket late = listen(silent)) {
            await().during(Duration.ofMillis(200)).until(() -> !answered.contains("silent"));
            assertThat(late.isBound()).isTrue();
        }
    }

    @Test
    void shouldKnockRarerWithTimeAndWithTheCrowd() {
        assertThat(KnockSchedule.pause(Duration.ZERO, 1)).isEqualTo(Duration.ofMillis(2));
        assertThat(KnockSchedule.pause(Duration.ofSeconds(10), 1))
                .isEqualTo(Duration.ofMillis(200));
        assertThat(KnockSchedule.pause(Duration.ofHours(1), 1)).isEqualTo(Duration.ofSeconds(2));
        assertThat(KnockSchedule.pause(Duration.ZERO, 400)).isEqualTo(Duration.ofMillis(100));
    }

    private static void closeAtOnce(ServerSocket socket, AtomicInteger accepted) {
        while (!socket.isClosed()) {
            try (Socket connection = socket.accept()) {
                accepted.addAndGet(connection.isConnected() ? 1 : 0);
            } catch (IOException e) {
                return;
            }
        }
    }

    private static ServerSocket listen(int port) throws IOException {
        return new ServerSocket(port, 400, InetAddress.getLoopbackAddress());
    }

    private static int freePort() throws IOException {
        return FreePort.onLoopback();
    }

    private static InetSocketAddress address(int port) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }
}
