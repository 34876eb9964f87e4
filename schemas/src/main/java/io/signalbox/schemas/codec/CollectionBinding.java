package io.signalbox.schemas.codec;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.io.Encoder;
import org.jspecify.annotations.Nullable;

/** Lists and maps by text. */
sealed interface CollectionBinding extends Binding {

    /** More items than any record that fits a topic can hold: the bytes are damaged or hostile. */
    int MOST_ITEMS = 4_000_000;

    /** How much of a claimed size is believed before the items have been read. */
    int BELIEVED_ITEMS = 64;

    /** The sum, or the end of it. */
    static long counted(long total, long block) {
        if (block < 0 || total + block > MOST_ITEMS) {
            throw new Unreadable(
                    "a collection of " + (total + block) + " items; the most is " + MOST_ITEMS);
        }
        return total + block;
    }

    /** A list. */
    record ListBinding(Binding item) implements CollectionBinding {

        @Override
        public void write(@Nullable Object value, Encoder out) throws IOException {
            Collection<?> items = value == null ? List.of() : (Collection<?>) value;
            out.writeArrayStart();
            out.setItemCount(items.size());
            for (Object each : items) {
                out.startItem();
                item.write(each, out);
            }
            out.writeArrayEnd();
        }

        @Override
        public Plan plan(Schema writer) {
            ScalarBinding.expect(writer, Schema.Type.ARRAY);
            Plan plan = item.plan(writer.getElementType());
            return in -> {
                long block = in.readArrayStart();
                if (block == 0) {
                    return List.of();
                }
                List<@Nullable Object> items =
                        new ArrayList<>(Math.clamp(block, 0, BELIEVED_ITEMS));
                for (long total = 0; block != 0; block = in.arrayNext()) {
                    total = counted(total, block);
                    for (long i = 0; i < block; i++) {
                        items.add(plan.read(in));
                    }
                }
                return List.of(items.toArray());
            };
        }

        @Override
        public Object zero() {
            return List.of();
        }
    }

    /** A map; written in the order that it has. */
    record MapBinding(Binding item) implements CollectionBinding {

        @Override
        public void write(@Nullable Object value, Encoder out) throws IOException {
            Map<?, ?> items = value == null ? Map.of() : (Map<?, ?>) value;
            out.writeMapStart();
            out.setItemCount(items.size());
            for (Map.Entry<?, ?> each : items.entrySet()) {
                out.startItem();
                out.writeString((String) each.getKey());
                item.write(each.getValue(), out);
            }
            out.writeMapEnd();
        }

        @Override
        public Plan plan(Schema writer) {
            ScalarBinding.expect(writer, Schema.Type.MAP);
            Plan plan = item.plan(writer.getValueType());
            return in -> {
                long block = in.readMapStart();
                if (block == 0) {
                    return Map.of();
                }
                Map<String, @Nullable Object> items = new LinkedHashMap<>();
                for (long total = 0; block != 0; block = in.mapNext()) {
                    total = counted(total, block);
                    for (long i = 0; i < block; i++) {
                        items.put(in.readString(), plan.read(in));
                    }
                }
                return items;
            };
        }

        @Override
        public Object zero() {
            return Map.of();
        }
    }
}
