package io.signalbox.schemas.codec;

import io.confluent.kafka.serializers.KafkaAvroDeserializer;
import io.confluent.kafka.serializers.KafkaAvroSerializer;
import io.signalbox.schemas.Codec;
import io.signalbox.schemas.Decoded;
import io.signalbox.schemas.SchemaRegistryUnavailable;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DatumReader;
import org.apache.avro.io.Decoder;
import org.apache.avro.io.Encoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecordBase;
import org.jspecify.annotations.Nullable;

/**
 * The codec of one topic: Confluent's serializer writes what the binding made of the value, and its
 * deserializer reads straight into the value, by a plan for each writer's schema. Thread-safe.
 */
final class AvroCodec<T> implements Codec<T> {

    private static final int SMALLEST = 5;
    private static final int INITIAL_SIZE = 1024;

    private final String topic;
    private final Class<T> type;
    private final RecordBinding binding;
    private final KafkaAvroSerializer serializer;
    private final ValueDeserializer deserializer;

    /**
     * @param topic whose subject the registry knows
     */
    AvroCodec(
            String topic,
            Class<T> type,
            RecordBinding binding,
            RegistryClient client,
            Map<String, ?> config) {
        this.topic = topic;
        this.type = type;
        this.binding = binding;
        this.serializer = new KafkaAvroSerializer(client, config);
        this.deserializer = new ValueDeserializer(client, config, binding);
    }

    @Override
    public byte[] encode(T value) {
        Written written = new Written(binding.schema(), avro(value));
        try {
            return serializer.serialize(topic, written);
        } catch (RuntimeException e) {
            SchemaRegistryUnavailable passing = unavailable(e);
            throw passing == null ? e : passing;
        }
    }

    private byte[] avro(T value) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(INITIAL_SIZE);
        BinaryEncoder out = EncoderFactory.get().binaryEncoder(bytes, null);
        try {
            binding.write(value, out);
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    @Override
    public Decoded<T> decode(byte @Nullable [] bytes) {
        if (bytes == null) {
            return new Decoded.Tombstone<>();
        }
        if (bytes.length < SMALLEST) {
            return new Decoded.Poison<>(
                    bytes.length + " bytes: shorter than a magic byte and a schema id");
        }
        if (bytes[0] != 0) {
            return new Decoded.Poison<>(
                    "magic byte " + bytes[0] + ": only 0, Confluent's wire format, is read");
        }
        try {
            return new Decoded.Value<>(type.cast(deserializer.deserialize(topic, bytes)));
        } catch (RuntimeException e) {
            SchemaRegistryUnavailable passing = unavailable(e);
            if (passing != null) {
                throw passing;
            }
            return new Decoded.Poison<>(reason(e));
        }
    }

    private static @Nullable SchemaRegistryUnavailable unavailable(Throwable thrown) {
        for (Throwable each = thrown; each != null; each = each.getCause()) {
            if (each instanceof SchemaRegistryUnavailable passing) {
                return passing;
            }
        }
        return null;
    }

    private static String reason(Throwable thrown) {
        Throwable root = thrown;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        if (root instanceof EOFException) {
            return "the bytes end in the middle of the record";
        }
        String message = root.getMessage();
        return message == null ? root.toString() : message;
    }

    void close() {
        serializer.close();
        deserializer.close();
    }

    /** What Confluent's serializer is given: a record that has its own code to write itself. */
    private static final class Written extends SpecificRecordBase {

        static {
            SpecificData.get().setCustomCoders(true);
        }

        private final Schema schema;
        private final byte[] avro;

        Written(Schema schema, byte[] avro) {
            this.schema = schema;
            this.avro = avro;
        }

        @Override
        public Schema getSchema() {
            return schema;
        }

        @Override
        protected boolean hasCustomCoders() {
            return true;
        }

        @Override
        public void customEncode(Encoder out) throws IOException {
            out.writeFixed(avro, 0, avro.length);
        }

        @Override
        public Object get(int field) {
            throw new UnsupportedOperationException("written by its own code only");
        }

        @Override
        public void put(int field, Object value) {
            throw new UnsupportedOperationException("written by its own code only");
        }
    }

    /** Confluent's deserializer, reading values instead of Avro's generic records. */
    private static final class ValueDeserializer extends KafkaAvroDeserializer {

        private final RecordBinding binding;
        private final Map<Schema, DatumReader<Object>> readers = new ConcurrentHashMap<>();

        ValueDeserializer(RegistryClient client, Map<String, ?> config, RecordBinding binding) {
            super(client, config);
            this.binding = binding;
        }

        @Override
        protected DatumReader<?> getDatumReader(Schema writer, @Nullable Schema reader) {
            return readers.computeIfAbsent(writer, schema -> new ValueReader(binding.plan(schema)));
        }
    }

    /** Reads one value, which must be all that there is. */
    private record ValueReader(Binding.Plan plan) implements DatumReader<Object> {

        @Override
        public void setSchema(Schema schema) {
            throw new UnsupportedOperationException();
        }

        @Override
        public @Nullable Object read(@Nullable Object reuse, Decoder in) throws IOException {
            Object value = plan.read(in);
            if (in instanceof BinaryDecoder bytes && !bytes.isEnd()) {
                throw new Unreadable("bytes are left after the end of the record");
            }
            return value;
        }
    }
}
