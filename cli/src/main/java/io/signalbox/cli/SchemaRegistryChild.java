package io.signalbox.cli;

import io.signalbox.process.StartFailure;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A real schema registry (Apicurio, with Confluent's API) as a child process on loopback, its data
 * in one directory.
 *
 * <p>It ends with this process, however sudden that is. Its pid is kept there too: one that still
 * ends, or does not, is ended before the next one starts.
 */
final class SchemaRegistryChild implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(SchemaRegistryChild.class);
    private static final String PROGRAM = "quarkus-run.jar";
    private static final String MAIN_CLASS = "io.quarkus.bootstrap.runner.QuarkusEntryPoint";
    private static final String CONFLUENT_API = "/apis/ccompat/v7";
    private static final int END_SECONDS = 10;

    /** What is registered stays registered, also when the process is killed the moment after. */
    private static final String KEPT_AT_ONCE = ";WRITE_DELAY=0";

    private final Process process;
    private final Path logFile;
    private final Path pidFile;
    private final int port;

    private SchemaRegistryChild(Process process, Path directory, int port) {
        this.process = process;
        this.logFile = directory.resolve("log");
        this.pidFile = directory.resolve("pid");
        this.port = port;
    }

    /**
     * Starts it and returns at once.
     *
     * @param directory where it keeps schemas, log and pid
     * @param port on 127.0.0.1
     */
    static SchemaRegistryChild start(Path directory, int port) {
        Path program = distribution().resolve(PROGRAM);
        if (!Files.isReadable(program)) {
            throw new StartFailure(
                    "the schema registry is not built: "
                            + program
                            + " is missing; run ./signalbox");
        }
        try {
            Files.createDirectories(directory);
            endLeftover(directory.resolve("pid"));
            Process process =
                    new ProcessBuilder(command(program, directory, port))
                            .redirectErrorStream(true)
                            .redirectOutput(freshLog(directory).toFile())
                            .start();
            Files.writeString(directory.resolve("pid"), Long.toString(process.pid()));
            return new SchemaRegistryChild(process, directory, port);
        } catch (IOException e) {
            throw new StartFailure("the schema registry cannot be started: " + e.getMessage());
        }
    }

    /** Base of Confluent's API. */
    String url() {
        return "http://127.0.0.1:" + port + CONFLUENT_API;
    }

    /** Waits until it ends, for whatever reason; answers its exit code. */
    int awaitEnd() throws InterruptedException {
        return process.waitFor();
    }

    long pid() {
        return process.pid();
    }

    /** Waits until it answers. */
    void awaitReady(Duration patience) {
        long end = System.nanoTime() + patience.toNanos();
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(url() + "/subjects"))
                        .timeout(Duration.ofSeconds(5))
                        .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            while (!answers(client, request)) {
                if (!process.isAlive()) {
                    throw new StartFailure(
                            "the schema registry ended by itself; its log is " + logFile);
                }
                if (System.nanoTime() > end) {
                    throw new StartFailure(
                            "the schema registry does not answer within "
                                    + patience.toSeconds()
                                    + " s; its log is "
                                    + logFile);
                }
                Thread.sleep(50);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StartFailure("interrupted while the schema registry started");
        }
    }

    @Override
    public void close() throws IOException {
        end(process.toHandle());
        Files.deleteIfExists(pidFile);
    }

    /** Keeps what the one before it said last: the reason may be there. */
    private static Path freshLog(Path directory) throws IOException {
        Path log = directory.resolve("log");
        if (Files.exists(log)) {
            Files.move(log, directory.resolve("log.before"), StandardCopyOption.REPLACE_EXISTING);
        }
        return log;
    }

    private static boolean answers(HttpClient client, HttpRequest request)
            throws InterruptedException {
        try {
            return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    private static Path distribution() {
        return Path.of(
                System.getProperty("signalbox.home", ".."), "cli", "target", "schema-registry");
    }

    /**
     * Little memory, two threads' worth of database, everything on loopback: the management
     * interface cannot be switched off and takes any free port.
     */
    private static List<String> command(Path program, Path directory, int port) {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx160m",
                "-Xss512k",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseCompactObjectHeaders",
                "--enable-native-access=ALL-UNNAMED",
                "-Dquarkus.http.host=127.0.0.1",
                "-Dquarkus.http.port=" + port,
                "-Dquarkus.http.access-log.enabled=false",
                "-Dquarkus.management.host=127.0.0.1",
                "-Dquarkus.management.port=0",
                "-Dapicurio.storage.kind=sql",
                "-Dapicurio.storage.sql.kind=h2",
                "-Dapicurio.datasource.url=jdbc:h2:file:"
                        + directory.toAbsolutePath().resolve("schemas")
                        + KEPT_AT_ONCE,
                "-Dapicurio.datasource.jdbc.initial-size=1",
                "-Dapicurio.datasource.jdbc.min-size=1",
                "-Dapicurio.datasource.jdbc.max-size=4",
                "-cp",
                program.toAbsolutePath() + File.pathSeparator + ownClasses(),
                BoundToParent.class.getName(),
                MAIN_CLASS);
    }

    private static Path ownClasses() {
        try {
            return Path.of(
                    BoundToParent.class
                            .getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void endLeftover(Path pidFile) throws IOException {
        if (!Files.exists(pidFile)) {
            return;
        }
        String pid = Files.readString(pidFile).strip();
        Optional<ProcessHandle> leftover =
                pid.matches("\\d{1,9}") ? ProcessHandle.of(Long.parseLong(pid)) : Optional.empty();
        leftover.filter(SchemaRegistryChild::isRegistry)
                .ifPresent(
                        handle -> {
                            log.atInfo()
                                    .addKeyValue("pid", pid)
                                    .log("ending the schema registry of an earlier run");
                            end(handle);
                        });
        Files.delete(pidFile);
    }

    /** Whether the process is a schema registry: a pid may belong to something else by now. */
    private static boolean isRegistry(ProcessHandle handle) {
        return handle.info().commandLine().filter(line -> line.contains(PROGRAM)).isPresent();
    }

    private static void end(ProcessHandle handle) {
        handle.destroy();
        try {
            handle.onExit().get(END_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            handle.destroyForcibly();
        } catch (Exception e) {
            handle.destroyForcibly();
        }
    }
}
