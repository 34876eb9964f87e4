package io.signalbox.cli.replay;

/**
 * The first record that does not follow from the facts.
 *
 * @param topic its topic without the prefix
 * @param what it is, and what differs, in one sentence
 */
public record Difference(String topic, int partition, long offset, String what) {

    /** For people, in one line. */
    public String line() {
        return topic + " partition " + partition + " offset " + offset + ": " + what;
    }

    /** Ends a replay: a difference was found. */
    static final class Found extends Exception {
        private final transient Difference difference;

        Found(Difference difference) {
            super(difference.line());
            this.difference = difference;
        }

        Difference difference() {
            return difference;
        }
    }
}
