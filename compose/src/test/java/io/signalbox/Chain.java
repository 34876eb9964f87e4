package io.signalbox;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.signalbox.applier.certificates.OwnCertificate;
import io.signalbox.cli.EphemeralSignalbox;
import io.signalbox.cli.replay.ReplayLog;
import io.signalbox.process.FreePort;
import io.signalbox.process.KeyPin;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * A whole Signalbox, seen from outside: requests to its proxy, questions to its API. One serves all
 * classes of a test run.
 */
final class Chain implements AutoCloseable {
    /** How long a change may take to show, on a machine that is busy with tests. */
    static final Duration PATIENCE = Duration.ofSeconds(20);

    private static final Pattern SERVED_BY = Pattern.compile("(?i)\r\nx-served-by: ([^\r]*)\r");
    private static final Pattern BROKER = Pattern.compile("(?m)^SIGNALBOX_BOOTSTRAP_SERVERS=(.*)$");

    private final List<Throwable> fatal = new CopyOnWriteArrayList<>();
    private final Map<String, String> settings;
    private final EphemeralSignalbox signalbox;
    private final LogLines log;
    private final HttpClient http = HttpClient.newHttpClient();
    private final ObjectMapper json = new ObjectMapper();

    private final Path lists = directory();

    /** One with these settings of its processes, by their flags. */
    Chain(Map<String, String> settings) throws InterruptedException {
        this.settings = Map.copyOf(settings);
        Map<String, String> all = new HashMap<>(settings);
        all.put("static-files", lists.toString());
        all.put("dns-every", "100ms");
        signalbox = EphemeralSignalbox.start(0, all, fatal::add);
        log = new LogLines();
    }

    /** Hands the one chain of the run to tests; JUnit closes it in the end. */
    static final class Shared implements ParameterResolver {
        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
            return parameter.getParameter().getType() == Chain.class;
        }

