package io.signalbox.cli.doctor;

import java.time.Duration;
import java.util.List;

/**
 * One thing to look at.
 *
 * @param name what {@code --only} calls it
 * @param section the heading that it stands under
 * @param needs names of the checks without which it makes no sense
 * @param deadline for the look, from when its needs are met
 */
public record Check(String name, String section, List<String> needs, Duration deadline, Look look) {

    /** Copies the needs. */
    public Check {
        needs = List.copyOf(needs);
    }

    /** Looks, and says what it saw. */
    @FunctionalInterface
    public interface Look {
        /**
         * Looks; may be interrupted, or left alone, at its deadline.
         *
         * @return at least one finding
         * @throws Exception why nothing could be seen, which is then what was found
         */
        List<Finding> look() throws Exception;
    }
}
