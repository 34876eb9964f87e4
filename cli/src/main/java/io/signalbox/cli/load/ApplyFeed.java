package io.signalbox.cli.load;

import io.signalbox.process.TopicReader;
import io.signalbox.schemas.ApplyResult;
import io.signalbox.schemas.Cause;
import io.signalbox.schemas.Codec;
import io.signalbox.schemas.Decoded;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.errors.WakeupException;

/**
 * Follows {@code apply-results} from now on and finds the result that brought a container's change
 * into force. A thread of its own reads; all other methods are thread-safe.
 */
public final class ApplyFeed implements AutoCloseable {

    private final TopicReader reader;
    private final Codec<ApplyResult> codec;
    private final List<ApplyResult> results = new ArrayList<>();
    private final Thread thread;
    private volatile boolean running = true;

    /** Takes over a reader that stands at the end of the topic. */
    public ApplyFeed(TopicReader reader, Codec<ApplyResult> codec) {
        this.reader = reader;
        this.codec = codec;
        this.thread = Thread.ofPlatform().daemon().name("apply-feed").start(this::follow);
    }

    /**
     * How a container's change came into force.
     *
     * @param cause the fact that led to it, with the time of the engine's event and of each hop
     * @param result what the applier reported
     */
    public record Effect(Cause cause, ApplyResult result) {

        /**
         * From the engine's event, or where there was none from its observation, until HAProxy was
         * changed.
         */
        public Duration delay() {
            Instant event = cause.dockerTime() == null ? cause.observedAt() : cause.dockerTime();
            return Duration.between(event, result.appliedAt());
        }
    }

    /**
     * Waits until a change of the container that happened at {@code since} or later is in force.
     *
     * @return empty when it is not within {@code patience}
     */
    public synchronized Optional<Effect> await(String container, Instant since, Duration patience)
            throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        for (long left = patience.toNanos(); left > 0; left = deadline - System.nanoTime()) {
            Optional<Effect> effect = find(container, since);
            if (effect.isPresent()) {
                return effect;
            }
            wait(Math.max(1, left / 1_000_000));
        }
        return Optional.empty();
    }

    /** All results so far, oldest first. */
    public synchronized List<ApplyResult> results() {
        return List.copyOf(results);
    }

    @Override
    public void close() {
        running = false;
        reader.wakeup();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Optional<Effect> find(String container, Instant since) {
        Optional<Cause> cause = Optional.empty();
        for (ApplyResult result : results) {
            if (result.outcome() != ApplyResult.Outcome.APPLIED) {
                continue;
            }
            if (cause.isEmpty()) {
                cause =
                        result.causes().stream()
                                .filter(c -> matches(c, container, since))
                                .findFirst();
            }
            if (cause.isPresent() && !pending(result, container)) {
                return Optional.of(new Effect(cause.get(), result));
            }
        }
        return Optional.empty();
    }

    private static boolean matches(Cause cause, String container, Instant since) {
        Instant at = cause.dockerTime() == null ? cause.observedAt() : cause.dockerTime();
        return cause.subject().endsWith("/" + container) && !at.isBefore(since);
    }

    private static boolean pending(ApplyResult result, String container) {
        return result.pending().stream()
                .anyMatch(server -> server.endsWith("." + container.substring(0, 12)));
    }

    private void follow() {
        try (reader) {
            while (running) {
                reader.poll(Duration.ofMillis(500))
                        .forEach(record -> add(codec.decode(record.value())));
            }
        } catch (WakeupException e) {
            // Told to end.
        }
    }

    private synchronized void add(Decoded<ApplyResult> decoded) {
        if (decoded instanceof Decoded.Value<ApplyResult>(ApplyResult result)) {
            results.add(result);
            notifyAll();
        }
    }
}
