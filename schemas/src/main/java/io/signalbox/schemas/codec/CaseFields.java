package io.signalbox.schemas.codec;

import java.lang.invoke.MethodHandle;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.jspecify.annotations.Nullable;

/** The cases of a sealed type, each a nullable field of the record that holds the value. */
final class CaseFields {

    private final String type;
    private final Map<Class<?>, CaseField> byClass = new HashMap<>();
    private final Map<String, CaseField> byName = new HashMap<>();
    private final @Nullable MethodHandle unknown;

    /**
     * @param type the sealed type's name, for messages
     * @param unknown makes the case that stands for those of newer versions from one {@code
     *     Object[]} with a description; null where the type has no such case
     */
    CaseFields(String type, @Nullable MethodHandle unknown) {
        this.type = type;
        this.unknown = unknown;
    }

    private record CaseField(int position, RecordBinding binding) {}

    /** Adds a case; while it is being made only. */
    void add(Class<?> javaCase, Schema.Field field, RecordBinding binding) {
        CaseField added = new CaseField(field.pos(), binding);
        byClass.put(javaCase, added);
        byName.put(field.name(), added);
    }

    boolean has(String field) {
        return byName.containsKey(field);
    }

    /** Sets the field of the value's case. */
    void write(@Nullable Object value, GenericData.Record into) {
        CaseField field = value == null ? null : byClass.get(value.getClass());
        if (field == null) {
            throw new IllegalArgumentException("not a case of " + type + " to write: " + value);
        }
        into.put(field.position, field.binding.toAvro(value));
    }

    /** Reads the field of a case: the value, or null when another case is set. */
    Binding.Plan plan(Schema.Field written) {
        CaseField field = byName.get(written.name());
        if (field == null) {
            throw new IllegalArgumentException(type + " has no case " + written.name());
        }
        return NullableBinding.orNull(
                field.binding.plan(NullableBinding.present(written.schema())));
    }

    /**
     * What a record is in which no known case is set.
     *
     * @param field the unknown field that is set; null when there is none
     */
    @Nullable Object unknown(@Nullable String field) {
        if (field == null) {
            throw new Unreadable("no case of " + type + " is set");
        }
        if (unknown == null) {
            throw new Unreadable("case '" + field + "' of " + type + " is not known");
        }
        return Reflection.construct(unknown, new Object[] {field});
    }
}
