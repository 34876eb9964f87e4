package io.signalbox.applier.core;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Holds back servers that come and go all the time: one that was given requests {@link #MOST} times
 * within {@link #WINDOW} gets them again only when the first of those times is that long ago. What
 * takes a server out never waits. One owner thread.
 */
public final class Damping {
    /** How often a server may be given requests within {@link #WINDOW}. */
    public static final int MOST = 5;

    /** How long a time counts. */
    public static final Duration WINDOW = Duration.ofSeconds(5);

    private final Deque<Enabled> recent = new ArrayDeque<>();
    private final Map<String, Deque<Instant>> byServer = new HashMap<>();
    private final SortedMap<String, Instant> held = new TreeMap<>();

    private record Enabled(String server, Instant at) {}

    /** The server was given requests. */
    public void enabled(String server, Instant now) {
        forgetBefore(now.minus(WINDOW));
        recent.add(new Enabled(server, now));
        byServer.computeIfAbsent(server, name -> new ArrayDeque<>()).add(now);
        held.remove(server);
    }

    /** Whether the server may be given requests now; if not, {@link #release} names it in time. */
    public boolean allows(String server, Instant now) {
        forgetBefore(now.minus(WINDOW));
        Deque<Instant> times = byServer.get(server);
        if (times == null || times.size() < MOST) {
            held.remove(server);
            return true;
        }
        held.put(server, times.getFirst().plus(WINDOW));
        return false;
    }

    /** The servers that are held back, and until when. */
    public SortedMap<String, Instant> held() {
        return new TreeMap<>(held);
    }

    /** When the first of them may come back; {@link Instant#MAX} for never. */
    public Instant due() {
        return held.values().stream().min(Instant::compareTo).orElse(Instant.MAX);
    }

    /** Those that may come back now; they are held no more. */
    public Set<String> release(Instant now) {
        if (held.isEmpty()) {
            return Set.of();
        }
        Set<String> released = new TreeSet<>();
        held.forEach(
                (server, until) -> {
                    if (!until.isAfter(now)) {
                        released.add(server);
                    }
                });
        held.keySet().removeAll(released);
        return released;
    }

    private void forgetBefore(Instant start) {
        while (!recent.isEmpty() && !recent.getFirst().at().isAfter(start)) {
            String server = recent.removeFirst().server();
            Deque<Instant> times = byServer.get(server);
            if (times != null) {
                times.removeFirst();
                if (times.isEmpty()) {
                    byServer.remove(server);
                }
            }
        }
    }
}
