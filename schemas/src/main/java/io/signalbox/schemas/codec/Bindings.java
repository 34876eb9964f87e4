package io.signalbox.schemas.codec;

import java.lang.invoke.MethodHandle;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Makes the bindings of a type of the log: records by their components' names, sealed types by one
 * nullable field for each case.
 */
final class Bindings {

    /** The case of a sealed type that stands for those of newer versions. */
    static final String UNKNOWN = "Unknown";

    private final Map<Class<?>, Binding> made = new HashMap<>();

    private Bindings() {}

    /**
     * The binding of a record, or of a sealed type whose schema is a record of its cases.
     *
     * @throws IllegalStateException when the schema lacks something that the type has
     */
    static RecordBinding of(Class<?> type, Schema schema) {
        Bindings bindings = new Bindings();
        if (type.isRecord()) {
            return bindings.ofRecord(type, schema);
        }
        CaseFields cases = bindings.cases(type, schema);
        return new RecordBinding(
                schema,
                Reflection.only(),
                List.of(new RecordBinding.Cases(Reflection.itself(), cases)));
    }

    /** The name of the field that holds a case. */
    static String fieldOf(Class<?> javaCase) {
        String name = javaCase.getSimpleName();
        return name.substring(0, 1).toLowerCase(Locale.ROOT) + name.substring(1);
    }

    private RecordBinding ofRecord(Class<?> type, Schema schema) {
        List<RecordBinding.Slot> slots = new ArrayList<>();
        for (RecordComponent component : type.getRecordComponents()) {
            MethodHandle accessor = Reflection.accessor(component);
            if (component.getType().isSealed()) {
                slots.add(new RecordBinding.Cases(accessor, cases(component.getType(), schema)));
            } else {
                Schema.Field field = field(schema, component.getName());
                Binding binding = ofAnnotated(component.getAnnotatedType(), field.schema());
                slots.add(new RecordBinding.Field(accessor, binding, field.name()));
            }
        }
        return new RecordBinding(schema, Reflection.constructor(type), slots);
    }

    private CaseFields cases(Class<?> sealedType, Schema schema) {
        MethodHandle unknown = null;
        List<Class<?>> known = new ArrayList<>();
        for (Class<?> javaCase : Reflection.cases(sealedType)) {
            if (javaCase.getSimpleName().equals(UNKNOWN)) {
                unknown = Reflection.constructor(javaCase);
            } else {
                known.add(javaCase);
            }
        }
        CaseFields cases = new CaseFields(sealedType.getSimpleName(), unknown);
        for (Class<?> javaCase : known) {
            Schema.Field field = field(schema, fieldOf(javaCase));
            cases.add(javaCase, field, ofRecord(javaCase, NullableBinding.present(field.schema())));
        }
        return cases;
    }

    private static Schema.Field field(Schema schema, String name) {
        Schema.Field field = schema.getField(name);
        if (field == null) {
            throw new IllegalStateException(
                    "the schema of " + schema.getFullName() + " has no field " + name);
        }
        return field;
    }

    private Binding ofAnnotated(AnnotatedType type, Schema schema) {
        return type.isAnnotationPresent(Nullable.class)
                ? new NullableBinding(of(type, NullableBinding.present(schema)))
                : of(type, schema);
    }

    private Binding of(AnnotatedType annotated, Schema schema) {
        Type type = annotated.getType();
        if (type instanceof Class<?> plain) {
            Binding known = made.get(plain);
            if (known == null) {
                known = ofClass(plain, schema);
                made.put(plain, known);
            }
            return known;
        }
        if (annotated instanceof AnnotatedParameterizedType generic
                && type instanceof ParameterizedType parameterized) {
            AnnotatedType[] arguments = generic.getAnnotatedActualTypeArguments();
            if (parameterized.getRawType() == List.class) {
                return new CollectionBinding.ListBinding(
                        ofAnnotated(arguments[0], schema.getElementType()));
            }
            if (parameterized.getRawType() == Map.class) {
                return new CollectionBinding.MapBinding(
                        ofAnnotated(arguments[1], schema.getValueType()));
            }
        }
        throw new IllegalStateException("no binding for " + type);
    }

    private Binding ofClass(Class<?> type, Schema schema) {
        if (type.isRecord()) {
            return ofRecord(type, schema);
        }
        if (type.isEnum()) {
            return new EnumBinding(type, schema);
        }
        return switch (type.getName()) {
            case "java.lang.String" -> ScalarBinding.TEXT;
            case "boolean", "java.lang.Boolean" -> ScalarBinding.BOOLEAN;
            case "int", "java.lang.Integer" -> ScalarBinding.INT;
            case "long", "java.lang.Long" -> ScalarBinding.LONG;
            default -> ofTime(type);
        };
    }

    private static Binding ofTime(Class<?> type) {
        if (type == Instant.class) {
            return ScalarBinding.INSTANT;
        }
        if (type == Duration.class) {
            return ScalarBinding.DURATION;
        }
        throw new IllegalStateException("no binding for " + type);
    }
}
