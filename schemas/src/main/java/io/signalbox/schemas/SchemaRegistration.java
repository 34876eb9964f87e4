package io.signalbox.schemas;

import io.signalbox.schemas.codec.SubjectRegistration;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.function.Consumer;

/**
 * Makes a registry know all schemas of this version, by an explicit act of the operator ({@code
 * signalbox topics}), and refuse incompatible ones from then on.
 */
public final class SchemaRegistration implements AutoCloseable {

    private final SubjectRegistration subjects;

    /** For the subjects of the topics under a prefix. */
    public SchemaRegistration(SchemaRegistrySettings settings, String topicPrefix) {
        subjects = new SubjectRegistration(settings, topicPrefix);
    }

    /**
     * Registers every subject's schemas and sets its compatibility to {@code FULL_TRANSITIVE};
     * repeating it changes nothing.
     *
     * @param progress takes one line for each subject
     * @throws SchemaRegistryUnavailable when the registry does not answer
     * @throws IllegalStateException when it refuses a schema or does not keep the compatibility
     */
    public void register(Consumer<String> progress) {
        subjects.register(progress);
    }

    /**
     * What a registry lacks: one line for each subject without this version's schema or without
     * {@code FULL_TRANSITIVE}; empty when all is there.
     *
     * @throws SchemaRegistryUnavailable when the registry does not answer
     */
    public List<String> missing() {
        return subjects.missing();
    }

    /**
     * How every subject stands, in the topics' order; registers nothing.
     *
     * @throws SchemaRegistryUnavailable when the registry does not answer
     */
    public List<SubjectState> states() {
        return subjects.states();
    }

    @Override
    public void close() {
        try {
            subjects.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
