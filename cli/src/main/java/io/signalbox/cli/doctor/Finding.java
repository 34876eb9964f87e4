package io.signalbox.cli.doctor;

/**
 * What was seen of one thing.
 *
 * @param subject what was looked at
 * @param value how it is
 * @param rule how it should be; empty where the value says it
 * @param remedy what to do; empty where nothing is
 */
public record Finding(State state, String subject, String value, String rule, String remedy) {

    /** Whether anything is wrong with it. */
    public enum State {
        /** It is as it should be. */
        OK,
        /** It works, but somebody should look at it. */
        WARN,
        /** It is wrong. */
        FAIL,
        /** It was not looked at. */
        SKIPPED
    }

    /** It is as it should be. */
    public static Finding ok(String subject, String value) {
        return new Finding(State.OK, subject, value, "", "");
    }

    /** Somebody should look at it. */
    public static Finding warn(String subject, String value, String rule, String remedy) {
        return new Finding(State.WARN, subject, value, rule, remedy);
    }

    /** It is wrong. */
    public static Finding fail(String subject, String value, String rule, String remedy) {
        return new Finding(State.FAIL, subject, value, rule, remedy);
    }

    /** It was not looked at. */
    public static Finding skipped(String subject, String because) {
        return new Finding(State.SKIPPED, subject, "because " + because, "", "");
    }

    /** The finding in one line, without its state. */
    public String line() {
        StringBuilder line = new StringBuilder(subject).append(": ").append(value);
        if (!rule.isEmpty()) {
            line.append("; ").append(rule);
        }
        if (!remedy.isEmpty()) {
            line.append("; do: ").append(remedy);
        }
        return line.toString().replaceAll("\\s*\\R\\s*", " / ");
    }
}
