package io.signalbox.cli.doctor;

import java.util.ArrayList;
import java.util.List;

/** Findings of a kind of which there may be very many. */
final class Several {
    private static final int SHOWN = 10;

    private Several() {}

    /** The first of them, and how many more there are. */
    static List<Finding> of(List<Finding> all, String remedy) {
        if (all.size() <= SHOWN) {
            return all;
        }
        List<Finding> shown = new ArrayList<>(all.subList(0, SHOWN));
        Finding next = all.get(SHOWN);
        shown.add(
                new Finding(
                        next.state(),
                        "and " + (all.size() - SHOWN) + " more",
                        "likewise",
                        "",
                        remedy));
        return shown;
    }
}
