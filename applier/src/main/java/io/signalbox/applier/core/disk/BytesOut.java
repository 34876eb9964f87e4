package io.signalbox.applier.core.disk;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;

/** Grows as it is written. One thread. */
final class BytesOut {
    private static final int FIRST_BYTES = 4096;
    private ByteBuffer bytes = ByteBuffer.allocate(FIRST_BYTES);

    private ByteBuffer room(int more) {
        if (bytes.remaining() < more) {
            ByteBuffer larger = ByteBuffer.allocate(bytes.capacity() * 2 + more);
            bytes = larger.put(bytes.flip());
        }
        return bytes;
    }

    void number(long value) {
        room(Long.BYTES).putLong(value);
    }

    void flag(boolean value) {
        room(1).put((byte) (value ? 1 : 0));
    }

    void text(String value) {
        byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
        room(Integer.BYTES + utf8.length).putInt(utf8.length).put(utf8);
    }

    void texts(List<String> values) {
        list(values, this::text);
    }

    <T> void list(List<T> values, Consumer<T> each) {
        room(Integer.BYTES).putInt(values.size());
        values.forEach(each);
    }

    /** All that was written. */
    byte[] toBytes() {
        byte[] all = new byte[bytes.position()];
        bytes.flip().get(all);
        return all;
    }
}
