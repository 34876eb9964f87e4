package io.signalbox.haproxy;

import java.util.List;

/**
 * A value of the map {@code routes}: where the route leads, and with which rank, so that rules can
 * tell whether they go before it. Frames of an earlier release know no rank.
 *
 * @param target a service, or {@link Split#id}
 */
public record RouteValue(long rank, String target) {

    /** Whether a frame with these sections reads ranks, rules and splits. */
    public static boolean isRanked(List<String> sections) {
        return sections.contains(Placeholder.RULES_LINE);
    }

    /** The entry's value for such a frame. */
    public String text(boolean ranked) {
        return ranked ? rank + "/" + target : target;
    }

    /** Where a value leads, of such a frame; the value itself where it is none of ours. */
    public static String target(String value, boolean ranked) {
        return ranked ? value.substring(value.indexOf('/') + 1) : value;
    }

    @Override
    public String toString() {
        return text(true);
    }
}
