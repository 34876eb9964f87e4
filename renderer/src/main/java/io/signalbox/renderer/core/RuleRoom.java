package io.signalbox.renderer.core;

import io.signalbox.haproxy.RoutePattern;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Which of a group's routes that only rules can say have room, since each request may have to be
 * compared with all of them: those that were claimed first, by log-append time and then by what
 * they ask, so that a newcomer pushes out nothing that serves. Depends on the claims alone, not on
 * their order. One owner thread.
 */
final class RuleRoom {
    /** How many rules a group has. */
    static final int MOST_RULES = 1_000;

    private final int most;
    private final Map<RoutePattern, Place> places = new HashMap<>();
    private final NavigableSet<Place> inside = new TreeSet<>();
    private final NavigableSet<Place> outside = new TreeSet<>();
    private Set<RoutePattern> moved = new TreeSet<>();

    private record Place(Instant since, RoutePattern route) implements Comparable<Place> {
        private static final Comparator<Place> ORDER =
                Comparator.comparing(Place::since).thenComparing(Place::route);

        @Override
        public int compareTo(Place other) {
            return ORDER.compare(this, other);
        }
    }

    RuleRoom(int most) {
        this.most = most;
    }

    /** The route is claimed since then; null where nobody claims it. */
    void claimed(RoutePattern route, @Nullable Instant since) {
        Place before = places.remove(route);
        if (before != null && !inside.remove(before)) {
            outside.remove(before);
        }
        if (since != null) {
            Place place = new Place(since, route);
            places.put(route, place);
            inside.add(place);
        }
        while (inside.size() > most) {
            move(inside, outside, inside.last());
        }
        while (inside.size() < most && !outside.isEmpty()) {
            move(outside, inside, outside.first());
        }
        if (inside.size() == most && !outside.isEmpty()) {
            swap();
        }
    }

    /** Whoever comes back later than others who wait has to wait too. */
    private void swap() {
        Place last = inside.last();
        Place first = outside.first();
        if (first.compareTo(last) < 0) {
            move(inside, outside, last);
            move(outside, inside, first);
        }
    }

    private void move(NavigableSet<Place> from, NavigableSet<Place> to, Place place) {
        from.remove(place);
        to.add(place);
        moved.add(place.route());
    }

    /** Whether the rule has room. */
    boolean has(RoutePattern route) {
        Place place = places.get(route);
        return place != null && inside.contains(place);
    }

    /** The routes that may have got or lost their room since the last call. */
    Set<RoutePattern> moved() {
        Set<RoutePattern> all = moved;
        moved = new TreeSet<>();
        return all;
    }
}
