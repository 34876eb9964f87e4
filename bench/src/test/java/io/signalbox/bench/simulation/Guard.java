package io.signalbox.bench.simulation;

import java.util.List;

/**
 * A rule of the protocol, and the core classes without it.
 *
 * @param name what the rule is called
 * @param rule what it says
 * @param removal how the classes that hold it read without it
 * @param from the seed that the search begins with; those before it find nothing, and take long
 */
record Guard(String name, String rule, List<Edit> removal, long from) {
    Guard {
        removal = List.copyOf(removal);
    }

    /** The same rule, searched for from another seed on. */
    Guard from(long seed) {
        return new Guard(name, rule, removal, seed);
    }

    /**
     * One place of a class.
     *
     * @param source the class, as {@code module:package.Name}
     * @param with what stands there, spaces aside
     * @param without what a class without the rule has in its place
     */
    record Edit(String source, String with, String without) {}

    static Edit edit(String source, String with, String without) {
        return new Edit(source, with, without);
    }

    @Override
    public String toString() {
        return name + ": " + rule;
    }
}
