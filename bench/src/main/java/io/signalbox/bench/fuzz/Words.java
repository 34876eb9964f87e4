package io.signalbox.bench.fuzz;

import java.util.ArrayList;
import java.util.List;

/**
 * Splits a line of a configuration into words as HAProxy does (its manual, section 2.2), without
 * any of the code that wrote it. A line in which HAProxy would expand something is none.
 */
final class Words {
    private final String line;
    private final List<String> words = new ArrayList<>();
    private final StringBuilder open = new StringBuilder();
    private boolean inWord;

    private Words(String line) {
        this.line = line;
    }

    /**
     * The line's words.
     *
     * @throws IllegalArgumentException where it is not what our writer may write
     */
    static List<String> of(String line) {
        return new Words(line).read();
    }

    private List<String> read() {
        int at = 0;
        while (at < line.length()) {
            char c = line.charAt(at++);
            switch (c) {
                case ' ' -> end();
                case '\'' -> {
                    int close = line.indexOf('\'', at);
                    if (close < 0) {
                        throw new IllegalArgumentException("an open quote in " + line);
                    }
                    inWord = true;
                    open.append(line, at, close);
                    at = close + 1;
                }
                case '\\' -> {
                    if (at == line.length()) {
                        throw new IllegalArgumentException("an open escape in " + line);
                    }
                    inWord = true;
                    open.append(line.charAt(at++));
                }
                case '"', '$', '#', '\t' ->
                        throw new IllegalArgumentException("not written by us: " + line);
                default -> {
                    if (c < ' ' || c >= 0x7f) {
                        throw new IllegalArgumentException("not printable ASCII: " + line);
                    }
                    inWord = true;
                    open.append(c);
                }
            }
        }
        end();
        return words;
    }

    private void end() {
        if (inWord) {
            words.add(open.toString());
            open.setLength(0);
            inWord = false;
        }
    }
}
