package io.signalbox.process;

import java.util.List;

/**
 * What keeps a process from running and will not pass by itself: bad settings, a missing binary, a
 * denied permission, an occupied port. It is shown as plain lines without a stack trace, and the
 * process ends with {@link #EXIT_CODE}.
 */
public final class StartFailure extends RuntimeException {
    /** The exit code of a process that could not start. */
    public static final int EXIT_CODE = 2;

    private final transient List<String> lines;

    /** One reason in one line that names the thing, the rule and the value. */
    public StartFailure(String line) {
        this(List.of(line));
    }

    /** One reason in one line, with the exception that showed it. */
    public StartFailure(String line, Throwable cause) {
        super(line, cause);
        this.lines = List.of(line);
    }

    /** Several reasons, one line each. */
    public StartFailure(List<String> lines) {
        super(String.join("\n", lines));
        this.lines = List.copyOf(lines);
    }

    /** The reasons, one line each. */
    public List<String> lines() {
        return lines;
    }
}
