package io.signalbox.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.signalbox.process.Setting;
import io.signalbox.process.SettingType;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Asks the registry's API. */
final class ApiClient {

    static final Setting<URI> API_URL =
            Setting.of(
                    "api-url",
                    SettingType.HTTP_URL,
                    "http://127.0.0.1:8412",
                    "The registry's API.");

    static final Setting<Optional<Path>> API_TOKEN_FILE =
            Setting.optional(
                    "api-token-file",
                    SettingType.PATH,
                    "File with the token that the registry's doors ask for.");

    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final URI base;
    private final Duration timeout;
    private final Optional<Path> tokenFile;

    ApiClient(URI base) {
        this(base, TIMEOUT);
    }

    /**
     * One that waits no longer than that.
     *
     * @param timeout for connecting and, after that, for the answer
     */
    ApiClient(URI base, Duration timeout) {
        this(base, timeout, Optional.empty());
    }

    /**
     * One that also comes in by doors.
     *
     * @param tokenFile with the token to be sent; empty for none
     */
    ApiClient(URI base, Optional<Path> tokenFile) {
        this(base, TIMEOUT, tokenFile);
    }

    private ApiClient(URI base, Duration timeout, Optional<Path> tokenFile) {
        this.base = base;
        this.timeout = timeout;
        this.tokenFile = tokenFile;
    }

    /**
     * An answer of a door.
     *
     * @param status the HTTP status
     * @param body as JSON; a missing node where it is none
     */
    record Answer(int status, JsonNode body) {

        /** Why it was refused, in one line. */
        String detail() {
            return body.path("detail").asText("status " + status);
        }
    }

    /**
     * Sends something to a door.
     *
     * @param body as JSON; empty for none
     * @throws OperationFailed when the API cannot be reached, or the token cannot be read
     */
    Answer send(String method, String path, String body) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(base + path))
                        .timeout(timeout)
                        .version(HttpClient.Version.HTTP_1_1)
                        .method(method, HttpRequest.BodyPublishers.ofString(body));
        tokenFile.ifPresent(file -> request.header("Authorization", "Bearer " + token(file)));
        HttpResponse<String> response = exchange(request.build());
        try {
            return new Answer(response.statusCode(), JSON.readTree(response.body()));
        } catch (IOException e) {
            return new Answer(response.statusCode(), JSON.missingNode());
        }
    }

    private static String token(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new OperationFailed(
                    "the token cannot be read from %s (%s)"
                            .formatted(file, e.getClass().getSimpleName()));
        }
    }

    /**
     * Gets one answer.
     *
     * @throws OperationFailed when the API cannot be reached or refuses
     */
    JsonNode get(String path, Map<String, String> query) {
        String parameters =
                query.entrySet().stream()
                        .map(
                                e ->
                                        e.getKey()
                                                + "="
                                                + URLEncoder.encode(
                                                        e.getValue(), StandardCharsets.UTF_8))
                        .collect(Collectors.joining("&"));
        try {
            return JSON.readTree(text(path + (parameters.isEmpty() ? "" : "?" + parameters)));
        } catch (JsonProcessingException e) {
            throw new OperationFailed("what answers at " + base + " is no registry's API");
        }
    }

    /**
     * Gets the body of one answer.
     *
     * @param path with its query
     * @throws OperationFailed when the API cannot be reached or refuses
     */
    String text(String path) {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(base + path)).timeout(timeout).build();
        HttpResponse<String> response = exchange(request);
        if (response.statusCode() != 200) {
            throw new OperationFailed(
                    "the registry's API answered "
                            + response.statusCode()
                            + ": "
                            + response.body().strip());
        }
        return response.body();
    }

    private HttpResponse<String> exchange(HttpRequest request) {
        try (HttpClient client = HttpClient.newBuilder().connectTimeout(timeout).build()) {
            return client.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw unreachable(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new OperationFailed("interrupted");
        }
    }

    private OperationFailed unreachable(IOException failure) {
        return new OperationFailed(
                "the registry's API at "
                        + base
                        + " cannot be reached ("
                        + failure.getClass().getSimpleName()
                        + "); is a registry running there? (--api-url)");
    }
}
