package io.signalbox.registry.core.translate.traefik;

import io.signalbox.registry.core.translate.traefik.RuleLexer.Kind;
import io.signalbox.registry.core.translate.traefik.RuleLexer.Token;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads a rule: matchers with texts in back-quotes or double quotes, {@code !} before {@code &&}
 * before {@code ||}, and brackets. One thread, for one rule.
 */
final class RuleParser {
    private static final int LONGEST = 8192;
    private static final int DEEPEST = 50;

    private final List<Token> tokens;
    private int at;

    private RuleParser(List<Token> tokens) {
        this.tokens = tokens;
    }

    static Rule parse(String rule) throws RuleProblem {
        if (rule.length() > LONGEST) {
            throw new RuleProblem("a rule has at most " + LONGEST + " characters");
        }
        RuleParser parser = new RuleParser(new RuleLexer(rule).tokens());
        Rule read = parser.either(0);
        if (parser.next().kind() != Kind.END) {
            throw parser.unexpected("&& or || or its end");
        }
        return read;
    }

    private Rule either(int depth) throws RuleProblem {
        Rule left = both(depth);
        while (taken("||")) {
            left = new Rule.Or(left, both(depth));
        }
        return left;
    }

    private Rule both(int depth) throws RuleProblem {
        Rule left = one(depth);
        while (taken("&&")) {
            left = new Rule.And(left, one(depth));
        }
        return left;
    }

    private Rule one(int depth) throws RuleProblem {
        if (depth > DEEPEST) {
            throw new RuleProblem("a rule has at most " + DEEPEST + " brackets in each other");
        }
        if (taken("!")) {
            return new Rule.Not(one(depth + 1));
        }
        if (taken("(")) {
            Rule inner = either(depth + 1);
            expect(")");
            return inner;
        }
        if (next().kind() != Kind.WORD) {
            throw unexpected("a matcher");
        }
        String name = tokens.get(at++).text();
        expect("(");
        List<String> arguments = new ArrayList<>();
        while (!taken(")")) {
            if (!arguments.isEmpty()) {
                expect(",");
            }
            if (next().kind() != Kind.TEXT) {
                throw unexpected("a text in back-quotes");
            }
            arguments.add(tokens.get(at++).text());
        }
        return new Rule.Call(name, arguments);
    }

    private Token next() {
        return tokens.get(at);
    }

    private boolean taken(String sign) {
        if (next().is(sign)) {
            at++;
            return true;
        }
        return false;
    }

    private void expect(String sign) throws RuleProblem {
        if (!taken(sign)) {
            throw unexpected("'" + sign + "'");
        }
    }

    private RuleProblem unexpected(String wanted) {
        String found = next().text();
        String shown = found.length() > 40 ? found.substring(0, 40) + "…" : found;
        return new RuleProblem("the rule has '" + shown + "' where " + wanted + " should be");
    }
}
