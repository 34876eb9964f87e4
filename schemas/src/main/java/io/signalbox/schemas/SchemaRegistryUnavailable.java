package io.signalbox.schemas;

import org.jspecify.annotations.Nullable;

/**
 * The schema registry did not answer in time, or does not have this version's schemas yet, and the
 * cache on disk could not help. A passing failure: try again later. The message names the registry
 * and the remedy.
 */
public final class SchemaRegistryUnavailable extends RuntimeException {

    /** With one sentence that names the registry, and what led to it if an exception did. */
    public SchemaRegistryUnavailable(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
