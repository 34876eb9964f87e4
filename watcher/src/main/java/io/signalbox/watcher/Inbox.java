package io.signalbox.watcher;

import io.signalbox.watcher.core.Input;
import java.time.Duration;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The bounded queue to the loop. Events of the engine are refused when it is full, because their
 * reader must never wait; everything else is awaited by somebody and waits itself. Safe for all
 * threads.
 */
final class Inbox {
    private final LinkedBlockingQueue<Input> queue;

    Inbox(int capacity) {
        this.queue = new LinkedBlockingQueue<>(capacity);
    }

    /** Takes an event in if there is room. */
    boolean offer(Input input) {
        return queue.offer(input);
    }

    /** Takes an answer in, waiting for room. */
    void put(Input input) {
        boolean interrupted = false;
        while (true) {
            try {
                queue.put(input);
                break;
            } catch (InterruptedException e) {
                interrupted = true;
                if (queue.offer(input)) {
                    break;
                }
                if (queue.remainingCapacity() == 0) {
                    break; // closing: nobody takes anything out any more
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** The next input; null if none comes in time. */
    @Nullable Input poll(Duration patience) throws InterruptedException {
        return queue.poll(Math.max(0, patience.toNanos()), TimeUnit.NANOSECONDS);
    }

    /** How many wait. */
    int size() {
        return queue.size();
    }
}
