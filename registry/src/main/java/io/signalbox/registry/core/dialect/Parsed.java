package io.signalbox.registry.core.dialect;

import io.signalbox.schemas.Rejection;

/** A label's value, typed or rejected. */
sealed interface Parsed<T> {

    /** The typed value. */
    record Good<T>(T value) implements Parsed<T> {}

    /** Why the text is not followed. */
    record Bad<T>(Rejection rejection) implements Parsed<T> {}
}
