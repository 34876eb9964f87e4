package io.signalbox.applier.core.disk;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Reads what {@link BytesOut} wrote. One thread. */
record BytesIn(ByteBuffer bytes) {
    /** Whether there is content left. */
    boolean goesOn() {
        return bytes.hasRemaining();
    }

    long number() {
        return bytes.getLong();
    }

    boolean flag() {
        return bytes.get() != 0;
    }

    String text() {
        byte[] utf8 = new byte[bytes.getInt()];
        bytes.get(utf8);
        return new String(utf8, StandardCharsets.UTF_8);
    }

    List<String> texts() {
        return list(this::text);
    }

    <T> List<T> list(Supplier<T> each) {
        int size = bytes.getInt();
        List<T> values = new ArrayList<>(size);
        for (int index = 0; index < size; index++) {
            values.add(each.get());
        }
        return values;
    }
}
