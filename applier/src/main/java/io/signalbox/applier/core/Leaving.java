package io.signalbox.applier.core;

import io.signalbox.applier.core.Link.Outcome;
import io.signalbox.applier.core.plan.LiveServer;
import io.signalbox.applier.core.plan.Step;
import io.signalbox.applier.core.plan.Step.AddServer;
import io.signalbox.applier.core.plan.Step.DeleteServer;
import io.signalbox.applier.core.plan.Step.EnableServer;
import io.signalbox.applier.core.plan.Step.EndSessions;
import io.signalbox.applier.core.plan.Step.MaintainServer;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Servers that get no more requests: how long each rests before it is deleted, when what is still
 * under way there is ended, and when a deletion that HAProxy refused is tried again. One owner
 * thread.
 */
final class Leaving {
    /**
     * How much longer than the connect time-out a server that was given requests is kept in
     * maintenance. HAProxy waits for a second before it tries a failed connection again, and until
     * then remembers the server without counting that: 2.6.12 ends with a segmentation fault if the
     * server was deleted meanwhile. The last connection may take all of its time-out to fail.
     */
    static final Duration REST_MORE = Duration.ofMillis(1_500);

    private static final Pattern CONNECT = Pattern.compile(" *timeout connect (\\d+)(ms|s|m)");

    private static final Duration FIRST_RETRY = Duration.ofMillis(20);
    private static final Duration LAST_RETRY = Duration.ofSeconds(2);

    private final SortedMap<Place, Left> left = new TreeMap<>();
    private final Set<Place> unused = new HashSet<>();
    private final Set<Place> lingering = new HashSet<>();
    private final RetryDelay retry = new RetryDelay(FIRST_RETRY, LAST_RETRY);
    private Duration rest = REST_MORE;
    private Instant deleteAgain = Instant.MAX;

    /** A server of a backend. */
    private record Place(String backend, String server) implements Comparable<Place> {
        private static final Comparator<Place> ORDER =
                Comparator.comparing(Place::backend).thenComparing(Place::server);

        @Override
        public int compareTo(Place other) {
            return ORDER.compare(this, other);
        }
    }

    /**
     * A server that was taken out.
     *
     * @param restsUntil when it may be deleted; {@link Instant#MIN} once that was said
     * @param endsAt when what is under way there is ended; {@link Instant#MAX} for never
     */
    private record Left(Instant restsUntil, Instant endsAt) {
        Instant due() {
            return restsUntil.equals(Instant.MIN) || endsAt.isBefore(restsUntil)
                    ? endsAt
                    : restsUntil;
        }
    }

    /**
     * Another worker serves: none of its servers has left yet, as far as is known.
     *
     * @param defaults the lines of its section {@code defaults}
     */
    void begin(List<String> defaults) {
        rest = REST_MORE.plus(connectTimeout(defaults));
        left.clear();
        unused.clear();
        lingering.clear();
        deleteAgain = Instant.MAX;
    }

    /** As the one writer writes it, in the largest whole unit. */
    private static Duration connectTimeout(List<String> defaults) {
        return defaults.stream()
                .map(CONNECT::matcher)
                .filter(Matcher::matches)
                .map(
                        found -> {
                            long number = Long.parseLong(found.group(1));
                            return switch (found.group(2)) {
                                case "m" -> Duration.ofMinutes(number);
                                case "s" -> Duration.ofSeconds(number);
                                default -> Duration.ofMillis(number);
                            };
                        })
                .findFirst()
                .orElse(Duration.ZERO);
    }

    /** Whether a server in maintenance must not be deleted yet. */
    boolean rests(String backend, String server, Instant now) {
        Place place = new Place(backend, server);
        if (unused.contains(place)) {
            return false;
        }
        // One that somebody else took out may have had requests until now.
        Left known = left.computeIfAbsent(place, _ -> new Left(now.plus(rest), Instant.MAX));
        return now.isBefore(known.restsUntil());
    }

    /**
     * Steps were carried out.
     *
     * @param drain how long requests may go on at a server of that backend; empty for until they
     *     end
     */
    void carriedOut(Outcome outcome, Function<String, Optional<Duration>> drain, Instant now) {
        for (Step step : outcome.done()) {
            switch (step) {
                case AddServer(String backend, LiveServer added) ->
                        unused.add(new Place(backend, added.name()));
                case EnableServer(String backend, String server, String _, boolean _) ->
                        forget(new Place(backend, server));
                case MaintainServer(String backend, String server) ->
                        left.put(
                                new Place(backend, server),
                                new Left(
                                        now.plus(rest),
                                        drain.apply(backend).map(now::plus).orElse(Instant.MAX)));
                case EndSessions(String backend, String server) ->
                        left.computeIfPresent(
                                new Place(backend, server),
                                (_, known) -> new Left(known.restsUntil(), Instant.MAX));
                case DeleteServer(String backend, String server) ->
                        forget(new Place(backend, server));
                default -> {}
            }
        }
        lingered(outcome, now);
    }

    private void lingered(Outcome outcome, Instant now) {
        for (DeleteServer delete : outcome.lingering()) {
            lingering.add(new Place(delete.backend(), delete.server()));
        }
        if (lingering.isEmpty()) {
            retry.reset();
            deleteAgain = Instant.MAX;
        } else if (!outcome.lingering().isEmpty()) {
            deleteAgain = now.plus(retry.next());
        }
    }

    private void forget(Place place) {
        unused.remove(place);
        left.remove(place);
        lingering.remove(place);
    }

    /** When there is something to do for one of them; {@link Instant#MAX} for nothing. */
    Instant due() {
        Instant first =
                left.values().stream().map(Left::due).min(Instant::compareTo).orElse(Instant.MAX);
        return first.isBefore(deleteAgain) ? first : deleteAgain;
    }

    /** The backends of the servers for which there is something to do now. */
    Set<String> release(Instant now) {
        Set<String> backends = new TreeSet<>();
        if (!now.isBefore(deleteAgain)) {
            deleteAgain = Instant.MAX;
            lingering.forEach(place -> backends.add(place.backend()));
        }
        left.replaceAll(
                (place, known) -> {
                    if (now.isBefore(known.due())) {
                        return known;
                    }
                    backends.add(place.backend());
                    boolean rested = !now.isBefore(known.restsUntil());
                    return new Left(rested ? Instant.MIN : known.restsUntil(), known.endsAt());
                });
        return backends;
    }

    /** What ends the requests that take longer than their service allows. */
    List<Step> overdue(Instant now) {
        return left.entrySet().stream()
                .filter(entry -> !now.isBefore(entry.getValue().endsAt()))
                .map(entry -> entry.getKey())
                .map(place -> (Step) new EndSessions(place.backend(), place.server()))
                .toList();
    }
}
