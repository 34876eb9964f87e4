package io.signalbox.bench;

import java.util.List;

/**
 * What a measurement needs did not come about in time, for a reason outside it: in one line what is
 * missing and what to do, and in the message all that there is to read.
 */
public final class NotReady extends IllegalStateException {
    /** The exit code of a command that could not be carried out. */
    static final int EXIT_CODE = 1;

    private final String line;

    /**
     * Something that is not ready.
     *
     * @param what names it, and why it is not
     * @param remedy what to do
     */
    public NotReady(String what, String remedy) {
        this(what, remedy, "");
    }

    /**
     * The same with what it said.
     *
     * @param said everything, of which the last line goes with the reason
     */
    public NotReady(String what, String remedy, String said) {
        super(said.isBlank() ? what : what + ":\n" + said);
        List<String> lines = said.lines().filter(one -> !one.isBlank()).toList();
        this.line =
                "%s%s; %s"
                        .formatted(
                                what,
                                lines.isEmpty() ? "" : ": " + lines.getLast().strip(),
                                remedy);
    }

    /** The reason and what to do, in one line. */
    public String line() {
        return line;
    }
}
