package io.signalbox.bench.faults;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.signalbox.process.FreePort;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class FaultProxyTest {
    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();
    private static final String ANSWER = "x".repeat(1_000);

    @TempDir private Path directory;

    private final List<AutoCloseable> open = new ArrayList<>();
    private ServerSocket service;
    private InetSocketAddress front;
    private FaultProxy proxy;

    @BeforeEach
    void start() throws IOException {
        service = closing(new ServerSocket(0, 50, LOOPBACK));
        front = new InetSocketAddress(LOOPBACK, FreePort.onLoopback());
        proxy = closing(new FaultProxy(front, service.getLocalSocketAddress(), "/events?"));
    }

    @AfterEach
    void stop() throws Exception {
        for (AutoCloseable one : open.reversed()) {
            one.close();
        }
    }

    @Test
    void shouldPassEverythingOnBothWays() throws Exception {
        Socket client = client();
        Socket served = served();

        say(client, "question");
        say(served, "answer");

        assertThat(hear(served, 8)).isEqualTo("question");
        assertThat(hear(client, 6)).isEqualTo("answer");
    }

    @Test
    void shouldPassAnAnswerOnAfterTheClientHasSaidAll() throws Exception {
        Socket client = client();
        Socket served = served();
        say(client, "question");
        client.shutdownOutput();
        assertThat(served.getInputStream().readAllBytes()).hasSize(8);

        say(served, "answer");
        served.close();

        assertThat(client.getInputStream().readAllBytes()).hasSize(6);
    }

    @Test
    void shouldPassOnBetweenUnixSockets() throws Exception {
        UnixDomainSocketAddress back = UnixDomainSocketAddress.of(directory.resolve("back"));
        UnixDomainSocketAddress before = UnixDomainSocketAddress.of(directory.resolve("front"));
        ServerSocketChannel listening =
                closing(ServerSocketChannel.open(StandardProtocolFamily.UNIX));
        listening.bind(back);
        closing(new FaultProxy(before, back, "/events?"));

        SocketChannel client = closing(SocketChannel.open(before));
        client.write(ByteBuffer.wrap("hello".getBytes(ISO_8859_1)));

        ByteBuffer got = ByteBuffer.allocate(5);
        SocketChannel served = closing(listening.accept());
        while (got.hasRemaining() && served.read(got) >= 0) {
            // Until all five have come.
        }
        assertThat(new String(got.array(), ISO_8859_1)).isEqualTo("hello");
    }

    @Test
    void shouldCutOpenConnectionsAndWelcomeNewOnes() throws Exception {
        Socket client = client();
        served();
        await().until(() -> proxy.connections() == 1);

        proxy.cut();

        assertThat(client.getInputStream().read()).isEqualTo(-1);
        client();
        assertThat(served().isConnected()).isTrue();
    }

    @Test
    void shouldCutBehindTheByteThatItWasTold() throws Exception {
        Socket client = client();
        Socket served = served();
        proxy.cutAfter(123);

        say(served, ANSWER);

        assertThat(client.getInputStream().readAllBytes()).hasSize(123);
    }

    @Test
    void shouldPassNothingWhileItStalls() throws Exception {
        Socket client = client();
        Socket served = served();
        proxy.stall();
        say(served, "answer");
        client.setSoTimeout(100);
        assertThatThrownBy(() -> client.getInputStream().read())
                .isInstanceOf(SocketTimeoutException.class);

        proxy.resume();

        client.setSoTimeout(5_000);
        assertThat(hear(client, 6)).isEqualTo("answer");
    }

    @Test
    void shouldDelayWhatItPassesOn() throws Exception {
        Socket client = client();
        Socket served = served();
        proxy.delay(Duration.ofMillis(200));
        long begin = System.nanoTime();

        say(served, "answer");

        assertThat(hear(client, 6)).isEqualTo("answer");
        assertThat(System.nanoTime() - begin).isGreaterThan(200_000_000L);
    }

    @Test
    void shouldKeepEveryByteWhenItSlices() throws Exception {
        Socket client = client();
        Socket served = served();
        proxy.slice(7);

        say(served, ANSWER);

        assertThat(hear(client, ANSWER.length())).isEqualTo(ANSWER);
    }

    @RepeatedTest(20)
    void shouldBeAwayAndComeBack() throws Exception {
        proxy.goAway();
        assertThatThrownBy(this::client).isInstanceOf(ConnectException.class);

        proxy.comeBack();

        client();
        assertThat(served().isConnected()).isTrue();
    }

    @Test
    void shouldLeaveWholeEventsOutOfAStream() throws Exception {
        Socket client = client();
        Socket served = served();
        say(client, "GET /events?since=1 HTTP/1.1\r\n\r\n");
        hear(served, 32);
        say(served, "HTTP/1.1 200 OK\r\n\r\n" + chunk("first") + "5\r\nlo");
        assertThat(hear(client, 19 + 10)).endsWith(chunk("first"));

        proxy.dropEvents(true);
        say(served, "st!\r\n" + chunk("second"));
        await().until(() -> proxy.dropped() == 2);
        proxy.dropEvents(false);
        say(served, chunk("third"));

        assertThat(hear(client, 10)).isEqualTo(chunk("third"));
    }

    private static String chunk(String event) {
        return Integer.toHexString(event.length()) + "\r\n" + event + "\r\n";
    }

    private Socket client() throws IOException {
        Socket client = closing(new Socket());
        client.connect(front);
        return client;
    }

    private Socket served() throws IOException {
        return closing(service.accept());
    }

    private static void say(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(ISO_8859_1));
    }

    private static String hear(Socket socket, int bytes) throws IOException {
        InputStream in = socket.getInputStream();
        return new String(in.readNBytes(bytes), ISO_8859_1);
    }

    private <T extends AutoCloseable> T closing(T one) {
        open.add(one);
        return one;
    }
}
