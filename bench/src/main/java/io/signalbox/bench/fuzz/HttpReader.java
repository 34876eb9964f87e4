package io.signalbox.bench.fuzz;

import io.signalbox.schemas.HttpPolicy;
import io.signalbox.schemas.HttpPolicy.Auth;
import io.signalbox.schemas.HttpPolicy.Compression;
import io.signalbox.schemas.HttpPolicy.Cors;
import io.signalbox.schemas.HttpPolicy.HeaderAction;
import io.signalbox.schemas.HttpPolicy.HeaderRule;
import io.signalbox.schemas.HttpPolicy.Maintenance;
import io.signalbox.schemas.HttpPolicy.Rate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Reads back from the text of a service's backend, and of its list of users, what was to be done to
 * requests and responses. What stands in the text for the sake of something else is not looked at.
 */
final class HttpReader {
    /**
     * Of an answer without a condition: {@code http-request return status 503 content-type T string
     * S}.
     */
    private static final int WORDS_OF_A_PAGE = 8;

    private static final String LIST = " unless { http_auth(users:";

    private final List<List<String>> lines;

    private HttpReader(List<String> text) {
        lines = text.stream().map(line -> Words.of(line.strip())).toList();
    }

    /** What differs between the text and the policy that it was made of; empty if nothing does. */
    static Optional<String> difference(List<String> text, HttpPolicy policy) {
        HttpReader reader = new HttpReader(text);
        SortedMap<String, List<String>> said = said(policy);
        SortedMap<String, List<String>> read = reader.read();
        if (policy.maintenance() != null || isClosed(policy.auth())) {
            // Requests come no further: nothing is done to them.
            for (String unused :
                    List.of("rewrite", "prefix", "request", "realm", "users", "list")) {
                said.remove(unused);
                read.remove(unused);
            }
        }
        for (String part : said.keySet()) {
            List<String> there = read.getOrDefault(part, List.of());
            if (!there.equals(said.get(part))) {
                return Optional.of(part + " is " + there + ", said was " + said.get(part));
            }
        }
        return read.keySet().stream()
                .filter(part -> !said.containsKey(part))
                .findFirst()
                .map(part -> part + " is " + read.get(part) + ", nothing was said");
    }

    private static boolean isClosed(@org.jspecify.annotations.Nullable Auth auth) {
        return auth != null && auth.users().isEmpty() && auth.list().isEmpty();
    }

    private static SortedMap<String, List<String>> said(HttpPolicy policy) {
        SortedMap<String, List<String>> said = new TreeMap<>();
        put(said, "allow", policy.access().allow());
        put(said, "deny", policy.access().deny());
        Rate rate = policy.rate();
        if (rate != null) {
            put(said, "rate", List.of(rate.requests() + "/" + rate.per().toSeconds()));
        }
        Auth auth = policy.auth();
        if (auth != null) {
            put(said, "realm", List.of(auth.realm()));
            put(said, "list", auth.list().isEmpty() ? List.of() : List.of(auth.list()));
            put(
                    said,
                    "users",
                    auth.users().stream().map(user -> user.name() + ":" + user.hash()).toList());
        }
        Compression compression = policy.compression();
        if (compression != null && !compression.types().isEmpty()) {
            put(said, "compress", compression.types());
        }
        Cors cors = policy.cors();
        if (cors != null) {
            put(said, "origins", cors.origins());
        }
        Maintenance maintenance = policy.maintenance();
        if (maintenance != null && !maintenance.text().isEmpty()) {
            put(said, "maintenance", List.of(maintenance.text()));
        }
        sayLists(said, policy);
        return said;
    }

    private static void sayLists(SortedMap<String, List<String>> said, HttpPolicy policy) {
        put(said, "pages", policy.errorPages().stream().map(p -> p.status() + p.text()).toList());
        put(
                said,
                "rewrite",
                policy.path().rewrites().stream()
                        .map(rewrite -> rewrite.pattern() + " " + rewrite.replacement())
                        .toList());
        put(
                said,
                "prefix",
                policy.path().prefix().isEmpty() ? List.of() : List.of(policy.path().prefix()));
        put(said, "request", headers(policy, HttpPolicy.Direction.REQUEST));
        put(said, "response", headers(policy, HttpPolicy.Direction.RESPONSE));
    }

