package io.signalbox.schemas.codec;

/** Bytes or a schema that this version cannot understand; the message says why. */
final class Unreadable extends RuntimeException {

    Unreadable(String message) {
        super(message, null, false, false);
    }
}
