package io.signalbox.schemas;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How the schema registry is reached.
 *
 * @param url of Confluent's API; several, separated by commas, are tried in turn
 * @param cacheFile where learned ids and schemas are kept, so that a process works while the
 *     registry is away; null keeps them in memory only
 * @param deadline for one request, connecting included
 * @param clientProperties passed to Confluent's client as they are (credentials, TLS)
 */
public record SchemaRegistrySettings(
        String url,
        @Nullable Path cacheFile,
        Duration deadline,
        Map<String, String> clientProperties) {

    public SchemaRegistrySettings {
        clientProperties = Map.copyOf(clientProperties);
    }

    /** Without credentials, with a deadline of two seconds. */
    public static SchemaRegistrySettings of(String url, @Nullable Path cacheFile) {
        return new SchemaRegistrySettings(url, cacheFile, Duration.ofSeconds(2), Map.of());
    }

    /** Names the keys of the client's properties only: their values may be secrets. */
    @Override
    public String toString() {
        return "SchemaRegistrySettings[url=%s, cacheFile=%s, deadline=%s, clientProperties=%s]"
                .formatted(url, cacheFile, deadline, clientProperties.keySet());
    }
}
