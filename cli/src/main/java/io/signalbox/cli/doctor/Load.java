package io.signalbox.cli.doctor;

import java.lang.management.ManagementFactory;
import java.util.Locale;

/**
 * How much this machine has to do.
 *
 * @param average threads that ran or waited for a processor in the last minute; negative where the
 *     system does not say
 */
record Load(double average, int processors) {
    private static final int HEAVY = 4;

    /** The load of the last minute. */
    static Load now() {
        return new Load(
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage(),
                Runtime.getRuntime().availableProcessors());
    }

    /** Whether a thread waits much longer for a processor than it has one. */
    boolean heavy() {
        return average > HEAVY * processors;
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "a load of %.1f on %d processors", average, processors);
    }
}
