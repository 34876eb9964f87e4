package io.signalbox.haproxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.BindException;
import java.net.ServerSocket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/** A real HAProxy of one version, in a directory of its own. */
final class RealHaproxy implements AutoCloseable {

    /** The versions that the tests run on, by the variables that name their programs. */
    enum Release {
        V26("SIGNALBOX_TEST_HAPROXY_26", "2.6"),
        V30("SIGNALBOX_TEST_HAPROXY_30", "3.0");

        private final String variable;
        private final String branch;

        Release(String variable, String branch) {
            this.variable = variable;
            this.branch = branch;
        }

        HaproxyVersion version() {
            return HaproxyVersion.of(branch);
        }

        /** The program; a missing one is a failure. */
        String program() {
            var program = System.getenv(variable);
            assertThat(program)
                    .as("%s must name an HAProxy %s (./signalbox verify sets it)", variable, branch)
                    .isNotNull();
            assertThat(Path.of(program)).isExecutable();
            return program;
        }
    }

    private final Release release;
    private final Path directory;
    private final Process process;

    private RealHaproxy(Release release, Path directory, Process process) {
        this.release = release;
        this.directory = directory;
        this.process = process;
    }

    /** What {@code haproxy -c} says of a configuration: empty where it is valid. */
    static String check(Release release, Path directory, Configuration.Files files)
            throws IOException, InterruptedException {
        write(directory, files);
        var check =
                new ProcessBuilder(release.program(), "-c", "-f", config(directory))
                        .redirectErrorStream(true)
                        .start();
        var output = new String(check.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return check.waitFor() == 0 && !output.contains("[WARNING]") ? "" : output;
    }

    /** Starts it with a master and waits until both answer. */
    static RealHaproxy start(Release release, Path directory, Configuration.Files files)
            throws IOException {
        write(directory, files);
        var process =
                new ProcessBuilder(
                                release.program(),
                                "-W",
                                "-S",
                                directory.resolve("master.sock").toString(),
                                "-f",
                                config(directory))
                        .redirectError(directory.resolve("errors").toFile())
                        .redirectOutput(directory.resolve("log").toFile())
                        .start();
        var haproxy = new RealHaproxy(release, directory, process);
        await().atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> !process.isAlive() || haproxy.answers());
        assertThat(process.isAlive()).as(Files.readString(directory.resolve("errors"))).isTrue();
        return haproxy;
    }

    static LocalSettings local(Path directory) {
        return new LocalSettings(
                new ConfigPath(directory.resolve("runtime.sock").toString()),
                new ConfigPath(directory.resolve("maps").toString()),
                new CertificateFiles(new ConfigPath(directory.resolve("certificates").toString())),
                LocalSettings.LogTarget.STDOUT,
                java.util.Optional.empty(),
                List.of());
    }

    /** A port below those of outgoing connections, one of which could have it before HAProxy. */
    static int freePort() throws IOException {
        while (true) {
            try (var socket =
                    new ServerSocket(ThreadLocalRandom.current().nextInt(10_000, 32_768))) {
                return socket.getLocalPort();
            } catch (BindException e) {
                // Taken: the next one.
            }
        }
    }

    Capabilities capabilities() {
        return release.version().capabilities();
    }

    ConfigPath map(MapName name) {
        return name.in(local(directory).maps());
    }

    /** Sends commands as an applier does, and gives their replies. */
    List<Reply> run(RuntimeCommand... commands) {
        return RuntimeLine.join(List.of(commands), capabilities()).stream()
                .flatMap(line -> line.check(raw("runtime.sock", line.bytes())).stream())
                .toList();
    }

    Reply master(RuntimeCommand command) {
        var line = new RuntimeLine(List.of(command));
        return line.check(raw("master.sock", line.bytes())).getFirst();
    }

    String raw(String socket, byte[] bytes) {
        var address = UnixDomainSocketAddress.of(directory.resolve(socket));
        try (var channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.connect(address);
            channel.write(ByteBuffer.wrap(bytes));
            if (socket.equals("master.sock")) {
                channel.shutdownOutput();
            }
            var answer = new ByteArrayOutputStream();
            var buffer = ByteBuffer.allocate(65_536);
            while (channel.read(buffer) >= 0) {
                answer.write(buffer.array(), 0, buffer.position());
                buffer.clear();
            }
            return answer.toString(StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** The lines of its access log so far. */
    List<String> log() throws IOException {
        return Files.readAllLines(directory.resolve("log"), StandardCharsets.ISO_8859_1);
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        await().atMost(Duration.ofSeconds(10)).until(() -> !process.isAlive());
    }

    private boolean answers() {
        try {
            return run(new RuntimeCommand.ShowInfo()).getFirst() instanceof Reply.Ok
                    && master(new RuntimeCommand.ShowProcesses()) instanceof Reply.Ok;
        } catch (java.io.UncheckedIOException e) {
            return false;
        }
    }

    private static String config(Path directory) {
        return directory.resolve("haproxy.cfg").toString();
    }

    private static void write(Path directory, Configuration.Files files) throws IOException {
        Files.createDirectories(directory.resolve("maps"));
        Files.writeString(directory.resolve("haproxy.cfg"), files.haproxyCfg());
        for (var map : files.maps().entrySet()) {
            Files.writeString(
                    directory.resolve("maps").resolve(map.getKey().fileName()), map.getValue());
        }
    }
}
