package io.signalbox.schemas.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.schemas.Codec;
import io.signalbox.schemas.ConfigRecord;
import io.signalbox.schemas.Container;
import io.signalbox.schemas.Decoded;
import io.signalbox.schemas.Event;
import io.signalbox.schemas.Fact;
import io.signalbox.schemas.Liveness;
import io.signalbox.schemas.Policy;
import io.signalbox.schemas.SchemaRegistrySettings;
import io.signalbox.schemas.ServiceState;
import io.signalbox.schemas.Topic;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.avro.JsonProperties;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What this version makes of records that another version wrote. */
class EvolutionTest {

    private static final Schema EVENT = TopicSchemas.newest(Topic.CONTAINER_EVENTS);
    private static final Schema LIVENESS = TopicSchemas.newest(Topic.LIVENESS);
    private static final Schema CONFIGS = TopicSchemas.newest(Topic.PROXY_CONFIGS);

    private FakeRegistry registry;
    private ConfluentCodecs codecs;
    private Codec<Event> events;
    private Codec<Liveness> liveness;
    private Codec<ConfigRecord> configs;

    @BeforeEach
    void start() throws IOException {
        registry = new FakeRegistry(0);
        codecs = new ConfluentCodecs(SchemaRegistrySettings.of(registry.url(), null), "");
        events = codecs.of(Topic.CONTAINER_EVENTS, Event.class);
        liveness = codecs.of(Topic.LIVENESS, Liveness.class);
        configs = codecs.of(Topic.PROXY_CONFIGS, ConfigRecord.class);
    }

    @AfterEach
    void stop() {
        codecs.close();
        registry.close();
    }

    @Test
    void shouldReadAFactOfANewerVersionAsUnknownAndKeepItsSequence() {
        // Given
        Schema newer = with(EVENT, nullable("containerFrozen", freshRecord("ContainerFrozen")));
        GenericData.Record event = event(newer);
        event.put("containerFrozen", freshValue(newer, "containerFrozen"));

        // When
        Decoded<Event> decoded = events.decode(written(event));

        // Then
        assertThat(decoded)
                .isEqualTo(
                        new Decoded.Value<>(
                                new Event(
                                        "alpha",
                                        7,
                                        3,
                                        Instant.EPOCH,
                                        null,
                                        "docker",
                                        new Fact.Unknown("containerFrozen"))));
    }

    @Test
    void shouldIgnoreAnUnknownFieldBesideAKnownFact() {
        // Given
        Schema newer = with(EVENT, nullable("trace", freshRecord("Trace")));
        GenericData.Record event = event(newer);
        event.put("trace", freshValue(newer, "trace"));
        Schema gap = NullableBinding.present(newer.getField("gap").schema());
        GenericData.Record fact = new GenericData.Record(gap);
        fact.put("reason", "overflow");
        event.put("gap", fact);

        // When / Then
        assertThat(events.decode(written(event)))
                .isInstanceOfSatisfying(
                        Decoded.Value.class,
                        value ->
                                assertThat(((Event) value.value()).fact())
                                        .isEqualTo(new Fact.Gap("overflow")));
    }

    @Test
    void shouldFillWhatAnOlderVersionDidNotKnowWithTheZeroOfItsType() {
        // Given
        Schema beat = NullableBinding.present(LIVENESS.getField("applierBeat").schema());
        Schema older =
                Schema.createRecord(
                        LIVENESS.getName(),
                        null,
                        LIVENESS.getNamespace(),
                        false,
                        List.of(
                                nullable(
                                        "applierBeat",
                                        Schema.createRecord(
                                                beat.getName(),
                                                null,
                                                beat.getNamespace(),
                                                false,
                                                List.of(copy(beat.getField("applier")))))));
        GenericData.Record value = new GenericData.Record(older);
        GenericData.Record inner =
                new GenericData.Record(
                        NullableBinding.present(older.getField("applierBeat").schema()));
        inner.put("applier", "edge-1");
        value.put("applierBeat", inner);

        // When / Then
        assertThat(liveness.decode(written(value)))
                .isEqualTo(new Decoded.Value<>(new Liveness.ApplierBeat("", "edge-1", "", 0, 0)));
    }

    @Test
    void shouldCallACaseOfANewerVersionPoisonWhereNothingStandsForIt() {
        // Given
        Schema newer = with(LIVENESS, nullable("sunrise", freshRecord("Sunrise")));
        GenericData.Record value = new GenericData.Record(newer);
        value.put("sunrise", freshValue(newer, "sunrise"));

        // When / Then
        assertThat(liveness.decode(written(value)))
                .isEqualTo(new Decoded.Poison<>("case 'sunrise' of Liveness is not known"));
    }

