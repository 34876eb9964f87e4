package io.signalbox.schemas.codec;

import java.io.IOException;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.io.Encoder;
import org.jspecify.annotations.Nullable;

/** A value that may be absent: Avro's {@code ["null", X]}. */
record NullableBinding(Binding present) implements Binding {

    /** The {@code X} of {@code ["null", X]}. */
    static Schema present(Schema union) {
        List<Schema> types = union.isUnion() ? union.getTypes() : List.of();
        if (types.size() != 2 || types.getFirst().getType() != Schema.Type.NULL) {
            throw new Unreadable("expected a union of null and one type, written was " + union);
        }
        return types.getLast();
    }

    @Override
    public void write(@Nullable Object value, Encoder out) throws IOException {
        if (value == null) {
            out.writeIndex(0);
            out.writeNull();
        } else {
            out.writeIndex(1);
            present.write(value, out);
        }
    }

    @Override
    public Plan plan(Schema writer) {
        if (!writer.isUnion()) {
            return present.plan(writer);
        }
        return orNull(present.plan(present(writer)));
    }

    /** Reads the branch's number, then the value or nothing. */
    static Plan orNull(Plan value) {
        return in -> {
            int branch = in.readIndex();
            if (branch == 0) {
                in.readNull();
                return null;
            }
            if (branch != 1) {
                throw new Unreadable("a union of two types has no branch number " + branch);
            }
            return value.read(in);
        };
    }

    @Override
    public @Nullable Object zero() {
        return null;
    }
}
