package io.signalbox.process;

import io.signalbox.schemas.LogCodecs;
import io.signalbox.schemas.SchemaRegistrySettings;
import io.signalbox.schemas.SchemaRegistryUnavailable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A process' codecs and whether the schema registry is there when they need it: the condition
 * {@code schemas} of being ready. The ids of all schemas that may be written are learned on a
 * thread {@code <process>-schemas}, with back-off. With a warm cache on disk the registry may stay
 * away.
 */
public final class SchemaWatch {
    private static final Logger log = LoggerFactory.getLogger(SchemaWatch.class);

    private final LogCodecs codecs;
    private final Outage outage;
    private final CountDownLatch warm = new CountDownLatch(1);

    private SchemaWatch(LogCodecs codecs, Outage outage) {
        this.codecs = codecs;
        this.outage = outage;
    }

    /**
     * Opens the codecs and begins to warm them up.
     *
     * @throws StartFailure if the folder for the cache cannot be used
     */
    public static SchemaWatch start(ProcessRuntime runtime) {
        CommonSettings common = runtime.common();
        SchemaRegistrySettings settings =
                SchemaRegistrySettings.of(
                        common.schemaRegistryUrl().toString(),
                        cacheFile(runtime.name(), common.schemaCache().orElse(null)));
        Readiness.Condition condition = runtime.readiness().condition("schema-registry");
        SchemaWatch watch =
                new SchemaWatch(
                        runtime.closing("codecs", new LogCodecs(settings, common.topicPrefix())),
                        new Outage(log, condition, InstantSource.system()));
        runtime.run("schemas", stop -> watch.run());
        return watch;
    }

    /** The codecs; what they throw while the registry is away is retried by {@link #patiently}. */
    public LogCodecs codecs() {
        return codecs;
    }

    /** Waits until all schemas that may be written are known. */
    public void awaitWarm() throws InterruptedException {
        warm.await();
    }

    /**
     * Encodes or decodes; if the registry is needed and away, says so and tries again, from one
     * second to thirty apart, as long as it takes.
     */
    public <T> T patiently(Supplier<T> work) throws InterruptedException {
        Backoff backoff = null;
        while (true) {
            try {
                T result = work.get();
                if (backoff != null && warm.getCount() == 0) {
                    outage.back();
                }
                return result;
            } catch (SchemaRegistryUnavailable e) {
                outage.away(String.valueOf(e.getMessage()));
                backoff = backoff == null ? Backoff.random() : backoff;
                Duration wait = backoff.next();
                Thread.sleep(wait);
            }
        }
    }

    private void run() throws InterruptedException {
        patiently(
                () -> {
                    codecs.warmUp();
                    return true;
                });
        outage.back();
        warm.countDown();
        new CountDownLatch(1).await();
    }

    private static @Nullable Path cacheFile(String process, @Nullable Path folder) {
        if (folder == null) {
            return null;
        }
        try {
            return Files.createDirectories(folder).resolve("schemas-" + process);
        } catch (IOException e) {
            throw new StartFailure(
                    CommonSettings.SCHEMA_CACHE.key() + " must be a folder to write to: " + folder,
                    e);
        }
    }
}
