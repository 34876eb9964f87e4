package io.signalbox.schemas.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.signalbox.schemas.Codec;
import io.signalbox.schemas.Decoded;
import io.signalbox.schemas.Liveness;
import io.signalbox.schemas.SchemaRegistrySettings;
import io.signalbox.schemas.SchemaRegistryUnavailable;
import io.signalbox.schemas.Topic;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that knows its schemas works while the registry is away; one that does not says so. */
class WarmCacheTest {

    private static final Liveness TICK = new Liveness.Tick("registry-1");

    @TempDir Path directory;

    @Test
    void shouldWriteAndReadWithoutTheRegistryOnceItKnowsTheSchemas() throws IOException {
        // Given
        FakeRegistry registry = new FakeRegistry(40);
        byte[] bytes;
        try (ConfluentCodecs codecs = codecs(registry.url())) {
            codecs.warmUp();
            bytes = liveness(codecs).encode(TICK);
        }
        registry.close();

        // When
        try (ConfluentCodecs codecs = codecs(registry.url())) {
            codecs.warmUp();

            // Then
            assertThat(liveness(codecs).encode(TICK)).isEqualTo(bytes);
            assertThat(liveness(codecs).decode(bytes)).isEqualTo(new Decoded.Value<>(TICK));
        }
    }

    @Test
    void shouldCorrectWhatTheCacheSaidWhenTheRegistryIsBackWithOtherIds() throws IOException {
        // Given
        FakeRegistry before = new FakeRegistry(0);
        try (ConfluentCodecs codecs = codecs(before.url())) {
            assertThat(id(liveness(codecs).encode(TICK))).isEqualTo(1);
        }
        before.close();
        try (ConfluentCodecs codecs = codecs(before.url())) {
            assertThat(id(liveness(codecs).encode(TICK))).isEqualTo(1);

            // When
            try (FakeRegistry _ = new FakeRegistry(500, before.port())) {

                // Then
                await().atMost(Duration.ofSeconds(20))
                        .untilAsserted(
                                () -> assertThat(id(liveness(codecs).encode(TICK))).isEqualTo(501));
            }
        }
    }

    @Test
    void shouldIgnoreTheCacheOfAnotherRegistryAndADamagedOne() throws IOException {
        try (FakeRegistry first = new FakeRegistry(0);
                FakeRegistry second = new FakeRegistry(80)) {
            try (ConfluentCodecs codecs = codecs(first.url())) {
                assertThat(id(liveness(codecs).encode(TICK))).isEqualTo(1);
            }
            try (ConfluentCodecs codecs = codecs(second.url())) {
                assertThat(id(liveness(codecs).encode(TICK))).isEqualTo(81);
            }
            Files.write(directory.resolve("cache"), new byte[] {(byte) 0xff, 0, 10, 13});
            try (ConfluentCodecs codecs = codecs(second.url())) {
                assertThat(id(liveness(codecs).encode(TICK))).isEqualTo(81);
            }
        }
    }

    @Test
    void shouldSayWithinTheDeadlineThatTheRegistryDoesNotAnswer() throws IOException {
        // Given something that accepts connections and says nothing
        try (ServerSocket silent = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
                ConfluentCodecs codecs = codecs("http://127.0.0.1:" + silent.getLocalPort())) {
            long start = System.nanoTime();

            // When / Then
            assertThatThrownBy(() -> liveness(codecs).encode(TICK))
                    .isInstanceOf(SchemaRegistryUnavailable.class)
                    .hasMessageContaining(Integer.toString(silent.getLocalPort()));
            assertThatThrownBy(() -> liveness(codecs).decode(new byte[] {0, 0, 0, 0, 1, 0}))
                    .isInstanceOf(SchemaRegistryUnavailable.class);
            assertThat(Duration.ofNanos(System.nanoTime() - start))
                    .isLessThan(Duration.ofSeconds(4));
        }
    }

    @Test
    void shouldNameTheCommandThatRegistersWhatTheRegistryLacks() throws IOException {
        try (FakeRegistry registry = new FakeRegistry(0);
                ConfluentCodecs codecs = codecs(registry.url())) {
            registry.failWith(404);
            assertThatThrownBy(codecs::warmUp)
                    .isInstanceOf(SchemaRegistryUnavailable.class)
                    .hasMessageContaining("signalbox.container-events-value")
                    .hasMessageContaining("run 'signalbox topics'");
        }
    }

    @Test
    void shouldRecoverFromARegistryThatFailed() throws IOException {
        try (FakeRegistry registry = new FakeRegistry(0);
                ConfluentCodecs codecs = codecs(registry.url())) {
            registry.failWith(500);
            assertThatThrownBy(() -> liveness(codecs).encode(TICK))
                    .isInstanceOf(SchemaRegistryUnavailable.class)
                    .hasMessageContaining("it answers 500");
            registry.failWith(0);
            await().atMost(Duration.ofSeconds(10))
                    .ignoreExceptionsInstanceOf(SchemaRegistryUnavailable.class)
                    .until(() -> id(liveness(codecs).encode(TICK)) == 1);
        }
    }

    @Test
    void shouldServeManyThreads() throws Exception {
        try (FakeRegistry registry = new FakeRegistry(0);
                ConfluentCodecs codecs = codecs(registry.url())) {
            Codec<Liveness> codec = liveness(codecs);
            List<Callable<Decoded<Liveness>>> work =
                    Collections.nCopies(2000, () -> codec.decode(codec.encode(TICK)));
            try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
                for (Future<Decoded<Liveness>> done : threads.invokeAll(work)) {
                    assertThat(done.get()).isEqualTo(new Decoded.Value<>(TICK));
                }
            }
        }
    }

    private ConfluentCodecs codecs(String url) {
        return new ConfluentCodecs(
                SchemaRegistrySettings.of(url, directory.resolve("cache")), "signalbox.");
    }

    private static Codec<Liveness> liveness(ConfluentCodecs codecs) {
        return codecs.of(Topic.LIVENESS, Liveness.class);
    }

    private static int id(byte[] bytes) {
        return ByteBuffer.wrap(bytes).getInt(1);
    }
}
