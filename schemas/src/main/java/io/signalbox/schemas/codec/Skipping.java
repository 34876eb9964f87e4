package io.signalbox.schemas.codec;

import java.io.IOException;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.io.Decoder;

/** Reads past what this version does not know. The plans give null where the value is null. */
final class Skipping {

    private static final Object SKIPPED = new Object();

    private Skipping() {}

    private interface Skip {
        void past(Decoder in) throws IOException;
    }

    static Binding.Plan plan(Schema writer) {
        return switch (writer.getType()) {
            case NULL -> in -> null;
            case BOOLEAN -> skipped(Decoder::readBoolean);
            case INT -> skipped(Decoder::readInt);
            case LONG -> skipped(Decoder::readLong);
            case FLOAT -> skipped(Decoder::readFloat);
            case DOUBLE -> skipped(Decoder::readDouble);
            case STRING -> skipped(Decoder::skipString);
            case BYTES -> skipped(Decoder::skipBytes);
            case ENUM -> skipped(Decoder::readEnum);
            case FIXED -> skipped(in -> in.skipFixed(writer.getFixedSize()));
            case ARRAY -> array(plan(writer.getElementType()));
            case MAP -> map(plan(writer.getValueType()));
            case RECORD ->
                    all(writer.getFields().stream().map(field -> plan(field.schema())).toList());
            case UNION -> union(writer.getTypes().stream().map(Skipping::plan).toList());
        };
    }

    private static Binding.Plan skipped(Skip skip) {
        return in -> {
            skip.past(in);
            return SKIPPED;
        };
    }

    private static Binding.Plan all(List<Binding.Plan> fields) {
        return in -> {
            for (Binding.Plan field : fields) {
                field.read(in);
            }
            return SKIPPED;
        };
    }

    private static Binding.Plan union(List<Binding.Plan> branches) {
        return in -> {
            int branch = in.readIndex();
            if (branch < 0 || branch >= branches.size()) {
                throw new Unreadable("a union has no branch number " + branch);
            }
            return branches.get(branch).read(in);
        };
    }

    private static Binding.Plan array(Binding.Plan item) {
        return in -> {
            long total = 0;
            for (long block = in.readArrayStart(); block != 0; block = in.arrayNext()) {
                total = CollectionBinding.counted(total, block);
                for (long i = 0; i < block; i++) {
                    item.read(in);
                }
            }
            return SKIPPED;
        };
    }

    private static Binding.Plan map(Binding.Plan item) {
        return in -> {
            long total = 0;
            for (long block = in.readMapStart(); block != 0; block = in.mapNext()) {
                total = CollectionBinding.counted(total, block);
                for (long i = 0; i < block; i++) {
                    in.skipString();
                    item.read(in);
                }
            }
            return SKIPPED;
        };
    }
}
