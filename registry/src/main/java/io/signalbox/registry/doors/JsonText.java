package io.signalbox.registry.doors;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.signalbox.registry.core.doors.Json;
import io.signalbox.registry.core.doors.Problem;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads JSON from outside: each key of an object once, one value and nothing behind it, a bounded
 * depth. A mistake is named with its line and column.
 */
final class JsonText {
    private static final int DEPTH = 32;
    private static final int DIGITS = 40;

    private static final JsonFactory FACTORY =
            JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                    .streamReadConstraints(
                            StreamReadConstraints.builder()
                                    .maxNestingDepth(DEPTH)
                                    .maxNumberLength(DIGITS)
                                    .build())
                    .build();

    private JsonText() {}

    /**
     * Reads one value.
     *
     * @throws io.signalbox.registry.core.doors.Refused with 400 for anything else
     */
    static Json read(byte[] text) {
        try (JsonParser parser = FACTORY.createParser(text)) {
            if (parser.nextToken() == null) {
                throw Problem.of(400, "bad-json", "the body is empty; it must be JSON").refused();
            }
            Json value = value(parser);
            if (parser.nextToken() != null) {
                throw refused("something stands behind the value", parser.currentTokenLocation());
            }
            return value;
        } catch (JsonProcessingException e) {
            throw refused(e.getOriginalMessage(), e.getLocation());
        } catch (IOException e) {
            throw Problem.of(400, "bad-json", "the body is not JSON: it is not UTF-8").refused();
        }
    }

    private static RuntimeException refused(String reason, JsonLocation where) {
        String first = reason.lines().findFirst().orElse("").replaceAll("[^\\x20-\\x7e]", "?");
        return Problem.of(
                        400,
                        "bad-json",
                        "the body is not JSON as it must be: %s (line %d, column %d)"
                                .formatted(
                                        first.length() > 200 ? first.substring(0, 200) : first,
                                        where == null ? 1 : where.getLineNr(),
                                        where == null ? 1 : where.getColumnNr()))
                .refused();
    }

    private static Json value(JsonParser parser) throws IOException {
        return switch (parser.currentToken()) {
            case START_OBJECT -> object(parser);
            case START_ARRAY -> list(parser);
            case VALUE_STRING -> new Json.Text(parser.getText());
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new Json.Num(parser.getDecimalValue());
            case VALUE_TRUE -> new Json.Bool(true);
            case VALUE_FALSE -> new Json.Bool(false);
            case VALUE_NULL -> new Json.Null();
            case NOT_AVAILABLE, END_OBJECT, END_ARRAY, FIELD_NAME, VALUE_EMBEDDED_OBJECT ->
                    throw new IllegalStateException("no value: " + parser.currentToken());
        };
    }

    private static Json object(JsonParser parser) throws IOException {
        Map<String, Json> members = new LinkedHashMap<>();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            parser.nextToken();
            members.put(name, value(parser));
        }
        return new Json.Obj(members);
    }

    private static Json list(JsonParser parser) throws IOException {
        List<Json> elements = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            elements.add(value(parser));
        }
        return new Json.Arr(elements);
    }
}
