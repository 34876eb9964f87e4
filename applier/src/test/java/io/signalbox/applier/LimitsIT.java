package io.signalbox.applier;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.haproxy.Timeouts;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a group's time-outs and its number of connections do to requests. */
@Timeout(60)
class LimitsIT {
    private static final String BINARIES = "io.signalbox.applier.Binaries#all";
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final Duration SHORT = Duration.ofMillis(400);
    private static final String REQUEST = "GET / HTTP/1.1\r\nHost: a.example\r\n\r\n";

    @TempDir Path directory;

    /** Serves a.example with these limits; on which port. */
    private static int serve(Rig rig, App app, Timeouts timeouts, int connections)
            throws Exception {
        int port = ApplierIT.freePort();
        GroupTopic topic = new GroupTopic(rig::offer);
        topic.limits(port, timeouts, connections)
                .service("a", "a.example", GroupTopic.server("a", app));
        rig.awaitServing(topic.manifest());
        return port;
    }

    @ParameterizedTest
    @MethodSource(BINARIES)
    void shouldEndWhatTakesLongerThanTheGroupAllows(Path binary) throws Exception {
        Timeouts timeouts = new Timeouts(LONG, LONG, SHORT, LONG, SHORT, SHORT);
        try (Rig rig = Rig.start(binary, directory);
                App app = App.start()) {
            int port = serve(rig, app, timeouts, 0);

            assertThat(answers(port, REQUEST.replace("/ ", "/wait/10000 ")))
                    .startsWith("HTTP/1.1 504");
            assertThat(answers(port, "GET / HTTP/1.1\r\nHost: a.exam")).startsWith("HTTP/1.1 408");
            assertThat(answers(port, REQUEST)).startsWith("HTTP/1.1 200").contains(app.id());
        }
    }

    @ParameterizedTest
    @MethodSource(BINARIES)
    void shouldHaveNoMoreConnectionsThanTheGroupAllows(Path binary) throws Exception {
        Timeouts timeouts = new Timeouts(LONG, LONG, LONG, LONG, LONG, LONG);
        try (Rig rig = Rig.start(binary, directory);
                App app = App.start()) {
            int port = serve(rig, app, timeouts, 2);

            try (Socket one = asked(port);
                    Socket two = asked(port)) {
                assertThat(first(one)).isEqualTo('H');
                assertThat(first(two)).isEqualTo('H');
                try (Socket three = asked(port)) {
                    three.setSoTimeout(500);
                    assertThatThrownBy(() -> first(three))
                            .isInstanceOf(SocketTimeoutException.class);
                    one.shutdownOutput();
                    three.setSoTimeout((int) LONG.toMillis());
                    assertThat(first(three)).isEqualTo('H');
                }
            }
        }
    }

    /** Everything up to the end of the connection. */
    private static String answers(int port, String request) throws IOException {
        try (Socket socket = connected(port, request)) {
            return new String(socket.getInputStream().readAllBytes(), US_ASCII);
        }
    }

    private static Socket asked(int port) throws IOException {
        return connected(port, REQUEST);
    }

    private static Socket connected(int port, String request) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(10_000);
        socket.getOutputStream().write(request.getBytes(US_ASCII));
        return socket;
    }

    private static int first(Socket socket) throws IOException {
        return socket.getInputStream().read();
    }
}
