package io.signalbox.watcher.core;

import io.signalbox.schemas.Container;
import io.signalbox.schemas.Fact;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;

/** The facts that were handed out and not acknowledged yet. Owned by {@link WatcherCore}. */
final class Backlog {
    /** What a fact takes beside its texts: the envelope, times, numbers, a producer's record. */
    private static final int BASE_BYTES = 200;

    private final Deque<Entry> entries = new ArrayDeque<>();
    private long bytes;

    void add(long seq, Fact fact) {
        Entry entry = new Entry(seq, bytesOf(fact));
        entries.addLast(entry);
        bytes += entry.bytes();
    }

    void acknowledge(long seq) {
        while (!entries.isEmpty() && entries.getFirst().seq() <= seq) {
            bytes -= entries.removeFirst().bytes();
        }
    }

    void clear() {
        entries.clear();
        bytes = 0;
    }

    int facts() {
        return entries.size();
    }

    long bytes() {
        return bytes;
    }

    private static int bytesOf(Fact fact) {
        return fact instanceof Fact.ContainerObserved(Container container)
                ? BASE_BYTES
                        + container.id().length()
                        + container.name().length()
                        + container.image().length()
                        + BASE_BYTES * container.networks().size()
                        + texts(container.labels())
                        + texts(container.environment())
                : BASE_BYTES;
    }

    private static int texts(Map<String, String> map) {
        int length = 0;
        for (Map.Entry<String, String> entry : map.entrySet()) {
            length += entry.getKey().length() + entry.getValue().length();
        }
        return length;
    }

    private record Entry(long seq, int bytes) {}
}
