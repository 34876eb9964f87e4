package io.signalbox.registry.core.translate.traefik;

import java.util.ArrayList;
import java.util.List;

/** Cuts a rule into words, signs and quoted texts. One thread, for one rule. */
final class RuleLexer {
    private final String rule;
    private int at;

    RuleLexer(String rule) {
        this.rule = rule;
    }

    /**
     * A piece of a rule.
     *
     * @param text the sign, the word, or what stands between the quotes
     */
    record Token(Kind kind, String text) {
        boolean is(String sign) {
            return kind == Kind.SIGN && text.equals(sign);
        }
    }

    /** What a piece is. */
    enum Kind {
        SIGN,
        WORD,
        TEXT,
        END
    }

    List<Token> tokens() throws RuleProblem {
        List<Token> tokens = new ArrayList<>();
        while (at < rule.length()) {
            char c = rule.charAt(at);
            if (Character.isWhitespace(c)) {
                at++;
            } else {
                tokens.add(token(c));
            }
        }
        tokens.add(new Token(Kind.END, "its end"));
        return tokens;
    }

    private Token token(char c) throws RuleProblem {
        if (c == '`' || c == '"') {
            return new Token(Kind.TEXT, quoted(c));
        }
        if (isOfWord(c)) {
            int from = at;
            while (at < rule.length() && isOfWord(rule.charAt(at))) {
                at++;
            }
            return new Token(Kind.WORD, rule.substring(from, at));
        }
        if (rule.startsWith("&&", at) || rule.startsWith("||", at)) {
            at += 2;
            return new Token(Kind.SIGN, rule.substring(at - 2, at));
        }
        if ("!(),".indexOf(c) >= 0) {
            at++;
            return new Token(Kind.SIGN, Character.toString(c));
        }
        throw new RuleProblem("character " + (at + 1) + " has no place in a rule");
    }

    private static boolean isOfWord(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }

    private String quoted(char quote) throws RuleProblem {
        StringBuilder text = new StringBuilder();
        int from = at++;
        while (at < rule.length() && rule.charAt(at) != quote) {
            char c = rule.charAt(at++);
            text.append(c == '\\' && quote == '"' ? escaped() : c);
        }
        if (at == rule.length()) {
            throw new RuleProblem("the quote at character " + (from + 1) + " is not closed");
        }
        at++;
        return text.toString();
    }

    /** As in Go's texts; what only control characters need is left out. */
    private char escaped() throws RuleProblem {
        char c = at < rule.length() ? rule.charAt(at++) : ' ';
        if (c == '\\' || c == '"') {
            return c;
        }
        throw new RuleProblem("between double quotes only \\\\ and \\\" have a backslash");
    }
}
