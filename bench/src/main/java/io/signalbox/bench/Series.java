package io.signalbox.bench;

import io.signalbox.cli.load.ApplyFeed.Effect;
import io.signalbox.schemas.ApplyResult.How;
import io.signalbox.schemas.Cause;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The measured times of one kind of change in one run, whole and by hop; not thread-safe. */
final class Series {

    private final Quantiles whole = new Quantiles();
    private final Map<String, Quantiles> hops = new LinkedHashMap<>();
    private final Map<How, Integer> ways = new EnumMap<>(How.class);

    /**
     * Adds one change.
     *
     * @param end the first request answered, or the last one sent
     */
    void add(Instant engine, Instant end, @Nullable Effect effect) {
        whole.add(ms(engine, end));
        if (effect != null) {
            addHops(engine, end, effect);
        }
    }

    Quantiles whole() {
        return whole;
    }

    int reloads() {
        return ways.getOrDefault(How.RELOAD, 0);
    }

    /** How the changes came into force, such as {@code 50 runtime}. */
    String ways() {
        StringBuilder text = new StringBuilder();
        ways.forEach(
                (how, count) ->
                        text.append(count)
                                .append(' ')
                                .append(how.name().toLowerCase(Locale.ROOT))
                                .append(' '));
        return text.toString().strip();
    }

    /** The median of each hop, in milliseconds. */
    String hops() {
        return hops(0.5);
    }

    /** That quantile of each hop, in milliseconds. */
    String hops(double quantile) {
        StringBuilder text = new StringBuilder();
        hops.forEach(
                (name, times) ->
                        text.append(
                                String.format(Locale.ROOT, "  %s %.1f", name, times.at(quantile))));
        return text.toString().strip();
    }

    private void addHops(Instant engine, Instant end, Effect effect) {
        ways.merge(effect.result().how(), 1, Integer::sum);
        Cause cause = effect.cause();
        hop("engine event → observed", engine, cause.observedAt());
        hop("→ event record", cause.observedAt(), cause.eventAppendedAt());
        Instant state =
                cause.stateAppendedAt() == null ? cause.eventAppendedAt() : cause.stateAppendedAt();
        hop("→ state record", cause.eventAppendedAt(), state);
        hop("→ manifest", state, effect.result().manifestAppendedAt());
        hop("→ received", effect.result().manifestAppendedAt(), effect.result().receivedAt());
        hop("→ applied", effect.result().receivedAt(), effect.result().appliedAt());
        hop("→ request", effect.result().appliedAt(), end);
    }

    private void hop(String name, Instant from, Instant to) {
        hops.computeIfAbsent(name, _ -> new Quantiles()).add(ms(from, to));
    }

    private static double ms(Instant from, Instant to) {
        return Duration.between(from, to).toNanos() / 1e6;
    }
}
