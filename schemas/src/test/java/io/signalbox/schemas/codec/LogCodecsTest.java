package io.signalbox.schemas.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.schemas.Codec;
import io.signalbox.schemas.Decoded;
import io.signalbox.schemas.SchemaRegistrySettings;
import io.signalbox.schemas.Topic;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Random;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
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

    @ParameterizedTest
    @EnumSource(Topic.class)
    void shouldWriteWhatAnyAvroReaderReads(Topic topic) throws IOException {
        Schema schema = TopicSchemas.newest(topic);
        Class<?> type = TopicSchemas.type(topic);
        RandomValues random = new RandomValues(new Random(7));
        for (int i = 0; i < 100; i++) {
            byte[] bytes = encoded(topic, type, random.of(type));
            Object generic =
                    new GenericDatumReader<>(schema)
                            .read(
                                    null,
                                    DecoderFactory.get()
                                            .binaryDecoder(bytes, 5, bytes.length - 5, null));
            ByteArrayOutputStream again = new ByteArrayOutputStream();
            BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(again, null);
            new GenericDatumWriter<>(schema).write(generic, encoder);
            encoder.flush();
            assertThat(again.toByteArray()).hasSize(bytes.length - 5);
        }
    }

    private <T> byte[] encoded(Topic topic, Class<T> type, Object value) {
        return codecs.of(topic, type).encode(type.cast(value));
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
