package io.signalbox.schemas;

import java.util.List;
import java.util.function.Consumer;

/**
 * Makes a registry know all schemas of this version, by an explicit act of the operator ({@code
 * signalbox topics}), and refuse incompatible ones from then on.
 */
public final class SchemaRegistration {

    /** For the subjects of the topics under a prefix. */
    public SchemaRegistration(SchemaRegistrySettings settings, String topicPrefix) {
        throw new UnsupportedOperationException(settings + topicPrefix);
    }

    /**
     * Registers every subject's schema and sets its compatibility to {@code FULL_TRANSITIVE};
     * repeating it changes nothing.
     *
     * @param progress takes one line for each subject
     * @throws SchemaRegistryUnavailable when the registry does not answer
     * @throws IllegalStateException when it refuses a schema or does not keep the compatibility
     */
    public void register(Consumer<String> progress) {
        progress.accept("");
    }

    /**
     * What a registry lacks: one line for each subject without this version's schema; empty when
     * all is there.
     *
     * @throws SchemaRegistryUnavailable when the registry does not answer
     */
    public List<String> missing() {
        return List.of();
    }
}
