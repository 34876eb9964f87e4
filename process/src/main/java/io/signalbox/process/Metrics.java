package io.signalbox.process;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The meters of one process, named {@code signalbox_<process>_…} as Prometheus wants it: {@code
 * counter("facts.published")} of the watcher is {@code signalbox_watcher_facts_published_total}, a
 * timer ends in {@code _seconds}. What is the same in several processes has the same name in each
 * ({@code propagation} by {@code hop}, {@code gaps}, {@code drift}, {@code zombies}, {@code
 * rejects}, {@code unreadable}). A counter is made at the start with every value of its tags that
 * can be known by then, because Prometheus sees no increase in one that begins with 1.
 *
 * <p>Safe for all threads.
 */
public final class Metrics {
    private static final Duration[] BUCKETS =
            java.util.stream.LongStream.of(
                            1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 60_000)
                    .mapToObj(Duration::ofMillis)
                    .toArray(Duration[]::new);

    private final String prefix;
    private final PrometheusMeterRegistry registry =
            new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

    /** The meters of the process of that name. */
    public Metrics(String process) {
        this(process, Map.of());
    }

    /**
     * The meters of the process of that name.
     *
     * @param labels what each of its meters says besides its own tags, by name
     */
    public Metrics(String process, Map<String, String> labels) {
        this.prefix = "signalbox." + process + ".";
        Tags common = Tags.empty();
        for (Map.Entry<String, String> label : labels.entrySet()) {
            common = common.and(label.getKey(), label.getValue());
        }
        registry.config().commonTags(common);
    }

    /**
     * A counter.
     *
     * @param tags name, value, name, value …
     */
    public Counter counter(String name, String doc, String... tags) {
        return Counter.builder(prefix + name).description(doc).tags(tags).register(registry);
    }

    /**
     * A timer with buckets from 1 ms to 60 s.
     *
     * @param tags name, value, name, value …
     */
    public Timer timer(String name, String doc, String... tags) {
        return Timer.builder(prefix + name)
                .description(doc)
                .tags(tags)
                .serviceLevelObjectives(BUCKETS)
                .register(registry);
    }

    /** How long one hop of the way from the engine's event to HAProxy takes. */
    public Timer propagation(String hop) {
        return timer("propagation", "How long facts take on their way to HAProxy.", "hop", hop);
    }

    /**
     * A gauge that asks for its value at each scrape, on the event loop: the supplier must not
     * block.
     *
     * @param tags name, value, name, value …
     */
    public void gauge(String name, String doc, Supplier<Number> value, String... tags) {
        Gauge.builder(prefix + name, value).description(doc).tags(tags).register(registry);
    }

    /** Everything in Prometheus' text form. */
    public String scrape() {
        return registry.scrape();
    }

    /** Micrometer's registry, for binders. */
    public PrometheusMeterRegistry registry() {
        return registry;
    }
}
