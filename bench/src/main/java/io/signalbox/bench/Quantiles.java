package io.signalbox.bench;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/** Times of one kind in milliseconds; not thread-safe. */
final class Quantiles {

    private final List<Double> values = new ArrayList<>();

    void add(double ms) {
        values.add(ms);
    }

    int count() {
        return values.size();
    }

    /** The value that this share of all values does not exceed; NaN without values. */
    double at(double share) {
        if (values.isEmpty()) {
            return Double.NaN;
        }
        List<Double> sorted = new ArrayList<>(values);
        Collections.sort(sorted);
        return sorted.get(Math.max(0, (int) Math.ceil(share * sorted.size()) - 1));
    }

    /** p50, p90, p99 and max in one line. */
    String line() {
        return String.format(
                Locale.ROOT,
                "p50 %7.1f  p90 %7.1f  p99 %7.1f  max %7.1f ms",
                at(0.5),
                at(0.9),
                at(0.99),
                at(1));
    }
}
