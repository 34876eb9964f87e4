package io.signalbox.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.signalbox.schemas.SchemaRegistryUnavailable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class SchemaWatchTest {
    private final CompletableFuture<SchemaWatch> watch = new CompletableFuture<>();

    @Test
    void shouldNameTheRegistryThatIsAwayAndGoOnTrying() throws IOException {
        String url = "http://127.0.0.1:" + TestBroker.freePort();
        try (Logged logged = new Logged(SchemaWatch.class);
                Running running = start(Map.of("schema-registry-url", url))) {
            await().atMost(Duration.ofSeconds(20))
                    .untilAsserted(
                            () ->
                                    assertThat(
                                                    running.runtime
                                                            .readiness()
                                                            .causes()
                                                            .get("schema-registry"))
                                            .contains(url));
            assertThat(logged.messages()).containsExactly("schema-registry is away");
            assertThat(running.failures).isEmpty();
        }
    }

    @Test
    void shouldTryAgainUntilTheRegistryIsBack() throws Exception {
        try (Logged logged = new Logged(SchemaWatch.class);
                Running running =
                        start(
                                Map.of(
                                        "schema-registry-url",
                                        "http://127.0.0.1:" + TestBroker.freePort()))) {
            AtomicInteger tries = new AtomicInteger();

            String result =
                    watch.join()
                            .patiently(
                                    () -> {
                                        if (tries.incrementAndGet() == 1) {
                                            throw new SchemaRegistryUnavailable("away", null);
                                        }
                                        return "encoded";
                                    });

            assertThat(result).isEqualTo("encoded");
            assertThat(tries).hasValue(2);
            assertThat(logged.messages()).containsOnlyOnce("schema-registry is away");
            assertThat(running.failures).isEmpty();
        }
    }

    @Test
    void shouldNameACacheFolderThatCannotBeUsed(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");
        assertThatThrownBy(() -> start(Map.of("schema-cache", file.resolve("cache").toString())))
                .isInstanceOf(StartFailure.class)
                .hasMessageStartingWith("SIGNALBOX_SCHEMA_CACHE must be a folder to write to: ");
    }

    private Running start(Map<String, String> flags) {
        return Running.startWith(flags, runtime -> watch.complete(SchemaWatch.start(runtime)));
    }
}
