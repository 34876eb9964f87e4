package io.signalbox.haproxy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Reads the answer to {@code show stat}. */
public final class Statistics {

    private static final String HEADER = "# pxname,svname,";

    private Statistics() {}

    /**
     * Counters of one frontend, backend or server.
     *
     * @param proxy the frontend's or backend's name
     * @param name {@code FRONTEND}, {@code BACKEND}, or a server's name
     * @param values those that are set, by HAProxy's names
     */
    public record Row(String proxy, String name, Map<String, String> values) {
        public Row {
            values = Collections.unmodifiableMap(new TreeMap<>(values));
        }

        /** A counter; 0 where it is not set. */
        public long count(String key) {
            var value = values.getOrDefault(key, "0");
            return value.matches("\\d{1,18}") ? Long.parseLong(value) : 0;
        }

        /** Whether this is a server. */
        public boolean isServer() {
            return !name.equals("FRONTEND") && !name.equals("BACKEND");
        }
    }

    /** The rows in the answer's order. */
    public static List<Row> parse(String answer) {
        var columns = List.<String>of();
        var rows = new ArrayList<Row>();
        for (var line : answer.lines().toList()) {
            if (line.startsWith(HEADER)) {
                columns = fields(line.substring(2));
            } else if (!columns.isEmpty() && !line.isBlank()) {
                rows.add(row(columns, fields(line)));
            }
        }
        return List.copyOf(rows);
    }

    private static Row row(List<String> columns, List<String> fields) {
        var values = new TreeMap<String, String>();
        for (var i = 0; i < Math.min(columns.size(), fields.size()); i++) {
            if (!fields.get(i).isEmpty()) {
                values.put(columns.get(i), fields.get(i));
            }
        }
        return new Row(
                values.getOrDefault("pxname", ""), values.getOrDefault("svname", ""), values);
    }

    /** Fields may be quoted, quotes doubled inside. */
    private static List<String> fields(String line) {
        var fields = new ArrayList<String>();
        var field = new StringBuilder();
        var quoted = false;
        for (var i = 0; i < line.length(); i++) {
            var c = line.charAt(i);
            if (c == '"') {
                if (quoted && i + 1 < line.length() && line.charAt(i + 1) == '"') {
                    field.append(c);
                    i++;
                } else {
                    quoted = !quoted;
                }
            } else if (c == ',' && !quoted) {
                fields.add(field.toString());
                field.setLength(0);
            } else {
                field.append(c);
            }
        }
        fields.add(field.toString());
        return fields;
    }
}
