package io.signalbox.schemas.codec;

import java.io.IOException;
import java.lang.invoke.MethodHandle;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.io.Decoder;
import org.apache.avro.io.Encoder;
import org.jspecify.annotations.Nullable;

/**
 * A Java record by its components' names. A component whose type is sealed has no field of its own:
 * each of its cases is a nullable field of the record, and exactly one of them is set.
 */
final class RecordBinding implements Binding {

    private final Schema schema;
    private final MethodHandle constructor;
    private final List<Slot> slots;
    private final List<Output> outputs;

    /**
     * @param constructor takes one {@code Object[]} with a value for each slot
     */
    RecordBinding(Schema schema, MethodHandle constructor, List<Slot> slots) {
        this.schema = schema;
        this.constructor = constructor;
        this.slots = List.copyOf(slots);
        this.outputs = schema.getFields().stream().map(this::output).toList();
    }

    /** Writes one field of the schema. */
    interface Output {
        void write(@Nullable Object[] components, Encoder out) throws IOException;
    }

    private Output output(Schema.Field field) {
        for (int i = 0; i < slots.size(); i++) {
            int slot = i;
            switch (slots.get(i)) {
                case Field mine when mine.name.equals(field.name()) -> {
                    return (components, out) -> mine.binding.write(components[slot], out);
                }
                case Cases cases when cases.fields.has(field.name()) -> {
                    return cases.fields.output(field.name(), slot);
                }
                case Field _, Cases _ -> {}
            }
        }
        throw new IllegalStateException(
                schema.getFullName() + " has a field that the record lacks: " + field.name());
    }

    /** One argument of the constructor. */
    sealed interface Slot {

        /** Reads the component from its record, both as {@code Object}. */
        MethodHandle accessor();
    }

    /** A component with a field of its own. */
    record Field(MethodHandle accessor, Binding binding, String name) implements Slot {}

    /** A component with a field for each of its cases. */
    record Cases(MethodHandle accessor, CaseFields fields) implements Slot {}

    Schema schema() {
        return schema;
    }

    @Override
    public void write(@Nullable Object value, Encoder out) throws IOException {
        if (value == null) {
            throw new IllegalArgumentException("no " + schema.getName() + " where it is needed");
        }
        @Nullable Object[] components = new Object[slots.size()];
        for (int i = 0; i < components.length; i++) {
            components[i] = Reflection.get(slots.get(i).accessor(), value);
            if (slots.get(i) instanceof Cases cases) {
                cases.fields.check(components[i]);
            }
        }
        for (Output output : outputs) {
            output.write(components, out);
        }
    }

    @Override
    public @Nullable Object zero() {
        @Nullable Object[] values = new Object[slots.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = zero(slots.get(i), null);
        }
        return Reflection.construct(constructor, values);
    }

    private @Nullable Object zero(Slot slot, @Nullable String unknownCase) {
        return switch (slot) {
            case Field field -> field.binding.zero();
            case Cases cases -> cases.fields.unknown(unknownCase);
        };
    }

    @Override
    public Plan plan(Schema writer) {
        ScalarBinding.expect(writer, Schema.Type.RECORD);
        if (!writer.getFullName().equals(schema.getFullName())) {
            throw new Unreadable(
                    "expected " + schema.getFullName() + ", written was " + writer.getFullName());
        }
        List<Step> steps = new ArrayList<>();
        boolean[] read = new boolean[slots.size()];
        for (Schema.Field field : writer.getFields()) {
            steps.add(step(field, read));
        }
        return new RecordPlan(read, steps.toArray(Step[]::new));
    }

    private Step step(Schema.Field written, boolean[] read) {
        for (int i = 0; i < slots.size(); i++) {
            switch (slots.get(i)) {
                case Field field when field.name.equals(written.name()) -> {
                    read[i] = true;
                    return new ReadField(i, presentOrZero(field.binding, written.schema()));
                }
                case Cases cases when cases.fields.has(written.name()) -> {
                    return new ReadCase(i, cases.fields.plan(written));
                }
                case Field _, Cases _ -> {}
            }
        }
        return new SkipField(written.name(), Skipping.plan(written.schema()));
    }

    /** A field that is absent in the bytes and may not be absent here has its type's zero. */
    private static Plan presentOrZero(Binding binding, Schema writer) {
        if (!writer.isUnion() || binding instanceof NullableBinding) {
            return binding.plan(writer);
        }
        Plan present = NullableBinding.orNull(binding.plan(NullableBinding.present(writer)));
        return in -> {
            Object value = present.read(in);
            return value == null ? binding.zero() : value;
        };
    }

    private sealed interface Step {}

    private record ReadField(int slot, Plan plan) implements Step {}

    private record ReadCase(int slot, Plan plan) implements Step {}

    private record SkipField(String name, Plan plan) implements Step {}

    private final class RecordPlan implements Plan {

        private final boolean[] always;
        private final Step[] steps;

        RecordPlan(boolean[] always, Step[] steps) {
            this.always = always;
            this.steps = steps;
        }

        @Override
        public @Nullable Object read(Decoder in) throws IOException {
            @Nullable Object[] values = new Object[slots.size()];
            String unknown = null;
            for (Step step : steps) {
                switch (step) {
                    case ReadField field -> values[field.slot] = field.plan.read(in);
                    case ReadCase one -> setCase(values, one.slot, one.plan.read(in));
                    case SkipField skip -> {
                        if (skip.plan.read(in) != null) {
                            unknown = skip.name;
                        }
                    }
                }
            }
            for (int i = 0; i < values.length; i++) {
                if (!always[i] && values[i] == null) {
                    values[i] = zero(slots.get(i), unknown);
                }
            }
            return Reflection.construct(constructor, values);
        }

        private void setCase(@Nullable Object[] values, int slot, @Nullable Object value) {
            if (value == null) {
                return;
            }
            if (values[slot] != null) {
                throw new Unreadable("more than one case of " + schema.getName() + " is set");
            }
            values[slot] = value;
        }
    }
}
