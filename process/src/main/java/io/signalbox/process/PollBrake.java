package io.signalbox.process;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;

/**
 * Keeps a member of a consumer group from taking a whole processor: while its group's coordinator
 * is not known, the client of Kafka 4.3 spends each waiting poll in a loop without a pause
 * (KAFKA-20854). A poll that brought nothing and worked for more than a fourth of its time is taken
 * for one, and is followed by a rest, each twice as long as the one before. One thread.
 */
final class PollBrake {
    private static final Duration LONGEST = Duration.ofMillis(250);
    private static final int SHARE = 4;

    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    private long workedBefore;
    private Duration rest = Duration.ZERO;

    /** A poll begins. */
    void begin() {
        workedBefore = threads.getCurrentThreadCpuTime();
    }

    /**
     * It has ended; how long to rest before the next one.
     *
     * @param timeout the longest that it was to take
     */
    Duration end(boolean empty, Duration timeout) {
        long worked = threads.getCurrentThreadCpuTime() - workedBefore;
        return end(empty, timeout, Duration.ofNanos(worked));
    }

    /**
     * The same.
     *
     * @param worked how long its thread used a processor
     */
    Duration end(boolean empty, Duration timeout, Duration worked) {
        boolean waited = worked.multipliedBy(SHARE).compareTo(timeout) < 0;
        if (!empty || waited || timeout.isZero()) {
            rest = Duration.ZERO;
        } else if (rest.isZero()) {
            rest = timeout.compareTo(LONGEST) < 0 ? timeout : LONGEST;
        } else {
            Duration longer = rest.multipliedBy(2);
            rest = longer.compareTo(LONGEST) < 0 ? longer : LONGEST;
        }
        return rest;
    }
}