        @Override
        public Chain resolveParameter(ParameterContext parameter, ExtensionContext context) {
            return context.getRoot()
                    .getStore(ExtensionContext.Namespace.GLOBAL)
                    .computeIfAbsent(Chain.class, _ -> start(), Chain.class);
        }
    }

    private static Path directory() {
        try {
            Path made = Files.createTempDirectory("lists");
            made.toFile().deleteOnExit();
            return made;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The folder of its watcher's static files. */
    Path lists() {
        return lists;
    }

    private static Chain start() {
        try {
            Map<String, String> settings = new HashMap<>();
            settings.put("door-docker-flow", "open");
            settings.put("door-docker-flow-listen", "127.0.0.1:" + FreePort.onLoopback());
            takeCertificates(settings, directory());
            return new Chain(settings);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** By TLS, the door knowing the applier by its key. */
    private static void takeCertificates(Map<String, String> settings, Path directory) {
        try {
            Path shown = directory.resolve("api.pem");
            KeyPin pin = OwnCertificate.pin(OwnCertificate.kept(shown, Instant.now()));
            String token = "a-token-of-the-appliers";
            Path file = Files.writeString(directory.resolve("token"), token);
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
            String listen = "127.0.0.1:" + FreePort.onLoopback();
            settings.put("certificates-token", token);
            settings.put("certificates-listen", listen);
            settings.put("certificates-listen-certificate", shown.toString());
            settings.put("door-docker-flow-certificates", "https://" + listen + "=" + pin);
            settings.put("door-docker-flow-certificates-token-file", file.toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * An answer of the proxy.
     *
     * @param servedBy the host name of the container that gave it; empty for the proxy's own
     */
    record Reply(int status, String servedBy, String text) {}

    /** Sends one request with exactly this Host header and target; waits two seconds for more. */
    Reply get(String host, String target) {
        return get(signalbox.proxy(), host, target);
    }

    /** The same at any proxy. */
    static Reply get(InetSocketAddress proxy, String host, String target) {
        String request =
                "GET %s HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n".formatted(target, host);
        try (Socket socket = new Socket(proxy.getAddress(), proxy.getPort())) {
            socket.setSoTimeout(2_000);
            socket.getOutputStream().write(request.getBytes(ISO_8859_1));
            String text = new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
            if (text.isEmpty()) {
                throw new EOFException("no answer to a request for " + host);
            }
            Matcher servedBy = SERVED_BY.matcher(text);
            return new Reply(
                    Integer.parseInt(text.split(" ", 3)[1]),
                    servedBy.find() ? servedBy.group(1) : "",
                    text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until requests for the host and path are answered by this container. */
    void awaitServed(String host, String target, String container) {
        String name = container.substring(0, 12);
        await(host + target)
                .atMost(PATIENCE)
                .ignoreException(UncheckedIOException.class)
                .until(() -> get(host, target), reply -> reply.servedBy().equals(name));
    }

    /** Waits until requests for the host and path get this answer of the proxy's own. */
    void awaitStatus(String host, String target, int status) {
        await(host + target)
                .atMost(PATIENCE)
                .ignoreException(UncheckedIOException.class)
                .until(
                        () -> get(host, target),
                        reply -> reply.status() == status && reply.servedBy().isEmpty());
    }

    /** What {@code signalbox why} says. */
    String why(String subject) {
        List<String> lines = new ArrayList<>();
        ask("/v1/why?subject=" + URLEncoder.encode(subject, StandardCharsets.UTF_8))
                .path("text")
                .forEach(line -> lines.add(line.asText()));
        return String.join("\n", lines);
    }

    /** Waits until {@code signalbox why} says all of these. */
    void awaitWhy(String subject, String... parts) {
        await("why " + subject)
                .atMost(PATIENCE)
                .until(
                        () -> why(subject),
                        said -> List.of(parts).stream().allMatch(said::contains));
    }

    /** An answer of the registry's API. */
    JsonNode ask(String path) {
        try {
            return json.readTree(fetch("registry", path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String fetch(String url) {
        return fetch(HttpRequest.newBuilder(URI.create(url)).build());
    }

    private String fetch(HttpRequest request) {
        try {
            return http.send(request, BodyHandlers.ofString()).body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** What a process answers over HTTP. */
    String fetch(String process, String path) {
        return fetch("http://" + signalbox.endpoints().get(process) + path);
    }

    /** What Docker Flow's door answers to a call behind {@code /v1/docker-flow-proxy/}. */
    String dockerFlow(String call) {
        return fetch(dockerFlowUrl(call));
    }

    /** The same of a call with a body. */
    String dockerFlow(String method, String call, String body) {
        return fetch(
                HttpRequest.newBuilder(URI.create(dockerFlowUrl(call)))
                        .method(method, HttpRequest.BodyPublishers.ofString(body))
                        .build());
    }

    private String dockerFlowUrl(String call) {
        return "http://"
                + settings.get("door-docker-flow-listen")
                + "/v1/docker-flow-proxy/"
                + call;
    }

    /** Where its proxy listens. */
    InetSocketAddress proxy() {
        return signalbox.proxy();
    }

    /** What the processes logged since they were ready, one text for each line. */
    List<String> log() {
        return log.lines();
    }

    /** Where the broker answers. */
    String bootstrapServers() {
        Matcher found = BROKER.matcher(read(data().resolve("endpoints")));
        if (!found.find()) {
            throw new IllegalStateException("no broker in " + data().resolve("endpoints"));
        }
        return found.group(1);
    }

    /** The log up to its present end, as a replay reads it. */
    ReplayLog replayLog() {
        return signalbox.log();
    }

    /** The directory in which everything is kept. */
    Path data() {
        return signalbox.data();
    }

    /** The runtime socket of its HAProxy. */
    Path runtimeSocket() {
        return signalbox.runtimeSocket();
    }

    /** A file of the configuration that HAProxy runs with, such as {@code routes}. */
    String configuration(String file) {
        return read(data().resolve("applier/current").resolve(file));
    }

    static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        signalbox.close();
        if (!fatal.isEmpty()) {
            throw new IllegalStateException("a process failed", fatal.getFirst());
        }
    }
}
