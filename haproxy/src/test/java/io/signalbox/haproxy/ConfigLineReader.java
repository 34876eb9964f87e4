package io.signalbox.haproxy;

import java.util.ArrayList;
import java.util.List;

/**
 * Splits one line of a configuration into arguments as HAProxy does, written from its manual
 * (section 2.2) and independent of the writer; {@link RealTextIT} holds both against a real one.
 */
final class ConfigLineReader {

    private final String line;
    private final List<String> arguments = new ArrayList<>();
    private final StringBuilder open = new StringBuilder();
    private boolean inArgument;
    private int at;

    private ConfigLineReader(String line) {
        this.line = line;
    }

    static List<String> arguments(String line) {
        return new ConfigLineReader(line).read();
    }

    private List<String> read() {
        while (at < line.length()) {
            var c = line.charAt(at++);
            switch (c) {
                case '\n', '\r', '\0' -> throw new AssertionError("a line end in " + line);
                case ' ', '\t' -> end();
                case '#' -> {
                    end();
                    return arguments;
                }
                case '\'' -> quoted();
                case '"', '$' -> throw new AssertionError("would be expanded: " + line);
                case '\\' -> keep(line.charAt(at++));
                default -> keep(c);
            }
        }
        end();
        return arguments;
    }

    private void quoted() {
        inArgument = true;
        while (line.charAt(at) != '\'') {
            open.append(line.charAt(at++));
        }
        at++;
    }

    private void keep(char c) {
        inArgument = true;
        open.append(c);
    }

    private void end() {
        if (inArgument) {
            arguments.add(open.toString());
            open.setLength(0);
            inArgument = false;
        }
    }
}
