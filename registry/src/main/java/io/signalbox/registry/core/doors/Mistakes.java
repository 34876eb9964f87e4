package io.signalbox.registry.core.doors;

import java.util.ArrayList;
import java.util.List;

/** Collects all that is wrong with one request. One thread. */
public final class Mistakes {
    /** More than these are not listed: the first of them say enough. */
    private static final int MOST = 50;

    private final List<Mistake> all = new ArrayList<>();

    /** Notes one; the value is shown shortened. */
    public void add(String at, String rule, String value) {
        if (all.size() < MOST) {
            all.add(new Mistake(at, rule, value));
        }
    }

    /** Whether nothing is wrong so far. */
    public boolean isEmpty() {
        return all.isEmpty();
    }

    /** What was noted, in the order in which it was. */
    public List<Mistake> all() {
        return List.copyOf(all);
    }

    /**
     * Goes on only if nothing is wrong.
     *
     * @throws Refused with 400 and every mistake
     */
    public void refuse() {
        if (!all.isEmpty()) {
            throw Problem.of(all).refused();
        }
    }
}
