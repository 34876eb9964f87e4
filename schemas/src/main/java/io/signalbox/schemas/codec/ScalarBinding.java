package io.signalbox.schemas.codec;

import java.io.IOException;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import org.apache.avro.Schema;
import org.apache.avro.io.Decoder;
import org.apache.avro.io.Encoder;
import org.jspecify.annotations.Nullable;

/**
 * Text, numbers and times. An {@link Instant} is nanoseconds since 1970-01-01T00:00:00Z, a {@link
 * Duration} nanoseconds; both are cut to what a long can hold (the years 1677 to 2262).
 */
enum ScalarBinding implements Binding {
    TEXT {
        @Override
        void writePresent(Object value, Encoder out) throws IOException {
            out.writeString((String) value);
        }

        @Override
        public Plan plan(Schema writer) {
            expect(writer, Schema.Type.STRING);
            return Decoder::readString;
        }

        @Override
        public Object zero() {
            return "";
        }
    },
    BOOLEAN {
        @Override
        void writePresent(Object value, Encoder out) throws IOException {
            out.writeBoolean((Boolean) value);
        }

        @Override
        public Plan plan(Schema writer) {
            expect(writer, Schema.Type.BOOLEAN);
            return Decoder::readBoolean;
        }

        @Override
        public Object zero() {
            return false;
        }
    },
    INT {
        @Override
        void writePresent(Object value, Encoder out) throws IOException {
            out.writeInt((Integer) value);
        }

        @Override
        public Plan plan(Schema writer) {
            expect(writer, Schema.Type.INT);
            return Decoder::readInt;
        }

        @Override
        public Object zero() {
            return 0;
        }
    },
    LONG {
        @Override
        void writePresent(Object value, Encoder out) throws IOException {
            out.writeLong((Long) value);
        }

        @Override
        public Plan plan(Schema writer) {
            return longs(writer)::read;
        }

        @Override
        public Object zero() {
            return 0L;
        }
    },
    INSTANT {
        @Override
        void writePresent(Object value, Encoder out) throws IOException {
            Instant instant = (Instant) value;
            out.writeLong(nanos(instant.getEpochSecond(), instant.getNano()));
        }

        @Override
        public Plan plan(Schema writer) {
            Longs longs = longs(writer);
            return in -> {
                long nanos = longs.read(in);
                return Instant.ofEpochSecond(
                        Math.floorDiv(nanos, SECOND), Math.floorMod(nanos, SECOND));
            };
        }

        @Override
        public Object zero() {
            return Instant.EPOCH;
        }
    },
    DURATION {
        @Override
        void writePresent(Object value, Encoder out) throws IOException {
            Duration duration = (Duration) value;
            out.writeLong(nanos(duration.getSeconds(), duration.getNano()));
        }

        @Override
        public Plan plan(Schema writer) {
            Longs longs = longs(writer);
            return in -> Duration.ofNanos(longs.read(in));
        }

        @Override
        public Object zero() {
            return Duration.ZERO;
        }
    };

    private static final long SECOND = 1_000_000_000;
    private static final BigInteger MAX = BigInteger.valueOf(Long.MAX_VALUE);
    private static final BigInteger MIN = BigInteger.valueOf(Long.MIN_VALUE);

    private interface Longs {
        long read(Decoder in) throws IOException;
    }

    @Override
    public final void write(@Nullable Object value, Encoder out) throws IOException {
        if (value == null) {
            throw new IllegalArgumentException("no value where the schema needs " + this);
        }
        writePresent(value, out);
    }

    abstract void writePresent(Object value, Encoder out) throws IOException;

    private static Longs longs(Schema writer) {
        if (writer.getType() == Schema.Type.INT) {
            return Decoder::readInt;
        }
        expect(writer, Schema.Type.LONG);
        return Decoder::readLong;
    }

    static void expect(Schema writer, Schema.Type type) {
        if (writer.getType() != type) {
            throw new Unreadable("expected " + type.getName() + ", written was " + writer);
        }
    }

    private static long nanos(long seconds, int nanos) {
        long limit = Long.MAX_VALUE / SECOND;
        if (seconds < limit && seconds > -limit) {
            return seconds * SECOND + nanos;
        }
        return BigInteger.valueOf(seconds)
                .multiply(BigInteger.valueOf(SECOND))
                .add(BigInteger.valueOf(nanos))
                .min(MAX)
                .max(MIN)
                .longValueExact();
    }
}