    private static void put(SortedMap<String, List<String>> map, String part, List<String> values) {
        if (!values.isEmpty()) {
            map.put(part, values);
        }
    }

    private static List<String> headers(HttpPolicy policy, HttpPolicy.Direction direction) {
        return policy.headers().stream()
                .filter(header -> header.direction() == direction)
                .map(HttpReader::text)
                .toList();
    }

    private static String text(HeaderRule header) {
        String word =
                switch (header.action()) {
                    case ADD -> "add-header";
                    case SET -> "set-header";
                    case DELETE -> "del-header";
                };
        return header.action() == HeaderAction.DELETE
                ? word + " " + header.name()
                : word + " " + header.name() + " " + header.value();
    }

    private SortedMap<String, List<String>> read() {
        SortedMap<String, List<String>> read = new TreeMap<>();
        for (List<String> line : lines) {
            String text = String.join(" ", line);
            switch (line.getFirst()) {
                case "acl" -> acl(read, line);
                case "user" -> add(read, "users", line.get(1) + ":" + line.get(3));
                case "http-error" -> add(read, "pages", line.get(2) + line.getLast());
                case "http-request" -> request(read, line, text);
                case "http-after-response" -> response(read, line, text);
                default -> {}
            }
        }
        // Said or standard, it cannot be told; what was not said is not compared.
        for (List<String> line : lines) {
            if (line.getFirst().equals("compression") && line.get(1).equals("type")) {
                List<String> types = line.subList(2, line.size());
                if (types.size() != 9) {
                    read.put("compress", types);
                }
            }
        }
        return read;
    }

    private static void acl(SortedMap<String, List<String>> read, List<String> line) {
        switch (line.get(1)) {
            case "allowed" -> line.subList(3, line.size()).forEach(one -> add(read, "allow", one));
            case "denied" -> line.subList(3, line.size()).forEach(one -> add(read, "deny", one));
            case "origin" -> line.subList(5, line.size()).forEach(one -> add(read, "origins", one));
            default -> throw new IllegalArgumentException("unknown acl " + line);
        }
    }

    private void request(SortedMap<String, List<String>> read, List<String> line, String text) {
        switch (line.get(1)) {
            case "auth" -> {
                add(read, "realm", line.get(3));
                if (text.contains(LIST)) {
                    String list = text.substring(text.lastIndexOf(LIST) + LIST.length());
                    add(read, "list", list.substring(0, list.indexOf(')')));
                }
            }
            case "return" -> {
                if (line.get(3).equals("503") && line.size() == WORDS_OF_A_PAGE) {
                    add(read, "maintenance", line.getLast());
                }
            }
            case "set-var(txn.limited)" -> add(read, "rate", line.get(7) + "/" + seconds());
            case "set-var(txn.origin)" -> {
                if (line.get(2).equals("str(*)")) {
                    add(read, "origins", "*");
                }
            }
            case "replace-path" -> {
                if (text.contains("{ var(txn.rewrite) ")) {
                    add(read, "rewrite", line.get(2) + " " + plain(line.get(3)));
                }
            }
            case "set-path" -> {
                if (line.get(2).endsWith("%[path]")) {
                    add(read, "prefix", plain(line.get(2).replace("%[path]", "")));
                }
            }
            case "set-header", "add-header", "del-header" -> {
                if (!text.equals("http-request del-header Authorization")) {
                    add(read, "request", header(line));
                }
            }
            default -> {}
        }
    }

    private static void response(
            SortedMap<String, List<String>> read, List<String> line, String text) {
        if (!text.contains(" if { ")
                && !text.endsWith(" -m beg")
                && !text.endsWith("add-header Vary Origin")) {
            add(read, "response", header(line));
        }
    }

    private static String header(List<String> line) {
        return line.size() < 4
                ? line.get(1) + " " + line.get(2)
                : line.get(1) + " " + line.get(2) + " " + plain(line.get(3));
    }

    private String seconds() {
        return lines.stream()
                .filter(line -> line.getFirst().equals("stick-table"))
                .map(line -> line.get(line.indexOf("expire") + 1).replace("s", ""))
                .findFirst()
                .orElse("");
    }

    /** What a log format is sent as. */
    private static String plain(String format) {
        return format.replace("%%", "%");
    }

    private static void add(SortedMap<String, List<String>> read, String part, String value) {
        read.computeIfAbsent(part, _ -> new ArrayList<>()).add(value);
    }
}
