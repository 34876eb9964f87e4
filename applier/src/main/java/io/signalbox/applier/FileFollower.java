package io.signalbox.applier;

import io.signalbox.applier.core.Saved;
import io.signalbox.haproxy.Capabilities;
import java.io.IOException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes what has taken effect at run time to the disk, so that the next start begins with it. The
 * thread in {@link #run} writes; the newest order replaces one that was not begun.
 */
final class FileFollower {
    private static final Logger log = LoggerFactory.getLogger(FileFollower.class);

    private final Deployment deployment;
    private final AtomicReference<@Nullable Order> newest = new AtomicReference<>();
    private final BlockingQueue<Boolean> bell = new ArrayBlockingQueue<>(1);

    FileFollower(Deployment deployment) {
        this.deployment = deployment;
    }

    private record Order(Saved saved, Capabilities capabilities) {}

    /** Writes this soon. Safe for all threads. */
    void follow(Saved saved, Capabilities capabilities) {
        newest.set(new Order(saved, capabilities));
        bell.offer(true);
    }

    /** What was ordered and not begun counts no more. Safe for all threads. */
    void cancel() {
        newest.set(null);
    }

    /** Writes what is ordered until the thread is interrupted. */
    void run() throws InterruptedException {
        while (true) {
            bell.take();
            write();
        }
    }

    /** Writes what is ordered, on the caller's thread. */
    void write() {
        synchronized (deployment) {
            Order order = newest.getAndSet(null);
            if (order == null) {
                return;
            }
            try {
                deployment.follow(order.saved(), order.capabilities());
            } catch (IOException e) {
                log.atWarn()
                        .addKeyValue("error", e.toString())
                        .log("the configuration in force could not be written to the disk");
            }
        }
    }
}
