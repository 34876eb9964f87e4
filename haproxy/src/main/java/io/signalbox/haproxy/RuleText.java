package io.signalbox.haproxy;

import io.signalbox.schemas.RouteMatch;
import io.signalbox.schemas.RouteMatch.FieldMatch;
import io.signalbox.schemas.RouteMatch.HostKind;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes rules: what routes ask for that the map of routes cannot say. Each says in which rank it
 * stands, and sets the service if the map's route ranks below and all conditions hold; so of those
 * that hold the last one wins, and the highest must stand last.
 */
final class RuleText {
    private static final String HOST = "var(txn.host)";
    private static final String PATH = "var(txn.path)";
    private static final String SLASHED = PATH + ",concat(/)";

    private final ConfigWriter text = new ConfigWriter();

    /** The conditions of one rule by name: a line for itself would have too many words. */
    private final List<String> names = new ArrayList<>();

    private final int number;

    private RuleText(int number) {
        this.number = number;
    }

    /** The lines of rules in their order, for one entry point; none where there are no rules. */
    static List<String> of(List<Rule> rules, String entryPoint) {
        var all = new ConfigWriter();
        var number = 0;
        for (var rule : rules) {
            if (isAt(rule, entryPoint)) {
                if (number == 0) {
                    if (rules.stream().anyMatch(RuleText::asksForScheme)) {
                        ThroughTls.write(all);
                    }
                    all.line("http-request set-var(txn.rank) var(txn.route),field(1,/),add(0)");
                }
                var writer = new RuleText(++number);
                writer.rule(rule);
                all.lines(writer.text.toLines());
            }
        }
        return all.toLines();
    }

    /**
     * A route that the map cannot say.
     *
     * @param target where it leads, as a {@link RouteValue} has it
     */
    record Rule(RoutePattern pattern, String target) {}

    private static boolean asksForScheme(Rule rule) {
        return !rule.pattern.match().scheme().isEmpty();
    }

    private static boolean isAt(Rule rule, String entryPoint) {
        var entryPoints = rule.pattern.match().entryPoints();
        return entryPoints.isEmpty() || entryPoints.contains(entryPoint);
    }

    private void rule(Rule rule) {
        var match = rule.pattern.match();
        host(rule.pattern.host(), match);
        path(rule.pattern.path(), match);
        if (!match.excludedPaths().isEmpty()) {
            several(SLASHED, "beg", excluded(match), "!");
        }
        if (!match.methods().isEmpty()) {
            several("method", "str", match.methods(), "");
        }
        match.headers().forEach(header -> field("req.fhdr(" + header.name() + ")", header));
        match.queries().forEach(this::query);
        if (!match.scheme().isEmpty()) {
            acl(ThroughTls.TEST, match.scheme().equals("https") ? "" : "!");
        }
        webSocket(match);
        if (!match.sources().isEmpty()) {
            several("src", "ip", match.sources(), "");
        }
        var first = isCheap(rule.pattern) ? 1 : 0;
        text.line("http-request set-var(txn.service)")
                .value("str(" + rule.target + ")")
                .words("if");
        names.subList(0, first).forEach(text::value);
        text.words("{ var(txn.rank,0) -m int lt").value(rule.pattern.rank()).words("}");
        names.subList(first, names.size()).forEach(text::value);
    }

    /** Most requests are for other hosts, and end there; a regular expression costs more. */
    private static boolean isCheap(RoutePattern pattern) {
        return !pattern.host().isEmpty() && pattern.match().hostKind() != HostKind.REGEX;
    }

    private static List<String> excluded(RouteMatch match) {
        return match.excludedPaths().stream()
                .map(path -> path.equals("/") ? "/" : path + "/")
                .toList();
    }

    private void host(String host, RouteMatch match) {
        if (host.isEmpty()) {
            return;
        }
        switch (match.hostKind()) {
            case EXACT -> one(HOST, "str", host);
            case WILDCARD -> one(HOST, "end", host.substring(1));
            case PREFIX -> one(HOST, "beg", host.substring(0, host.length() - 1));
            case REGEX -> one(HOST, "reg", new RouteRegex(host).whole());
        }
        if (match.hostKind() != HostKind.EXACT) {
            acl(HOST + " -m sub /", "!");
        }
    }

    private void path(String path, RouteMatch match) {
        switch (match.pathKind()) {
            case PREFIX -> {
                if (!path.equals("/")) {
                    one(SLASHED, "beg", path + "/");
                }
            }
            case BEGINNING -> one(PATH, "beg", path);
            case EXACT -> one(PATH, "str", path);
            case WILDCARD -> one(PATH, "reg", RouteRegex.ofWildcard(path));
            case REGEX -> one(PATH, "reg", new RouteRegex(path).whole());
        }
    }

    /** A parameter may be there without a value, which only the query as a whole shows. */
    private void query(FieldMatch query) {
        if (query.kind() == FieldMatch.Kind.PRESENT) {
            one("query", "reg", "(^|&)" + query.name().replace(".", "\\.") + "(=|&|$)");
        } else {
            field("url_param(" + query.name() + ")", query);
        }
    }

    private void field(String fetch, FieldMatch field) {
        switch (field.kind()) {
            case PRESENT -> acl(fetch + " -m found", "");
            case EXACT -> one(fetch, "str", field.value());
            case CONTAINS -> one(fetch, "sub", field.value());
            case REGEX -> one(fetch, "reg", new RouteRegex(field.value()).whole());
        }
    }

    private void webSocket(RouteMatch match) {
        var wanted = match.webSocket();
        if (wanted != null) {
            acl("req.hdr(upgrade) -m str -i websocket", wanted ? "" : "!");
        }
    }

    private void one(String fetch, String method, String value) {
        several(fetch, method, List.of(value), "");
    }

    /** Two dashes: no value can be a flag, one of which reads files. */
    private void several(String fetch, String method, List<String> values, String not) {
        acl(fetch + " -m " + method + " --", not);
        values.forEach(text::value);
    }

    /**
     * @param not an exclamation mark where it must not hold
     */
    private void acl(String test, String not) {
        var name = "rule." + number + "." + (names.size() + 1);
        text.line("acl " + name + " " + test);
        names.add(not + name);
    }
}
