package io.signalbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Both HAProxy versions of the tests run as programs of this machine would. */
@Timeout(60)
class HaproxyVersionsIT {
    private static final Pattern WORKER = Pattern.compile("(?m)^(\\d+)\\s+worker\\s");

    @TempDir private Path work;

    @ParameterizedTest
    @ValueSource(strings = {"2.6", "3.0"})
    void shouldRunTheVersionItIsNamedAfter(String version) throws Exception {
        assertThat(Shell.outputOf(haproxy(version), "-v"))
                .startsWith("HAProxy version " + version + ".");
    }

    @ParameterizedTest
    @ValueSource(strings = {"2.6", "3.0"})
    void shouldReloadAndStopUnderItsOwnProcessIdAndPaths(String version) throws Exception {
        Path configuration = writeConfiguration();
        Path master = work.resolve("master.sock");
        Process process =
                new ProcessBuilder(
                                haproxy(version),
                                "-W",
                                "-S",
                                master.toString(),
                                "-f",
                                configuration.toString())
                        .redirectErrorStream(true)
                        .redirectOutput(work.resolve("log").toFile())
                        .start();
        try {
            String first = await().until(() -> worker(master), pid -> !pid.isEmpty());

            ask(master, "reload");

            await().until(() -> worker(master), pid -> !List.of("", first).contains(pid));
            assertThat(ask(master, "show proc")).contains(Long.toString(process.pid()));
            process.destroy();
            assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
        } finally {
            process.destroyForcibly();
        }
    }

    private Path writeConfiguration() throws IOException {
        String text =
                """
                defaults
                    mode http
                    timeout connect 1s
                    timeout client 1s
                    timeout server 1s
                frontend f
                    bind unix@"""
                        + work.resolve("f.sock")
                        + "\n";
        return Files.writeString(work.resolve("haproxy.cfg"), text);
    }

    private static String haproxy(String version) {
        return Shell.REPOSITORY.resolve("compose/prerequisites/haproxy-" + version).toString();
    }

    private static String worker(Path master) throws Exception {
        Matcher worker = WORKER.matcher(ask(master, "show proc"));
        return worker.find() ? worker.group(1) : "";
    }

    /** One command to the master socket; an empty answer while HAProxy exchanges itself. */
    private static String ask(Path master, String command) throws Exception {
        ByteBuffer answer = ByteBuffer.allocate(65_536);
        try (SocketChannel socket = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            socket.connect(UnixDomainSocketAddress.of(master));
            socket.write(ByteBuffer.wrap((command + "\n").getBytes(StandardCharsets.UTF_8)));
            socket.shutdownOutput();
            int read;
            do {
                read = socket.read(answer);
            } while (read > 0);
        } catch (IOException e) {
            return "";
        }
        return new String(answer.array(), 0, answer.position(), StandardCharsets.UTF_8);
    }
}
