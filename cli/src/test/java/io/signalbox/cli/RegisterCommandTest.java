package io.signalbox.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands against an API that notes what it is asked. */
class RegisterCommandTest {
    private final List<String> calls = new CopyOnWriteArrayList<>();
    private final List<String> bodies = new CopyOnWriteArrayList<>();
    private final List<String> tokens = new CopyOnWriteArrayList<>();
    private final StringWriter err = new StringWriter();
    private volatile int status = 201;
    private HttpServer api;

    @BeforeEach
    void startApi() throws IOException {
        api = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        api.createContext(
                "/",
                exchange -> {
                    bodies.add(new String(exchange.getRequestBody().readAllBytes(), UTF_8));
                    calls.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
                    tokens.add(
                            String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
                    byte[] answer =
                            "{\"outcome\": \"registered\", \"detail\": \"why not\"}"
                                    .getBytes(UTF_8);
                    boolean put = exchange.getRequestMethod().equals("PUT");
                    exchange.sendResponseHeaders(put ? status : 200, answer.length);
                    exchange.getResponseBody().write(answer);
                    exchange.close();
                });
        api.start();
    }

    @AfterEach
    void stopApi() {
        api.stop(0);
    }

    @Test
    void shouldRegisterOnceWithoutACommand(@TempDir Path directory) throws IOException {
        Path token = Files.writeString(directory.resolve("token"), "a-token\n");

        int code =
                register(
                        "--label",
                        "signalbox.host=a.example",
                        "--api-token-file",
                        token.toString());

        assertThat(code).isZero();
        assertThat(calls).containsExactly("PUT /v1/endpoints/web-127.0.0.1-8080");
        assertThat(bodies)
                .containsExactly(
                        "{\"service\":\"web\",\"address\":\"127.0.0.1\",\"port\":8080,"
                                + "\"labels\":{\"signalbox.host\":\"a.example\"}}");
        assertThat(tokens).containsExactly("Bearer a-token");
    }

    @Test
    void shouldSayWhyItIsRefused() {
        status = 400;

        assertThat(register()).isEqualTo(1);

        assertThat(err.toString()).isEqualToIgnoringNewLines("signalbox register: why not");
    }

    @Test
    void shouldRegisterWhileACommandRunsAndEndWithItsCode() {
        int code = register("--wait", "0s", "--ttl", "3s", "--", "sh", "-c", "sleep 1.5; exit 7");

        assertThat(code).isEqualTo(7);
        assertThat(calls.getFirst()).startsWith("PUT ");
        assertThat(calls.subList(0, calls.size() - 1)).hasSizeGreaterThanOrEqualTo(2);
        assertThat(calls.getLast()).isEqualTo("DELETE /v1/endpoints/web-127.0.0.1-8080");
        assertThat(bodies.getFirst()).contains("\"ttl\":3");
    }

    @Test
    void shouldWaitForThePortOfACommand() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = socket.getLocalPort();

            assertThat(register("--port", Integer.toString(port), "--", "sleep", "0.5")).isZero();
        }
        assertThat(calls).hasSize(2);
    }

    @Test
    void shouldNotRegisterWhatEndsBeforeItAnswers() {
        assertThat(register("--port", "1", "--", "sh", "-c", "exit 3")).isEqualTo(3);

        assertThat(calls).noneMatch(call -> call.startsWith("PUT"));
    }

    @Test
    void shouldEndACommandThatMayNotBeRegistered() {
        status = 401;

        assertThat(register("--wait", "0s", "--", "sleep", "600")).isEqualTo(1);

        assertThat(err.toString()).contains("why not");
    }

    @Test
    void shouldTakeBackForGoodBeforeTheCommandIsToldToStop() throws Exception {
        ApiClient client =
                new ApiClient(URI.create("http://127.0.0.1:" + api.getAddress().getPort()));
        RegisteredCommand command =
                new RegisteredCommand(
                        new Registrar(client, "web-1", "{}"),
                        List.of("sh", "-c", "trap 'exit 5' TERM; while :; do sleep 0.1; done"),
                        "127.0.0.1",
                        1,
                        new RegisteredCommand.Times(
                                Duration.ofMillis(100), Duration.ZERO, Duration.ofSeconds(1)));
        Process process = Objects.requireNonNull(command.start());
        CompletableFuture<Integer> code = new CompletableFuture<>();
        Thread.ofPlatform()
                .daemon()
                .start(
                        () -> {
                            try {
                                code.complete(command.run(process));
                            } catch (InterruptedException e) {
                                code.completeExceptionally(e);
                            }
                        });
        await().until(() -> !calls.isEmpty());

        assertThat(command.stop(process)).hasValue(5);

        assertThat(code.get(10, TimeUnit.SECONDS)).isEqualTo(5);
        assertThat(calls.getLast()).startsWith("DELETE");
    }

    @Test
    void shouldRefuseAPortThatIsNone() {
        assertThat(register("--port", "65536", "--", "sleep", "600")).isEqualTo(2);

        assertThat(err.toString())
                .isEqualToIgnoringNewLines(
                        "signalbox register: --port must be a whole number from 1 to 65535: 65536");
    }

    @Test
    void shouldRefuseAWaitThatIsNoDuration() {
        assertThat(register("--wait", "soon", "--", "sleep", "600")).isEqualTo(2);

        assertThat(err.toString()).startsWith("signalbox register: --wait must be a duration");
        assertThat(calls).isEmpty();
    }

    @Test
    void shouldTakeBack() {
        assertThat(run("deregister", "web-1", "--drain", "0s")).isZero();

        assertThat(calls).containsExactly("DELETE /v1/endpoints/web-1");
    }

    private int register(String... more) {
        List<String> arguments =
                new ArrayList<>(List.of("register", "--service", "web", "--address", "localhost"));
        if (!Arrays.asList(more).contains("--port")) {
            arguments.addAll(List.of("--port", "8080"));
        }
        arguments.addAll(List.of(more));
        return run(arguments.toArray(String[]::new));
    }

    private int run(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(1, List.of("--api-url", "http://127.0.0.1:" + api.getAddress().getPort()));
        return Signalbox.commandLine()
                .setErr(new PrintWriter(err, true))
                .execute(all.toArray(String[]::new));
    }
}
