package io.signalbox.schemas.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.schemas.Codec;
import io.signalbox.schemas.Decoded;
import io.signalbox.schemas.SchemaRegistrySettings;
import io.signalbox.schemas.Topic;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Values survive their way through the log. */
class LogCodecsTest {

    private static final String PREFIX = "signalbox.";

    private FakeRegistry registry;
    private ConfluentCodecs codecs;

    @BeforeEach
    void start() throws IOException {
        registry = new FakeRegistry(700);
        codecs = new ConfluentCodecs(SchemaRegistrySettings.of(registry.url(), null), PREFIX);
    }

    @AfterEach
    void stop() {
        codecs.close();
        registry.close();
    }

    @ParameterizedTest
    @EnumSource(Topic.class)
    void shouldGiveBackWhatWasWritten(Topic topic) {
        roundTrip(topic, TopicSchemas.type(topic));
    }

    private <T> void roundTrip(Topic topic, Class<T> type) {
        long seed = Long.getLong("signalbox.seed", System.nanoTime());
        RandomValues random = new RandomValues(new Random(seed));
        Codec<T> codec = codecs.of(topic, type);
        for (int i = 0; i < 500; i++) {
            T value = type.cast(random.of(type));
            byte[] bytes = codec.encode(value);
            assertThat(codec.decode(bytes))
                    .as("-Dsignalbox.seed=%d", seed)
                    .isEqualTo(new Decoded.Value<>(value));
            assertThat(codec.encode(value)).isEqualTo(bytes);
            assertThat(ByteBuffer.wrap(bytes).get()).isZero();
            assertThat(ByteBuffer.wrap(bytes).getInt(1)).isEqualTo(701);
        }
        assertThat(registry.requests()).isLessThanOrEqualTo(2);
    }
}
