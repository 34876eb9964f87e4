package io.signalbox.dialects;

import java.util.List;
import java.util.SortedMap;

/**
 * What one word of a dialect makes of requests.
 *
 * @param word as the dialect's table has it
 * @param host a host name of its own
 * @param apps the containers that say it, and others beside them
 * @param steps what is asked, in order, and what must come of it
 * @param alone whether it takes what no other route takes, and so needs an HAProxy of its own
 */
record Probe(String word, String host, List<App> apps, List<Step> steps, boolean alone) {

    /**
     * A container.
     *
     * @param name how its application calls itself
     * @param ports that it exposes
     * @param networks that it is attached to
     * @param dead whether nothing listens there
     */
    record App(
            String name,
            SortedMap<String, String> labels,
            SortedMap<String, String> variables,
            List<Integer> ports,
            List<String> networks,
            boolean dead) {}

    /**
     * A request and its answer.
     *
     * @param text as it stands in the file
     * @param ask the verb, its object and what goes with it
     * @param answer the status and what comes with it; none where nothing is asked of HAProxy
     */
    record Step(String text, List<String> ask, List<String> answer) {}
}
