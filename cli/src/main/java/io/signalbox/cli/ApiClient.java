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
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;

/** Asks the registry's API. */
final class ApiClient {

    static final Setting<URI> API_URL =
            Setting.of(
                    "api-url",
                    SettingType.HTTP_URL,
                    "http://127.0.0.1:8412",
                    "The registry's API.");

    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final URI base;
    private final Duration timeout;

    ApiClient(URI base) {
        this(base, TIMEOUT);
    }

    /**
     * A client that waits no longer than that.
     *
     * @param timeout for connecting and, after that, for the answer
     */
    ApiClient(URI base, Duration timeout) {
        this.base = base;
        this.timeout = timeout;
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
        URI uri = URI.create(base + path);
        try (HttpClient client = HttpClient.newBuilder().connectTimeout(timeout).build()) {
            HttpResponse<String> response =
                    client.send(
                            HttpRequest.newBuilder(uri).timeout(timeout).build(),
                            HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() != 200) {
                throw new OperationFailed(
                        "the registry's API answered "
                                + response.statusCode()
                                + ": "
                                + response.body().strip());
            }
            return response.body();
        } catch (IOException e) {
            throw new OperationFailed(
                    "the registry's API at "
                            + base
                            + " cannot be reached ("
                            + e.getClass().getSimpleName()
                            + "); is a registry running there? (--api-url)");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new OperationFailed("interrupted");
        }
    }
}
