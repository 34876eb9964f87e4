package io.signalbox.applier;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What waits for the loop, in order; bounded, so that whoever brings more waits. Safe for all
 * threads.
 */
final class Mailbox {
    private static final int MOST = 1024;

    private final BlockingQueue<Input> inputs = new ArrayBlockingQueue<>(MOST);

    /** Puts an input in; waits while too many are in it. An interrupted thread's input is lost. */
    void offer(Input input) {
        try {
            inputs.put(input);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The next input; null if none comes in time. */
    @Nullable Input take(long patienceMs) throws InterruptedException {
        return inputs.poll(patienceMs, TimeUnit.MILLISECONDS);
    }
}