    @Test
    void shouldCallNoneOrTwoCasesPoison() {
        GenericData.Record value = new GenericData.Record(LIVENESS);
        assertThat(liveness.decode(written(value)))
                .isEqualTo(new Decoded.Poison<>("no case of Liveness is set"));

        value.put("tick", child("tick", "registry", "r"));
        value.put("endpointRenewed", child("endpointRenewed", "endpointId", "e"));
        assertThat(liveness.decode(written(value)))
                .isEqualTo(new Decoded.Poison<>("more than one case of Liveness is set"));
    }

    @Test
    void shouldReadAStateOfANewerVersionAsUnknownWhereThatIsAConstant() {
        Schema newer =
                new Schema.Parser()
                        .parse(EVENT.toString().replace("\"CREATED\",", "\"CREATED\",\"FROZEN\","));
        EnumBinding states = new EnumBinding(Container.State.class, state(EVENT));
        byte[] frozen = {(byte) (state(newer).getEnumOrdinal("FROZEN") * 2)};
        assertThat(read(states.plan(state(newer)), frozen)).isEqualTo(Container.State.UNKNOWN);
    }

    @Test
    void shouldStayFullyCompatibleWithOneMoreFact() {
        Schema newer = with(EVENT, nullable("containerFrozen", freshRecord("ContainerFrozen")));
        for (Schema[] pair : new Schema[][] {{EVENT, newer}, {newer, EVENT}}) {
            assertThat(
                            SchemaCompatibility.checkReaderWriterCompatibility(pair[0], pair[1])
                                    .getType())
                    .isEqualTo(SchemaCompatibility.SchemaCompatibilityType.COMPATIBLE);
        }
    }

    @Test
    void shouldReadAServiceOfBeforePoliciesAsOneWithout() {
        Schema first = TopicSchemas.versions(Topic.PROXY_CONFIGS).getFirst();
        GenericRecordBuilder service =
                builder(first, "part", "service").set("service", "a").set("backend", List.of("x"));

        assertThat(configs.decode(written(part(first, service.build()))))
                .isEqualTo(new Decoded.Value<>(part(Policy.NONE)));
    }

    @Test
    void shouldReadAServiceOfWhenAPolicyWasADrainTimeAlone() {
        Schema second = TopicSchemas.versions(Topic.PROXY_CONFIGS).get(1);
        GenericData.Record policy =
                builder(second, "part", "service", "policy").set("drain", 3_000_000_000L).build();
        GenericRecordBuilder service =
                builder(second, "part", "service")
                        .set("service", "a")
                        .set("backend", List.of("x"))
                        .set("policy", policy);

        assertThat(configs.decode(written(part(second, service.build()))))
                .isEqualTo(new Decoded.Value<>(part(new Policy(Duration.ofSeconds(3)))));
    }

    @Test
    void shouldLetOlderVersionsReadAServiceWithAPolicy() throws IOException {
        Schema first = TopicSchemas.versions(Topic.PROXY_CONFIGS).getFirst();
        Duration time = Duration.ofSeconds(3);
        Policy policy =
                new Policy(time, Policy.Balance.SOURCE, new Policy.Timeouts(time, time, time), 10);
        byte[] bytes = configs.encode(part(policy));

        GenericRecord read =
                new GenericDatumReader<GenericRecord>(CONFIGS, first)
                        .read(
                                null,
                                DecoderFactory.get()
                                        .binaryDecoder(bytes, 5, bytes.length - 5, null));

        GenericRecordBuilder service =
                builder(first, "part", "service").set("service", "a").set("backend", List.of("x"));
        assertThat(read).hasToString(part(first, service.build()).toString());
    }

    @Test
    void shouldPassOverWhatANewerVersionSaysInAPolicy() {
        Schema newer =
                new Schema.Parser()
                        .parse(
                                CONFIGS.toString()
                                        .replace(
                                                "{\"name\":\"drain\"",
                                                "{\"name\":\"pace\",\"type\":\"long\",\"default\":0},"
                                                        + "{\"name\":\"drain\""));
        GenericData.Record policy =
                builder(newer, "part", "service", "policy")
                        .set("pace", 7L)
                        .set("drain", 3_000_000_000L)
                        .build();
        GenericRecordBuilder service =
                builder(newer, "part", "service")
                        .set("service", "a")
                        .set("backend", List.of("x"))
                        .set("policy", policy);

        assertThat(configs.decode(written(part(newer, service.build()))))
                .isEqualTo(new Decoded.Value<>(part(new Policy(Duration.ofSeconds(3)))));
    }

