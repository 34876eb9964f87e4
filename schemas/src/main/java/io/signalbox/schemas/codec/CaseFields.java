package io.signalbox.schemas.codec;

import java.lang.invoke.MethodHandle;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/** The cases of a sealed type, each a nullable field of the record that holds the value. */
final class CaseFields {

    private final String type;
    private final Set<Class<?>> classes = new HashSet<>();
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

    private record CaseField(Class<?> javaCase, RecordBinding binding) {}

    /** Adds a case; while it is being made only. */
    void add(Class<?> javaCase, Schema.Field field, RecordBinding binding) {
        classes.add(javaCase);
        byName.put(field.name(), new CaseField(javaCase, binding));
    }

    boolean has(String field) {
        return byName.containsKey(field);
    }

    private CaseField named(String field) {
        CaseField found = byName.get(field);
        if (found == null) {
            throw new IllegalArgumentException(type + " has no case " + field);
        }
        return found;
    }

    /** Throws if the value is not of a case that has a field. */
    void check(@Nullable Object value) {
        if (value == null || !classes.contains(value.getClass())) {
            throw new IllegalArgumentException("not a case of " + type + " to write: " + value);
        }
    }

    /** How the field of one case is written: the value, if it is of that case. */
    RecordBinding.Output output(String name, int slot) {
        CaseField field = named(name);
        return (components, out) -> {
            Object value = components[slot];
            if (value != null && value.getClass() == field.javaCase) {
                out.writeIndex(1);
                field.binding.write(value, out);
            } else {
                out.writeIndex(0);
            }
        };
    }

    /** Reads the field of a case: the value, or null when another case is set. */
    Binding.Plan plan(Schema.Field written) {
        return NullableBinding.orNull(
                named(written.name()).binding.plan(NullableBinding.present(written.schema())));
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
