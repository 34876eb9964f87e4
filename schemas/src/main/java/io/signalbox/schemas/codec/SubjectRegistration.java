package io.signalbox.schemas.codec;

import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.client.rest.RestService;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import io.signalbox.schemas.SchemaRegistrySettings;
import io.signalbox.schemas.SchemaRegistryUnavailable;
import io.signalbox.schemas.SubjectState;
import io.signalbox.schemas.Topic;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.apache.avro.Schema;

/**
 * Registers the published schemas, oldest first, and makes the registry refuse incompatible ones.
 * It asks with the smallest part of the API, which every registry has.
 */
public final class SubjectRegistration implements AutoCloseable {

    private static final String LEVEL = SubjectState.LEVEL;

    /** A registry that has just started compiles while it answers. */
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private static final int NOT_FOUND = 404;

    private final String url;
    private final String prefix;
    private final RestService rest;

    /** For the subjects of the topics under a prefix. */
    public SubjectRegistration(SchemaRegistrySettings settings, String prefix) {
        this.url = settings.url();
        this.prefix = prefix;
        this.rest = RegistryClient.rest(settings);
        rest.setHttpReadTimeoutMs((int) PATIENCE.toMillis());
    }

    private interface Request<T> {
        T send() throws IOException, RestClientException;
    }

    /** Registers every topic's schemas and sets the subject's compatibility. */
    public void register(Consumer<String> progress) {
        for (Topic topic : Topic.values()) {
            String subject = TopicSchemas.subject(prefix, topic);
            int id = 0;
            List<Schema> versions = TopicSchemas.versions(topic);
            for (int i = 0; i < versions.size(); i++) {
                id = register(subject, new AvroSchema(versions.get(i)).canonicalString());
                if (i == 0) {
                    enforce(subject);
                }
            }
            progress.accept(
                    "schema %s: version %d has id %d, %s"
                            .formatted(subject, versions.size(), id, LEVEL));
        }
    }

    private int register(String subject, String schema) {
        return send(
                () -> {
                    try {
                        return rest.registerSchema(schema, subject);
                    } catch (RestClientException e) {
                        if (e.getStatus() == 409 || e.getStatus() == 422) {
                            throw new IllegalStateException(
                                    "schema registry %s refuses the schema of %s: %s"
                                            .formatted(url, subject, e.getMessage()),
                                    e);
                        }
                        throw e;
                    }
                });
    }

    private void enforce(String subject) {
        send(() -> rest.updateCompatibility(LEVEL, subject));
        String level = send(() -> rest.getConfig(subject)).getCompatibilityLevel();
        if (!LEVEL.equals(level)) {
            throw new IllegalStateException(
                    "schema registry %s keeps compatibility %s for %s although %s was set"
                            .formatted(url, level, subject, LEVEL));
        }
    }

    /** The subjects that lack the newest schema or the compatibility, one line for each. */
    public List<String> missing() {
        List<String> missing = new ArrayList<>();
        for (Topic topic : Topic.values()) {
            String subject = TopicSchemas.subject(prefix, topic);
            String schema = new AvroSchema(TopicSchemas.newest(topic)).canonicalString();
            if (!present(() -> rest.lookUpSubjectVersion(schema, subject))) {
                missing.add(subject + " lacks this version's schema");
            } else if (!present(() -> rest.getConfig(subject))
                    || !LEVEL.equals(send(() -> rest.getConfig(subject)).getCompatibilityLevel())) {
                missing.add(subject + " does not enforce " + LEVEL);
            }
        }
        return missing;
    }

    /** How every topic's subject stands, without changing any. Asks about some at a time. */
    public List<SubjectState> states() {
        return Arrays.stream(Topic.values()).parallel().map(this::state).toList();
    }

    private SubjectState state(Topic topic) {
        String subject = TopicSchemas.subject(prefix, topic);
        String newest = new AvroSchema(TopicSchemas.newest(topic)).canonicalString();
        boolean registered = present(() -> rest.lookUpSubjectVersion(newest, subject));
        return new SubjectState(
                subject,
                TopicSchemas.versions(topic).size(),
                registered,
                level(subject),
                registered || !present(() -> rest.getAllVersions(subject))
                        ? List.of()
                        : refusals(newest, subject));
    }

    private String level(String subject) {
        AtomicReference<String> level = new AtomicReference<>("");
        present(
                () -> {
                    level.set(rest.getConfig(subject).getCompatibilityLevel());
                    return level;
                });
        return Objects.requireNonNull(level.get());
    }

    /** Why the registry would refuse a schema; empty if it would take it. */
    private List<String> refusals(String schema, String subject) {
        List<String> messages = send(() -> rest.testCompatibility(schema, subject, "latest"));
        return messages == null ? List.of() : messages;
    }

    private boolean present(Request<?> request) {
        return send(
                () -> {
                    try {
                        request.send();
                        return true;
                    } catch (RestClientException e) {
                        if (e.getStatus() == NOT_FOUND) {
                            return false;
                        }
                        throw e;
                    }
                });
    }

    private <T> T send(Request<T> request) {
        try {
            return request.send();
        } catch (IOException | RestClientException e) {
            throw new SchemaRegistryUnavailable(
                    "schema registry " + url + " is not available: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() throws IOException {
        rest.close();
    }
}
