package io.signalbox.schemas;

/** What the bytes of one record turned out to be. */
public sealed interface Decoded<T> {

    /** A value that this version understands. */
    record Value<T>(T value) implements Decoded<T> {}

    /** No bytes: the key is deleted. */
    record Tombstone<T>() implements Decoded<T> {}

    /**
     * Bytes that are no record of this topic, or one that this version cannot understand.
     *
     * @param reason one sentence naming the rule and the value
     */
    record Poison<T>(String reason) implements Decoded<T> {}
}
