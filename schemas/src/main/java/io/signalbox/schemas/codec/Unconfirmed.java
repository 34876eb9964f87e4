package io.signalbox.schemas.codec;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What holds although the registry has not confirmed it: asked again from a thread of its own,
 * which lives only while there is something to ask. Thread-safe.
 */
final class Unconfirmed implements AutoCloseable {

    private final Duration pause;
    private List<Runnable> questions = new ArrayList<>();
    private @Nullable Thread asking;
    private boolean closed;

    Unconfirmed(Duration pause) {
        this.pause = pause;
    }

    /**
     * Asks this a little later.
     *
     * @param question puts itself here again when the registry is still away
     */
    synchronized void add(Runnable question) {
        questions.add(question);
        if (asking == null && !closed) {
            asking = Thread.ofVirtual().name("schema-registry-recheck").start(this::run);
        }
    }

    private void run() {
        try {
            while (true) {
                Thread.sleep(pause);
                take().forEach(Runnable::run);
                if (finished()) {
                    return;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized List<Runnable> take() {
        List<Runnable> taken = questions;
        questions = new ArrayList<>();
        return taken;
    }

    private synchronized boolean finished() {
        if (questions.isEmpty() || closed) {
            asking = null;
            return true;
        }
        return false;
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (asking != null) {
            asking.interrupt();
        }
    }
}
