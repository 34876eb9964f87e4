package io.signalbox.cli.demo;

import io.signalbox.cli.load.ApplyFeed.Effect;
import io.signalbox.schemas.ApplyResult.How;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The changes so far, each with its time and way. Thread-safe. */
final class DemoLog {

    private final List<Change> changes = new ArrayList<>();

    /**
     * One change.
     *
     * @param ms from Docker's event to HAProxy
     */
    record Change(int number, String what, double ms, How how, String reason) {
        String line() {
            return String.format(
                    "%4d  %-34s %7.1f ms  %s%s",
                    number,
                    what,
                    ms,
                    how.name().toLowerCase(java.util.Locale.ROOT),
                    how == How.RELOAD ? " (" + reason + ")" : "");
        }
    }

    synchronized void changed(String what, Effect effect) {
        changes.add(
                new Change(
                        changes.size() + 1,
                        what,
                        effect.delay().toNanos() / 1e6,
                        effect.result().how(),
                        effect.result().reason()));
    }

    /** The newest changes, oldest of them first. */
    synchronized List<Change> last(int count) {
        return List.copyOf(changes.subList(Math.max(0, changes.size() - count), changes.size()));
    }

    synchronized int count() {
        return changes.size();
    }

    synchronized long reloads() {
        return changes.stream().filter(change -> change.how() == How.RELOAD).count();
    }

    /**
     * The time below which this share of the changes took, in milliseconds; 0 while there are none.
     */
    synchronized double quantileMs(double share) {
        double[] sorted = changes.stream().mapToDouble(Change::ms).sorted().toArray();
        return sorted.length == 0
                ? 0
                : Arrays.copyOf(sorted, sorted.length)[(int) Math.ceil(share * sorted.length) - 1];
    }
}
