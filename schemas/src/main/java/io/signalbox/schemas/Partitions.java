package io.signalbox.schemas;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.apache.kafka.common.utils.Utils;

/**
 * Which partition a key belongs to. Every writer says it explicitly, so that no producer setting
 * can move a key.
 */
public final class Partitions {

    private Partitions() {}

    /** The partition of a key: murmur2 of its UTF-8 bytes, as Kafka's own producers compute it. */
    public static int of(String key, int partitions) {
        return Utils.toPositive(Utils.murmur2(key.getBytes(UTF_8))) % partitions;
    }
}
