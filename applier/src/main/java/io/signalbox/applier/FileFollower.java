package io.signalbox.applier;

import io.signalbox.applier.core.DiskWriter;
import io.signalbox.applier.core.disk.Saved;
import io.signalbox.haproxy.Capabilities;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes what has taken effect at run time to the disk, so that the next start begins with it. The
 * thread in {@link #run} writes; the newest order replaces one that was not begun.
 *
 * <p>All files are written each time, at a cost that grows with the group: so at most one write is
 * under way, and the rest after it is {@link #REST_SHARE} times what it took, within bounds; after
 * one that failed it is the longest. Whoever orders asks first whether it is {@link #ready}, and
 * makes the order only then.
 */
final class FileFollower implements DiskWriter {
    private static final Logger log = LoggerFactory.getLogger(FileFollower.class);
    private static final int REST_SHARE = 9;
    private static final Duration LONGEST_REST = Duration.ofSeconds(10);

    private final Deployment deployment;
    private final AtomicReference<@Nullable Order> newest = new AtomicReference<>();
    private final BlockingQueue<Boolean> bell = new ArrayBlockingQueue<>(1);
    private final LongSupplier nanoTime;
    private final AtomicBoolean writing = new AtomicBoolean();
    private final AtomicBoolean failed = new AtomicBoolean();
    private volatile long restsUntilNanos;
    private volatile Duration lastTook = Duration.ZERO;

    FileFollower(Deployment deployment) {
        this(deployment, System::nanoTime);
    }

    FileFollower(Deployment deployment, LongSupplier nanoTime) {
        this.deployment = deployment;
        this.nanoTime = nanoTime;
        this.restsUntilNanos = nanoTime.getAsLong();
    }

    private record Order(Saved saved, Capabilities capabilities) {}

    /** Whether nothing is under way or ordered, and the rest is over. Safe for all threads. */
    @Override
    public boolean ready() {
        return newest.get() == null
                && !writing.get()
                && nanoTime.getAsLong() - restsUntilNanos >= 0;
    }

    @Override
    public boolean failed() {
        return failed.getAndSet(false);
    }

    /** How long the last write took. Safe for all threads. */
    Duration lastTook() {
        return lastTook;
    }

    /** Writes this soon. Safe for all threads. */
    @Override
    public void follow(Saved saved, Capabilities capabilities) {
        newest.set(new Order(saved, capabilities));
        bell.offer(true);
    }

    /** What was ordered and not begun counts no more. Safe for all threads. */
    @Override
    public void cancel() {
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
    @Override
    public void write() {
        synchronized (deployment) {
            writing.set(true);
            Order order = newest.getAndSet(null);
            try {
                if (order != null) {
                    write(order);
                }
            } finally {
                writing.set(false);
            }
        }
    }

    private void write(Order order) {
        long began = nanoTime.getAsLong();
        boolean written = false;
        try {
            deployment.follow(order.saved(), order.capabilities());
            written = true;
        } catch (IOException e) {
            log.atWarn()
                    .addKeyValue("error", e.toString())
                    .log("the configuration in force could not be written to the disk");
        }
        long ended = nanoTime.getAsLong();
        lastTook = Duration.ofNanos(ended - began);
        long longest = LONGEST_REST.toNanos();
        restsUntilNanos =
                ended + (written ? Math.min(lastTook.toNanos() * REST_SHARE, longest) : longest);
        failed.set(!written);
    }
}
