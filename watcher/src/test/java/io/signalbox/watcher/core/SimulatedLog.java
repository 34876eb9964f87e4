package io.signalbox.watcher.core;

import io.signalbox.schemas.Event;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The log that watchers write to, and what is on its way there: each producer's records land in
 * their order, those of several in any. Until it is healed it may stand still.
 */
final class SimulatedLog {
    private final Random random;
    private final boolean freezes;
    private final Reader reader;
    private final List<Producer> producers = new ArrayList<>();
    private boolean faults = true;
    private long next;

    /** Who is told of each record. */
    interface Reader {
        void read(long offset, Event event);
    }

    /**
     * An empty log.
     *
     * @param freezes whether it stands still most of the time
     */
    SimulatedLog(Random random, boolean freezes, Reader reader) {
        this.random = random;
        this.freezes = freezes;
        this.reader = reader;
    }

    /** All faults stop. */
    void heal() {
        faults = false;
    }

    /** Appends a record; its offset. */
    long append(Event event) {
        long offset = next++;
        reader.read(offset, event);
        return offset;
    }

    /**
     * A producer that has sent nothing yet.
     *
     * @param acknowledged is given what each send is answered with, until the producer is closed
     */
    Producer producer(long attempt, Consumer<Input> acknowledged) {
        Producer made = new Producer(attempt, acknowledged);
        producers.add(made);
        return made;
    }

    /** The next record of some producer reaches the log. */
    void land() {
        producers.removeIf(producer -> producer.closed && producer.queue.isEmpty());
        List<Producer> ready = producers.stream().filter(Producer::hasUnsent).toList();
        if (ready.isEmpty() || (faults && freezes && random.nextInt(4) != 0)) {
            return;
        }
        ready.get(random.nextInt(ready.size())).land();
    }

    /** An ordered producer; once closed, a prefix of what it had still lands. */
    final class Producer {
        private final long attempt;
        private final Consumer<Input> acknowledged;
        private final Deque<Supplier<Input>> queue = new ArrayDeque<>();
        private boolean closed;

        private Producer(long attempt, Consumer<Input> acknowledged) {
            this.attempt = attempt;
            this.acknowledged = acknowledged;
        }

        long attempt() {
            return attempt;
        }

        boolean hasUnsent() {
            return !queue.isEmpty();
        }

        /**
         * Sends something.
         *
         * @param lands what happens when it reaches the log, and the answer then
         */
        void send(Supplier<Input> lands) {
            queue.add(lands);
        }

        private void land() {
            Input answer = queue.removeFirst().get();
            if (!closed) {
                acknowledged.accept(answer);
            }
        }

        void close() {
            closed = true;
            int kept = faults ? random.nextInt(4) : 0;
            while (queue.size() > kept) {
                queue.removeLast();
            }
        }
    }
}
