package io.signalbox.registry.core.dialect;

import io.signalbox.schemas.Rejection;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Collects the rejections of one container, each once, at most 50 of them. One thread. */
final class Rejections {
    private static final int MOST = 50;
    private static final int MOST_KEPT = 1000;
    private static final Comparator<Rejection> ORDER =
            Comparator.comparing(Rejection::key)
                    .thenComparing(Rejection::code)
                    .thenComparing(Rejection::value);

    private final Set<Rejection> found = new LinkedHashSet<>();

    /** A rejection with key and value made fit to be shown. */
    static Rejection of(
            String code, String key, String value, String message, @Nullable String suggestion) {
        return new Rejection(
                code,
                Display.of(key),
                Display.of(value),
                message,
                suggestion == null ? null : Display.of(suggestion));
    }

    static Rejection of(String code, String key, String value, String message) {
        return of(code, key, value, message, null);
    }

    void add(Rejection rejection) {
        if (found.size() < MOST_KEPT) {
            found.add(rejection);
        }
    }

    /** How many there are so far. */
    int count() {
        return found.size();
    }

    List<Rejection> sorted() {
        List<Rejection> sorted = found.stream().sorted(ORDER).toList();
        if (sorted.size() <= MOST) {
            return sorted;
        }
        List<Rejection> cut = new ArrayList<>(sorted.subList(0, MOST));
        int more = sorted.size() - MOST;
        cut.add(of("more", "signalbox.", "", "and " + more + " more labels are not followed"));
        return cut;
    }
}
