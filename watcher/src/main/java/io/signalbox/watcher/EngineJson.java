package io.signalbox.watcher;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.core.json.jackson.JacksonCodec;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the engine's JSON. Containers choose how long their labels' names and values are, and one
 * that overdoes it must not keep all others from being seen: only what an answer may be in all
 * bounds them. Safe for all threads.
 */
final class EngineJson {
    /** What a name, which is read even where it is passed over, may take of the memory. */
    private static final int MOST_NAME_LENGTH = 4 * 1024 * 1024;

    private static final JsonFactory FACTORY =
            JsonFactory.builder()
                    .streamReadConstraints(
                            StreamReadConstraints.builder()
                                    .maxNameLength(MOST_NAME_LENGTH)
                                    .maxStringLength(Integer.MAX_VALUE)
                                    .build())
                    .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                    .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
                    .disable(StreamReadFeature.AUTO_CLOSE_SOURCE)
                    .build();

    private EngineJson() {}

    /**
     * An object.
     *
     * @throws DecodeException when it is none
     */
    static JsonObject object(String json) {
        return read(json, JsonObject.class);
    }

    /**
     * An array.
     *
     * @throws DecodeException when it is none
     */
    static JsonArray array(String json) {
        return read(json, JsonArray.class);
    }

    /**
     * The {@code Id} of each object in an array; all else, which may be long, is passed over.
     *
     * @throws DecodeException when it is no such array
     */
    static List<String> ids(InputStream json) throws IOException {
        List<String> ids = new ArrayList<>();
        try (JsonParser parser = FACTORY.createParser(json)) {
            expect(parser.nextToken(), JsonToken.START_ARRAY);
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                expect(parser.currentToken(), JsonToken.START_OBJECT);
                ids.add(id(parser));
            }
        } catch (JsonProcessingException e) {
            throw new DecodeException("no list of things with ids", e);
        }
        return ids;
    }

    private static String id(JsonParser parser) throws IOException {
        String id = "";
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String field = parser.currentName();
            JsonToken value = parser.nextToken();
            if (field.equals("Id")) {
                expect(value, JsonToken.VALUE_STRING);
                id = parser.getText();
            }
            parser.skipChildren();
        }
        if (id.isEmpty()) {
            throw new DecodeException("a thing without an id");
        }
        return id;
    }

    private static void expect(JsonToken token, JsonToken expected) {
        if (token != expected) {
            throw new DecodeException("not " + expected);
        }
    }

    private static <T> T read(String json, Class<T> type) {
        try (JsonParser parser = FACTORY.createParser(json)) {
            Object value = JacksonCodec.fromParser(parser, Object.class);
            if (!type.isInstance(value)) {
                throw new DecodeException("no " + type.getSimpleName());
            }
            return type.cast(value);
        } catch (IOException e) {
            throw new DecodeException("no JSON", e);
        }
    }
}
