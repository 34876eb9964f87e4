package io.signalbox.registry.core.translate.traefik;

import io.signalbox.registry.core.translate.traefik.Condition.Kind;
import io.signalbox.registry.core.translate.traefik.Rule.Call;
import java.util.ArrayList;
import java.util.List;

/**
 * What Traefik's matchers ask for, those of version 2 included, which take several texts. Each
 * matcher is a list of alternatives, each a list of conditions that hold together.
 */
final class Matchers {
    private static final String REGEX_WORD = "regexp";

    private Matchers() {}

    static List<List<Condition>> alternatives(Call call) throws RuleProblem {
        return switch (call.word()) {
            case "host", "hostheader" -> each(call, Kind.HOST);
            case "hostregexp" -> each(call, Kind.HOST_REGEX);
            case "path" -> paths(call, Kind.PATH);
            case "pathprefix" -> paths(call, Kind.PATH_PREFIX);
            case "pathregexp" -> each(call, Kind.PATH_REGEX);
            case "method" -> each(call, Kind.METHOD);
            case "clientip" -> each(call, Kind.CLIENT);
            case "header", "headers", "headerregexp", "headersregexp" -> header(call);
            case "query", "queryregexp" -> query(call);
            case "hostsni", "hostsniregexp", "alpn" ->
                    throw new RuleProblem(call.name() + " is of TCP routers");
            default -> throw new RuleProblem("there is no matcher " + call.name());
        };
    }

    private static List<List<Condition>> each(Call call, Kind kind) throws RuleProblem {
        if (call.arguments().isEmpty()) {
            throw new RuleProblem(call.name() + " needs a text");
        }
        List<List<Condition>> all = new ArrayList<>();
        for (String argument : call.arguments()) {
            all.add(List.of(new Condition(kind, argument)));
        }
        return all;
    }

    /** In version 2 a path may have regular expressions in braces. */
    private static List<List<Condition>> paths(Call call, Kind kind) throws RuleProblem {
        List<List<Condition>> all = new ArrayList<>();
        for (List<Condition> one : each(call, kind)) {
            String path = one.getFirst().value();
            if (GoRegex.isTemplate(path)) {
                String regex = "^" + GoRegex.ofTemplate(path, "[^/]+");
                String whole = kind == Kind.PATH ? regex + "$" : regex;
                all.add(List.of(new Condition(Kind.PATH_REGEX, whole)));
            } else {
                all.add(one);
            }
        }
        return all;
    }

    private static List<List<Condition>> header(Call call) throws RuleProblem {
        if (call.arguments().size() != 2) {
            throw new RuleProblem(call.name() + " needs a name and a value");
        }
        Kind kind = call.word().endsWith(REGEX_WORD) ? Kind.HEADER_REGEX : Kind.HEADER;
        String name = call.arguments().getFirst();
        return List.of(List.of(new Condition(kind, name, call.arguments().getLast(), false)));
    }

    /** Version 3 has a name and a value; version 2 has {@code name=value}, all of which must be. */
    private static List<List<Condition>> query(Call call) throws RuleProblem {
        Kind kind = call.word().endsWith(REGEX_WORD) ? Kind.QUERY_REGEX : Kind.QUERY;
        List<String> said = call.arguments();
        if (said.size() == 2 && !said.getFirst().contains("=")) {
            return List.of(List.of(new Condition(kind, said.getFirst(), said.getLast(), false)));
        }
        List<Condition> all = new ArrayList<>();
        for (String one : said) {
            int equals = one.indexOf('=');
            if (equals < 1) {
                throw new RuleProblem(call.name() + " needs a name and a value");
            }
            all.add(
                    new Condition(
                            kind, one.substring(0, equals), one.substring(equals + 1), false));
        }
        if (all.isEmpty()) {
            throw new RuleProblem(call.name() + " needs a name and a value");
        }
        return List.of(all);
    }
}
