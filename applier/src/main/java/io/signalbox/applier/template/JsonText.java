package io.signalbox.applier.template;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Map;

/** Reads texts that are JSON. */
final class JsonText {
    private static final ObjectMapper JSON = new ObjectMapper();

    private JsonText() {}

    static Map<String, Object> map(String text) {
        return read(text, new TypeReference<Map<String, Object>>() {}, "object");
    }

    static List<Object> list(String text) {
        return read(text, new TypeReference<List<Object>>() {}, "array");
    }

    private static <T> T read(String text, TypeReference<T> type, String what) {
        try {
            return JSON.readValue(text, type);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("is no " + what + " in JSON: " + text, e);
        }
    }
}
