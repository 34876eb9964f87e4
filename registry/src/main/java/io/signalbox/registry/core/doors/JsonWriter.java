package io.signalbox.registry.core.doors;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes trees of maps, lists, texts, numbers and truths as JSON in one line. */
final class JsonWriter {
    private JsonWriter() {}

    static String write(Map<String, ?> tree) {
        StringBuilder text = new StringBuilder();
        append(text, tree);
        return text.append('\n').toString();
    }

    private static void append(StringBuilder text, @Nullable Object value) {
        switch (value) {
            case null -> text.append("null");
            case Map<?, ?> map -> {
                String separator = "{";
                for (Map.Entry<?, ?> entry : map.entrySet()) {
                    text.append(separator);
                    quoted(text, String.valueOf(entry.getKey()));
                    append(text.append(':'), entry.getValue());
                    separator = ",";
                }
                text.append(map.isEmpty() ? "{}" : "}");
            }
            case List<?> list -> {
                String separator = "[";
                for (Object element : list) {
                    append(text.append(separator), element);
                    separator = ",";
                }
                text.append(list.isEmpty() ? "[]" : "]");
            }
            case Number number -> text.append(number);
            case Boolean truth -> text.append(truth);
            default -> quoted(text, value.toString());
        }
    }

    private static void quoted(StringBuilder text, String value) {
        text.append('"');
        value.chars()
                .forEach(
                        c -> {
                            if (c == '"' || c == '\\') {
                                text.append('\\').append((char) c);
                            } else if (c < 0x20) {
                                text.append("\\u%04x".formatted(c));
                            } else {
                                text.append((char) c);
                            }
                        });
        text.append('"');
    }
}
