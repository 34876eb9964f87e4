package io.signalbox.applier.core.disk;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Which of the configurations on the disk HAProxy is started with before the log is read. */
public final class LastKnownGood {
    private LastKnownGood() {}

    /**
     * The current one, or if that is torn the newest one that is whole.
     *
     * @param current the one that HAProxy was or would be started with; empty for none
     * @param newestFirst all that lie there
     * @param whole whether one can be used as it lies there
     */
    public static <C> Optional<C> choose(
            Optional<C> current, List<C> newestFirst, Predicate<C> whole) {
        Optional<C> usable = current.filter(whole);
        return usable.isPresent() ? usable : newestFirst.stream().filter(whole).findFirst();
    }
}
