package io.signalbox.bench.faults;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Follows one HTTP answer whose body comes in chunks, each with one event, and leaves whole chunks
 * out, so that what remains is still well formed. Owned by one thread.
 */
final class EventFilter {
    private final ByteArrayOutputStream held = new ByteArrayOutputStream();
    private boolean inBody;
    private long dropped;

    /**
     * What of these bytes is to be passed on now. A chunk is held until it has come whole.
     *
     * @param dropping whether chunks that end in these bytes are left out
     */
    ByteBuffer pass(ByteBuffer bytes, boolean dropping) {
        byte[] more = new byte[bytes.remaining()];
        bytes.get(more);
        held.writeBytes(more);
        ByteArrayOutputStream passing = new ByteArrayOutputStream();
        byte[] all = held.toByteArray();
        int at = inBody ? 0 : head(all, passing);
        while (inBody) {
            int end = endOfChunk(all, at);
            if (end < 0) {
                break;
            }
            if (dropping) {
                dropped++;
            } else {
                passing.write(all, at, end - at);
            }
            at = end;
        }
        held.reset();
        held.write(all, at, all.length - at);
        return ByteBuffer.wrap(passing.toByteArray());
    }

    /** How many chunks were left out since it was last asked. */
    long takeDropped() {
        long taken = dropped;
        dropped = 0;
        return taken;
    }

    private int head(byte[] all, ByteArrayOutputStream passing) {
        int end = find(all, 0, "\r\n\r\n");
        if (end < 0) {
            return 0;
        }
        passing.write(all, 0, end);
        inBody = true;
        return end;
    }

    /** Where the chunk that begins there ends; -1 while it has not come whole. */
    private static int endOfChunk(byte[] all, int at) {
        int dataAt = find(all, at, "\r\n");
        if (dataAt < 0) {
            return -1;
        }
        String size = new String(all, at, dataAt - 2 - at, StandardCharsets.ISO_8859_1);
        int end = dataAt + Integer.parseInt(size.split(";", 2)[0].strip(), 16) + 2;
        return end <= all.length ? end : -1;
    }

    /** The place behind the next such text; -1 if there is none. */
    private static int find(byte[] all, int from, String text) {
        String rest = new String(all, from, all.length - from, StandardCharsets.ISO_8859_1);
        int found = rest.indexOf(text);
        return found < 0 ? -1 : from + found + text.length();
    }
}
