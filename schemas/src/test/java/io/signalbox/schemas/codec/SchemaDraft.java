package io.signalbox.schemas.codec;

import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.JsonProperties;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * The schema that a Java type of the log calls for, by the rules of this module: every field has a
 * default, a sealed type is one nullable field for each case, enums have the symbol UNKNOWN as
 * their default, times are nanoseconds.
 */
final class SchemaDraft {

    private static final String NAMESPACE = "io.signalbox.schemas.avro";

    private final Map<Class<?>, Schema> named = new HashMap<>();
    private final SourceDocs docs;

    SchemaDraft(SourceDocs docs) {
        this.docs = docs;
    }

    /** The schema of a record or a sealed type. */
    Schema of(Class<?> type) {
        Schema known = named.get(type);
        if (known != null) {
            return known;
        }
        Schema schema = Schema.createRecord(name(type), docs.of(type), NAMESPACE, false);
        List<Schema.Field> fields = new ArrayList<>();
        if (type.isSealed()) {
            addCases(type, fields);
        } else {
            for (RecordComponent component : type.getRecordComponents()) {
                addComponent(type, component, fields);
            }
        }
        schema.setFields(fields);
        named.put(type, schema);
        return schema;
    }

    private void addCases(Class<?> sealedType, List<Schema.Field> fields) {
        for (Class<?> javaCase : Reflection.cases(sealedType)) {
            if (!javaCase.getSimpleName().equals(Bindings.UNKNOWN)) {
                fields.add(nullable(Bindings.fieldOf(javaCase), of(javaCase), null));
            }
        }
    }

    private void addComponent(Class<?> type, RecordComponent component, List<Schema.Field> fields) {
        if (component.getType().isSealed()) {
            addCases(component.getType(), fields);
            return;
        }
        AnnotatedType annotated = component.getAnnotatedType();
        Schema schema = ofType(annotated);
        String doc = docs.of(type, component.getName(), unit(component.getType()));
        fields.add(
                annotated.isAnnotationPresent(Nullable.class)
                        ? nullable(component.getName(), schema, doc)
                        : new Schema.Field(component.getName(), schema, doc, zero(schema)));
    }

    private static Schema.Field nullable(String name, Schema schema, @Nullable String doc) {
        return new Schema.Field(
                name,
                Schema.createUnion(Schema.create(Schema.Type.NULL), schema),
                doc,
                JsonProperties.NULL_VALUE);
    }

    private Schema ofType(AnnotatedType annotated) {
        Type type = annotated.getType();
        if (annotated instanceof AnnotatedParameterizedType generic) {
            AnnotatedType[] arguments = generic.getAnnotatedActualTypeArguments();
            return arguments.length == 1
                    ? Schema.createArray(ofType(arguments[0]))
                    : Schema.createMap(ofType(arguments[1]));
        }
        Class<?> plain = (Class<?>) type;
        if (plain.isEnum()) {
            return named.computeIfAbsent(plain, SchemaDraft::ofEnum);
        }
        return plain.isRecord() ? of(plain) : Schema.create(scalar(plain));
    }

    private static Schema ofEnum(Class<?> type) {
        List<String> symbols =
                new ArrayList<>(
                        Arrays.stream(type.getEnumConstants())
                                .map(constant -> ((Enum<?>) constant).name())
                                .toList());
        symbols.remove("UNKNOWN");
        symbols.addFirst("UNKNOWN");
        return Schema.createEnum(name(type), null, NAMESPACE, symbols, "UNKNOWN");
    }

    private static Schema.Type scalar(Class<?> type) {
        if (type == String.class) {
            return Schema.Type.STRING;
        }
        if (type == boolean.class || type == Boolean.class) {
            return Schema.Type.BOOLEAN;
        }
        return type == int.class || type == Integer.class ? Schema.Type.INT : Schema.Type.LONG;
    }

    private static @Nullable String unit(Class<?> type) {
        if (type == Instant.class) {
            return "nanoseconds since 1970-01-01T00:00:00Z";
        }
        return type == Duration.class ? "nanoseconds" : null;
    }

    private static Object zero(Schema schema) {
        return switch (schema.getType()) {
            case STRING -> "";
            case BOOLEAN -> false;
            case INT -> 0;
            case LONG -> 0L;
            case ENUM -> "UNKNOWN";
            case ARRAY -> List.of();
            case MAP -> Map.of();
            case UNION -> JsonProperties.NULL_VALUE;
            case RECORD -> {
                Map<String, Object> fields = new LinkedHashMap<>();
                schema.getFields().forEach(f -> fields.put(f.name(), zero(f.schema())));
                yield fields;
            }
            case NULL, BYTES, FIXED, FLOAT, DOUBLE ->
                    throw new IllegalArgumentException("not used here: " + schema);
        };
    }

    /** Nested enums carry the name of what they are nested in: several are called Kind. */
    private static String name(Class<?> type) {
        Class<?> around = type.getEnclosingClass();
        return type.isEnum() && around != null
                ? around.getSimpleName() + type.getSimpleName()
                : type.getSimpleName();
    }
}
