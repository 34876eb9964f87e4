package io.signalbox.schemas.codec;

import io.confluent.kafka.schemaregistry.ParsedSchema;
import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.avro.AvroSchemaProvider;
import io.confluent.kafka.schemaregistry.client.CachedSchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.rest.RestService;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import io.signalbox.schemas.SchemaRegistrySettings;
import io.signalbox.schemas.SchemaRegistryUnavailable;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Confluent's client, with deadlines, and with what it learned kept on disk: while the registry is
 * away, what is on disk holds. What came from disk is asked again in the background until the
 * registry confirmed or corrected it. Thread-safe; after its first answer a question costs a map
 * look-up.
 */
final class RegistryClient extends CachedSchemaRegistryClient {

    /** After a failure nobody waits for the registry again for this long. */
    private static final Duration BREATHER = Duration.ofSeconds(1);

    private static final Duration RECHECK = Duration.ofSeconds(5);
    private static final int NOT_FOUND = 404;

    private final RestService rest;
    private final String url;
    private final SchemaCache cache;
    private final Map<Subject, Integer> ids = new ConcurrentHashMap<>();
    private final Map<Integer, ParsedSchema> schemas = new ConcurrentHashMap<>();
    private final Map<Integer, Long> unknownUntil = new ConcurrentHashMap<>();
    private final Unconfirmed unconfirmed = new Unconfirmed(RECHECK);
    private volatile @Nullable Away away;

    /** A schema under a subject; schemas are compared by identity first, so this is cheap. */
    private record Subject(String name, Schema schema) {}

    private record Away(long untilNanos, String reason) {}

    private interface Question<T> {
        T ask() throws IOException, RestClientException;
    }

    RegistryClient(SchemaRegistrySettings settings) {
        this(settings, rest(settings));
    }

    private RegistryClient(SchemaRegistrySettings settings, RestService rest) {
        super(rest, 1, List.of(new AvroSchemaProvider()), tlsConfig(settings), Map.of());
        this.rest = rest;
        this.url = settings.url();
        this.cache = new SchemaCache(settings.cacheFile(), settings.url());
    }

    /** Confluent's client of the HTTP interface, with deadlines and without retries. */
    static RestService rest(SchemaRegistrySettings settings) {
        RestService rest = new RestService(Arrays.asList(settings.url().split(" *, *", -1)));
        rest.configure(config(settings));
        return rest;
    }

    /**
     * With any configuration, Confluent's client reads the machine's trust store, which costs every
     * process 0.2 s and some megabytes; {@code rest} has it all already but for TLS.
     */
    private static Map<String, Object> tlsConfig(SchemaRegistrySettings settings) {
        return settings.url().contains("https://") ? config(settings) : Map.of();
    }

    private static Map<String, Object> config(SchemaRegistrySettings settings) {
        Map<String, Object> config = new HashMap<>(settings.clientProperties());
        long millis = settings.deadline().toMillis();
        config.put("http.connect.timeout.ms", Long.toString(millis));
        config.put("http.read.timeout.ms", Long.toString(millis));
        config.put("max.retries", "0");
        return config;
    }

    @Override
    public int getId(String subject, ParsedSchema schema) {
        return getId(subject, schema, false);
    }

    @Override
    public int getId(String subject, ParsedSchema schema, boolean normalize) {
        Subject key = new Subject(subject, ((AvroSchema) schema).rawSchema());
        Integer known = ids.get(key);
        return known == null ? learnId(key, schema) : known;
    }

    private int learnId(Subject key, ParsedSchema schema) {
        String text = schema.canonicalString();
        int id;
        try {
            id = ask(() -> rest.lookUpSubjectVersion(text, key.name)).getId();
            cache.putId(key.name, text, id);
            cache.putSchema(id, text);
        } catch (SchemaRegistryUnavailable e) {
            OptionalInt cached = cache.id(key.name, text);
            id = cached.orElseThrow(() -> e);
            unconfirmed.add(() -> confirmId(key, schema));
        } catch (RestClientException e) {
            throw new SchemaRegistryUnavailable(
                    "schema registry %s does not have this version's schema of %s: run 'signalbox topics'"
                            .formatted(url, key.name),
                    e);
        }
        ids.put(key, id);
        schemas.put(id, schema);
        return id;
    }

    private void confirmId(Subject key, ParsedSchema schema) {
        try {
            learnId(key, schema);
        } catch (SchemaRegistryUnavailable e) {
            ids.remove(key);
        }
    }

    @Override
    public ParsedSchema getSchemaBySubjectAndId(String subject, int id) {
        return getSchemaById(id);
    }

    @Override
    public ParsedSchema getSchemaById(int id) {
        ParsedSchema known = schemas.get(id);
        return known == null ? learnSchema(id) : known;
    }

    private ParsedSchema learnSchema(int id) {
        Long until = unknownUntil.get(id);
        if (until != null && System.nanoTime() - until < 0) {
            throw unknown(id);
        }
        ParsedSchema schema;
        try {
            schema = new AvroSchema(ask(() -> rest.getId(id)).getSchemaString());
            cache.putSchema(id, schema.canonicalString());
        } catch (SchemaRegistryUnavailable e) {
            schema = new AvroSchema(cache.schema(id).orElseThrow(() -> e));
            unconfirmed.add(() -> confirmSchema(id));
        } catch (RestClientException e) {
            unknownUntil.put(id, System.nanoTime() + RECHECK.toNanos());
            throw unknown(id);
        }
        schemas.put(id, schema);
        return schema;
    }

    private void confirmSchema(int id) {
        try {
            learnSchema(id);
        } catch (Unreadable e) {
            schemas.remove(id);
        }
    }

    private static Unreadable unknown(int id) {
        return new Unreadable("the schema registry has no schema with id " + id);
    }

    /** Gives the answer, or throws a RestClientException only for "there is no such thing". */
    private <T> T ask(Question<T> question) throws RestClientException {
        Away now = away;
        if (now != null && System.nanoTime() - now.untilNanos < 0) {
            throw new SchemaRegistryUnavailable(now.reason, null);
        }
        try {
            T answer = question.ask();
            away = null;
            return answer;
        } catch (IOException e) {
            throw failed(e.toString(), e);
        } catch (RestClientException e) {
            if (e.getStatus() == NOT_FOUND) {
                throw e;
            }
            throw failed("it answers " + e.getStatus() + ": " + e.getMessage(), e);
        }
    }

    private SchemaRegistryUnavailable failed(String why, Exception cause) {
        String reason = "schema registry " + url + " is not available: " + why;
        away = new Away(System.nanoTime() + BREATHER.toNanos(), reason);
        return new SchemaRegistryUnavailable(reason, cause);
    }

    @Override
    public void close() throws IOException {
        unconfirmed.close();
        super.close();
    }
}
