package io.signalbox.schemas.codec;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The doc comments of the records of the log, read from their sources, for the schemas. */
final class SourceDocs {

    private static final Pattern TYPE =
            Pattern.compile(
                    "/\\*\\*((?:[^*]++|\\*(?!/))*+)\\*/\\s*(?:public )?(?:sealed )?"
                            + "(?:record|interface) (\\w+)");
    private static final Pattern PARAM = Pattern.compile("@param (\\w+) ([^@]*)");

    private final Map<String, String> comments = new HashMap<>();

    /** From the sources in a folder. */
    SourceDocs(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
                String top = file.getFileName().toString().replace(".java", "");
                Matcher type = TYPE.matcher(Files.readString(file));
                while (type.find()) {
                    comments.put(top + '.' + type.group(2), plain(type.group(1)));
                }
            }
        }
    }

    /** What a type is; null when it is not said. */
    @Nullable String of(Class<?> type) {
        String text = comment(type).replaceFirst("(?s)@param.*", "").strip();
        return text.isEmpty() ? null : text;
    }

    /** What a component is, and its unit; null when neither is said. */
    @Nullable String of(Class<?> type, String component, @Nullable String unit) {
        Matcher param = PARAM.matcher(comment(type));
        while (param.find()) {
            if (param.group(1).equals(component)) {
                String text = param.group(2).strip();
                return unit == null ? text : text + "; " + unit;
            }
        }
        return unit;
    }

    private String comment(Class<?> type) {
        Class<?> top = type.getNestHost();
        return comments.getOrDefault(top.getSimpleName() + '.' + type.getSimpleName(), "");
    }

    private static String plain(String comment) {
        return comment.replaceAll("(?m)^\\s*\\*", "")
                .replaceAll("\\{@(?:code|link)\\s+#?([^}]*)}", "$1")
                .replace("<p>", "")
                .replaceAll("\\s+", " ")
                .strip();
    }
}
