package io.signalbox.applier.template;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Functions of texts and lists, by the names that confd has for them. */
final class TextFunctions {
    private static final Set<String> TRUE = Set.of("1", "t", "T", "true", "TRUE", "True");
    private static final Set<String> FALSE = Set.of("0", "f", "F", "false", "FALSE", "False");

    static final Map<String, Call.Body> ALL = all();

    private TextFunctions() {}

    private static Map<String, Call.Body> all() {
        Map<String, Call.Body> all = new TreeMap<>();
        all.put("base", call -> base(call.text(0)));
        all.put("dir", call -> dir(call.text(0)));
        all.put("split", call -> split(call.text(0), call.text(1)));
        all.put("join", call -> String.join(call.text(1), call.texts(0)));
        all.put("replace", TextFunctions::replace);
        all.put("toUpper", call -> call.text(0).toUpperCase(Locale.ROOT));
        all.put("toLower", call -> call.text(0).toLowerCase(Locale.ROOT));
        all.put("trimSuffix", call -> trimSuffix(call.text(0), call.text(1)));
        all.put("parseBool", call -> truth(call.text(0)));
        all.put("base64Encode", call -> encoded(call.text(0)));
        all.put("base64Decode", call -> decoded(call.text(0)));
        all.put("json", call -> JsonText.map(call.text(0)));
        all.put("jsonArray", call -> JsonText.list(call.text(0)));
        all.put("map", TextFunctions::map);
        all.put("reverse", TextFunctions::reverse);
        all.put("sortByLength", call -> byLength(call.texts(0)));
        all.put("sortKVByLength", call -> pairsByLength(call.list(0)));
        return Collections.unmodifiableMap(all);
    }

    /** The last part of a path, as Go has it. */
    private static String base(String path) {
        String stripped = withoutSlashes(path);
        if (stripped.isEmpty()) {
            return path.isEmpty() ? "." : "/";
        }
        return stripped.substring(stripped.lastIndexOf('/') + 1);
    }

    /** All but the last part of a path, as Go has it. */
    private static String dir(String path) {
        int slash = path.lastIndexOf('/');
        if (slash < 0) {
            return ".";
        }
        String above = withoutSlashes(path.substring(0, slash));
        return above.isEmpty() ? "/" : above;
    }

    private static String withoutSlashes(String path) {
        int end = path.length();
        while (end > 0 && path.charAt(end - 1) == '/') {
            end--;
        }
        return path.substring(0, end);
    }

    private static List<String> split(String text, String separator) {
        return Arrays.asList(text.split(Pattern.quote(separator), -1));
    }

    /** Of {@code (text, old, new)} all; of {@code (text, old, new, n)} the first n. */
    private static String replace(Call call) {
        String text = call.text(0);
        String from = call.text(1);
        String to = call.text(2);
        long most = call.has(3) ? call.number(3) : -1;
        if (most < 0) {
            return text.replace(from, to);
        }
        Matcher found = Pattern.compile(Pattern.quote(from)).matcher(text);
        StringBuilder out = new StringBuilder();
        for (long i = 0; i < most && found.find(); i++) {
            found.appendReplacement(out, Matcher.quoteReplacement(to));
        }
        return found.appendTail(out).toString();
    }

    private static String trimSuffix(String text, String suffix) {
        return text.endsWith(suffix) ? text.substring(0, text.length() - suffix.length()) : text;
    }

    private static boolean truth(String text) {
        if (!TRUE.contains(text) && !FALSE.contains(text)) {
            throw new IllegalArgumentException("is neither true nor false: " + text);
        }
        return TRUE.contains(text);
    }

    private static String encoded(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String decoded(String text) {
        return new String(Base64.getDecoder().decode(text), StandardCharsets.UTF_8);
    }

    private static Map<String, Object> map(Call call) {
        if (call.count() % 2 != 0) {
            throw new IllegalArgumentException("needs a value for each key");
        }
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < call.count(); i += 2) {
            map.put(call.text(i), call.any(i + 1));
        }
        return map;
    }

    private static Object reverse(Call call) {
        if (call.any(0) instanceof String text) {
            return new StringBuilder(text).reverse().toString();
        }
        return new ArrayList<>(call.list(0)).reversed();
    }

    private static List<String> byLength(List<String> texts) {
        return texts.stream()
                .sorted(Comparator.comparingInt(String::length).thenComparing(text -> text))
                .toList();
    }

    private static List<Object> pairsByLength(List<Object> pairs) {
        return pairs.stream()
                .sorted(
                        Comparator.comparingInt((Object pair) -> key(pair).length())
                                .thenComparing(TextFunctions::key))
                .toList();
    }

    private static String key(Object pair) {
        if (pair instanceof Map<?, ?> map && map.get("key") instanceof String key) {
            return key;
        }
        throw new IllegalArgumentException("is no pair of key and value: " + pair);
    }
}
