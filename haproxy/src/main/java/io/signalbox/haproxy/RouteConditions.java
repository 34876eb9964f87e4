package io.signalbox.haproxy;

import io.signalbox.schemas.RouteMatch;
import io.signalbox.schemas.RouteMatch.FieldMatch;
import io.signalbox.schemas.RouteMatch.HostKind;
import io.signalbox.schemas.RouteMatch.PathKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The rules that what a route asks for must keep, and its words for people. */
public final class RouteConditions {
    /** A line of HAProxy has room for 64 words. */
    private static final int MOST = 16;

    private static final int MOST_SOURCES = 50;

    private static final int LONGEST_VALUE = 256;
    private static final String NAME_RULE =
            "must be 1 to 64 of the characters A-Z a-z 0-9 _ - and, of a query, .";
    private static final String WILDCARD_RULE =
            "must be a path in which each * stands for any characters, at most 8 of them";
    private static final String HOST_RULE = "must be a name with * instead of its ";
    private static final Set<String> SCHEMES = Set.of("", "http", "https");

    private RouteConditions() {}

    static RouteMatch ofKinds(HostKind host, PathKind path) {
        var none = List.<String>of();
        var nothing = List.<FieldMatch>of();
        return new RouteMatch(
                host, path, none, none, nothing, nothing, none, "", null, none, null, null, false);
    }

    static void check(String host, String path, RouteMatch match) {
        checkHost(host, match.hostKind());
        checkPath(path, match.pathKind());
        match.excludedPaths().forEach(RouteConditions::plainPath);
        match.methods().forEach(HttpMethod::new);
        match.headers().forEach(header -> checkField("header", header));
        match.queries().forEach(query -> checkField("query parameter", query));
        match.entryPoints().forEach(Identifier::new);
        match.sources().forEach(Network::parse);
        if (!SCHEMES.contains(match.scheme())) {
            throw new IllegalValue("scheme", "must be http or https", match.scheme());
        }
        var priority = match.priority();
        if (priority != null && (priority < 1 || priority > RoutePattern.MOST_PRIORITY)) {
            throw new IllegalValue("priority", "must be 1 to 1000000", priority.toString());
        }
        checkRoom(match);
    }

    private static void checkHost(String host, HostKind kind) {
        switch (kind) {
            case EXACT -> {
                if (host.startsWith("*")) {
                    throw new IllegalValue("host", "must be no pattern", host);
                }
                var _ = new RouteKey(host, "/");
            }
            case WILDCARD -> {
                if (!host.startsWith("*.")) {
                    throw new IllegalValue("host", HOST_RULE + "first labels", host);
                }
                var _ = new RouteKey(host, "/");
            }
            case PREFIX -> {
                if (!host.endsWith(".*") || host.startsWith("*") || host.startsWith("[")) {
                    throw new IllegalValue("host", HOST_RULE + "last labels", host);
                }
                var _ = new RouteKey(host.substring(0, host.length() - 2), "/");
            }
            case REGEX -> {
                var _ = new RouteRegex(host);
            }
        }
    }

    private static void checkPath(String path, PathKind kind) {
        switch (kind) {
            case PREFIX -> plainPath(path);
            case BEGINNING, EXACT -> {
                var whole = path.length() > 1 && path.endsWith("/");
                plainPath(whole ? path.substring(0, path.length() - 1) : path);
            }
            case WILDCARD -> {
                var stars = path.chars().filter(c -> c == '*').count();
                if (stars == 0 || stars > 8) {
                    throw new IllegalValue("path", WILDCARD_RULE, path);
                }
                var literal = path.replace("*", "");
                var whole = literal.length() > 1 && literal.endsWith("/");
                plainPath(whole ? literal.substring(0, literal.length() - 1) : literal);
            }
            case REGEX -> {
                var _ = new RouteRegex(path);
            }
        }
    }

    private static void plainPath(String path) {
        var _ = new RouteKey("", path);
    }

    private static void checkField(String what, FieldMatch field) {
        var extra = what.equals("header") ? "" : ".";
        if (!field.name().matches("[A-Za-z0-9_" + extra + "-]{1,64}")) {
            throw new IllegalValue(what, NAME_RULE, field.name());
        }
        switch (field.kind()) {
            case PRESENT -> {
                if (!field.value().isEmpty()) {
                    throw new IllegalValue(what, "must only be there", field.value());
                }
            }
            case REGEX -> {
                var _ = new RouteRegex(field.value());
            }
            case EXACT, CONTAINS -> checkText(what, field.value());
        }
    }

    /** A lone brace would end the condition that it stands in. */
    private static void checkText(String what, String value) {
        var printable = value.chars().allMatch(c -> c >= ' ' && c < 0x7f);
        if (value.isBlank() || value.length() > LONGEST_VALUE || !printable || value.equals("}")) {
            throw new IllegalValue(
                    what,
                    "must be 1 to " + LONGEST_VALUE + " printable ASCII characters and no }",
                    value);
        }
    }

    private static void checkRoom(RouteMatch match) {
        atMost("sources", MOST_SOURCES, match.sources().size());
        atMost("methods", MOST, match.methods().size());
        atMost("excluded paths", MOST, match.excludedPaths().size());
        atMost("entry points", MOST, match.entryPoints().size());
        atMost(
                "headers and query parameters",
                MOST,
                match.headers().size() + match.queries().size());
    }

    private static void atMost(String what, int most, int found) {
        if (found > most) {
            throw new IllegalValue(
                    what, "must be at most " + most + " of a route", Integer.toString(found));
        }
    }

    /** What it asks for beyond host and path, in words. */
    public static List<String> of(RouteMatch match) {
        var words = new ArrayList<String>();
        if (!match.methods().isEmpty()) {
            words.add("method " + String.join("|", match.methods()));
        }
        match.headers().forEach(header -> words.add("header " + field(header)));
        match.queries().forEach(query -> words.add("query " + field(query)));
        if (!match.entryPoints().isEmpty()) {
            words.add("entry point " + String.join("|", match.entryPoints()));
        }
        if (!match.scheme().isEmpty()) {
            words.add(match.scheme());
        }
        var webSocket = match.webSocket();
        if (webSocket != null) {
            words.add(webSocket ? "WebSocket" : "no WebSocket");
        }
        if (!match.sources().isEmpty()) {
            words.add("from " + String.join("|", match.sources()));
        }
        if (!match.excludedPaths().isEmpty()) {
            words.add("not " + String.join("|", match.excludedPaths()));
        }
        var priority = match.priority();
        if (priority != null) {
            words.add("priority " + priority);
        }
        return List.copyOf(words);
    }

    private static String field(FieldMatch field) {
        return field.name()
                + switch (field.kind()) {
                    case PRESENT -> "";
                    case EXACT -> "=" + field.value();
                    case CONTAINS -> "=*" + field.value() + "*";
                    case REGEX -> "=~" + field.value();
                };
    }
}