    @Test
    void shouldRefuseTheSchemaOfAnotherSubject() {
        byte[] beat = liveness.encode(new Liveness.Tick("r"));
        assertThat(codecs.of(Topic.SERVICE_STATE, ServiceState.class).decode(beat))
                .isEqualTo(
                        new Decoded.Poison<>(
                                "expected io.signalbox.schemas.avro.ServiceState, written was"
                                        + " io.signalbox.schemas.avro.Liveness"));
    }

    private static ConfigRecord part(Policy policy) {
        return new ConfigRecord.Part(
                "service/a",
                0,
                0,
                new ConfigRecord.Service(
                        "a",
                        List.of("x"),
                        new ConfigRecord.ServerOptions(0, 0, 0),
                        List.of(),
                        List.of(),
                        List.of(),
                        policy));
    }

    private static GenericData.Record part(Schema configs, GenericData.Record service) {
        GenericData.Record part =
                builder(configs, "part").set("name", "service/a").set("service", service).build();
        return new GenericRecordBuilder(configs).set("part", part).build();
    }

    /** A record of the type that these fields lead to, one in the other; it has its defaults. */
    private static GenericRecordBuilder builder(Schema schema, String... fields) {
        Schema inner = schema;
        for (String field : fields) {
            Schema found = inner.getField(field).schema();
            inner = found.isUnion() ? NullableBinding.present(found) : found;
        }
        return new GenericRecordBuilder(inner);
    }

    private static Object read(Binding.Plan plan, byte[] bytes) {
        try {
            Object value = plan.read(DecoderFactory.get().binaryDecoder(bytes, null));
            return value == null ? "null" : value;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Schema state(Schema event) {
        Schema observed = NullableBinding.present(event.getField("containerObserved").schema());
        return observed.getField("container").schema().getField("state").schema();
    }

    private static GenericData.Record event(Schema schema) {
        GenericData.Record event = new GenericData.Record(schema);
        event.put("subject", "alpha");
        event.put("session", 7L);
        event.put("seq", 3L);
        event.put("observedAt", 0L);
        event.put("source", "docker");
        return event;
    }

    private static GenericData.Record child(String name, String field, String value) {
        GenericData.Record child =
                new GenericData.Record(NullableBinding.present(LIVENESS.getField(name).schema()));
        child.put(field, value);
        return child;
    }

    /** A record with one field of each kind that this version must be able to skip. */
    private static Schema freshRecord(String name) {
        Schema numbers = Schema.createArray(Schema.create(Schema.Type.DOUBLE));
        Schema texts = Schema.createMap(Schema.create(Schema.Type.STRING));
        return Schema.createRecord(
                name,
                null,
                "io.signalbox.schemas.avro",
                false,
                List.of(
                        new Schema.Field("numbers", numbers, null, List.of()),
                        new Schema.Field("texts", texts, null, Map.of()),
                        new Schema.Field("count", Schema.create(Schema.Type.LONG), null, 0L)));
    }

    private static GenericData.Record freshValue(Schema schema, String field) {
        GenericData.Record value =
                new GenericData.Record(NullableBinding.present(schema.getField(field).schema()));
        value.put("numbers", List.of(1.5, 2.5));
        value.put("texts", Map.of("a", "b"));
        value.put("count", 9L);
        return value;
    }

    private static Schema.Field nullable(String name, Schema schema) {
        return new Schema.Field(
                name,
                Schema.createUnion(Schema.create(Schema.Type.NULL), schema),
                null,
                JsonProperties.NULL_VALUE);
    }

    private static Schema.Field copy(Schema.Field field) {
        return new Schema.Field(field, field.schema());
    }

    private static Schema with(Schema schema, Schema.Field added) {
        List<Schema.Field> fields = new ArrayList<>();
        schema.getFields().forEach(field -> fields.add(copy(field)));
        fields.add(added);
        return Schema.createRecord(schema.getName(), null, schema.getNamespace(), false, fields);
    }

    private byte[] written(GenericData.Record value) {
        int id = registry.register(value.getSchema().toString());
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(ByteBuffer.allocate(5).put((byte) 0).putInt(id).array());
        try {
            BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
            new GenericDatumWriter<GenericData.Record>(value.getSchema()).write(value, encoder);
            encoder.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
