package io.signalbox.cli.replay;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.signalbox.schemas.Codec;
import io.signalbox.schemas.Decoded;
import io.signalbox.schemas.LogCodecs;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;

/**
 * A program that lets the cores write a log of fixed facts and prints the SHA-256 of all bytes that
 * they wrote: every key and every Avro record of {@code service-state} and {@code config-history}.
 */
final class LogDigest {
    private static final int SEEDS = 4;
    private static final int STEPS = 300;

    private final MessageDigest digest;
    private long records;

    private LogDigest(MessageDigest digest) {
        this.digest = digest;
    }

    /** Prints the digest and how many records it is over. */
    public static void main(String[] arguments) throws Exception {
        LogDigest all = new LogDigest(MessageDigest.getInstance("SHA-256"));
        try (MemorySchemas schemas = new MemorySchemas();
                LogCodecs codecs = schemas.codecs()) {
            for (long seed = 0; seed < SEEDS; seed++) {
                MemoryLog log = new RecordedChain(new Random(seed), STEPS).log;
                log.state.forEach(partition -> all.add(partition.records, codecs.serviceState()));
                log.history.forEach(partition -> all.add(partition.records, codecs.history()));
            }
        }
        System.out.println(HexFormat.of().formatHex(all.digest.digest()) + " " + all.records);
    }

    private <T> void add(List<Feed.Entry<T>> records, Codec<T> codec) {
        for (Feed.Entry<T> entry : records) {
            if (entry.value() instanceof Decoded.Value<T>(T value)) {
                add(entry.key().getBytes(UTF_8));
                add(codec.encode(value));
                this.records++;
            }
        }
    }

    private void add(byte[] bytes) {
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
        digest.update(bytes);
    }
}
