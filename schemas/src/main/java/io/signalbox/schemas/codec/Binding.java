package io.signalbox.schemas.codec;

import java.io.IOException;
import org.apache.avro.Schema;
import org.apache.avro.io.Decoder;
import org.apache.avro.io.Encoder;
import org.jspecify.annotations.Nullable;

/** Between one Java type and its Avro schema. Immutable. */
interface Binding {

    /** Writes a value as this version's schema says. */
    void write(@Nullable Object value, Encoder out) throws IOException;

    /**
     * How to read what was written with another version's schema.
     *
     * @throws Unreadable when that schema is of another kind
     */
    Plan plan(Schema writer);

    /** What a field has that the writer's schema does not know: the zero of its type. */
    @Nullable Object zero();

    /** Reads one value; made for one writer's schema. */
    interface Plan {
        @Nullable Object read(Decoder in) throws IOException;
    }
}
