package io.signalbox.cli;

import io.signalbox.cli.load.ApplyFeed;
import io.signalbox.cli.replay.KafkaReplayLog;
import io.signalbox.cli.replay.ReplayLog;
import io.signalbox.process.FreePort;
import io.signalbox.process.HostPort;
import io.signalbox.process.KnownSettings;
import io.signalbox.process.SettingSources;
import io.signalbox.process.SettingValues;
import io.signalbox.process.TopicReader;
import io.signalbox.schemas.LogCodecs;
import io.signalbox.schemas.Topic;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * A whole Signalbox for the length of a demonstration or a measurement: everything in this JVM, in
 * a directory that is removed again, HAProxy on a loopback port. Made and closed by one thread.
 */
public final class EphemeralSignalbox implements AutoCloseable {

    private static final Duration START_PATIENCE = Duration.ofSeconds(90);

    private final Path data;
    private final Up up;
    private final InetSocketAddress proxy;
    private final OperatorSettings operator;
    private final LogCodecs codecs;
    private final ApplyFeed feed;

    private EphemeralSignalbox(
            Path data, Up up, InetSocketAddress proxy, OperatorSettings operator) {
        this.data = data;
        this.up = up;
        this.proxy = proxy;
        this.operator = operator;
        this.codecs = operator.codecs();
        this.feed = new ApplyFeed(results(operator), codecs.results());
    }

    /**
     * Starts it and waits for the first full load.
     *
     * @param wantedPort where HAProxy is to listen on 127.0.0.1; a free port where that is taken
     * @param onFatal told of what ends a process later
     */
    public static EphemeralSignalbox start(int wantedPort, Consumer<Throwable> onFatal)
            throws InterruptedException {
        return start(wantedPort, Map.of(), onFatal);
    }

    /**
     * Starts it with settings of its processes by their flags, such as {@code docker-host}.
     *
     * @param wantedPort where HAProxy is to listen on 127.0.0.1; a free port where that is taken
     * @param onFatal told of what ends a process later
     */
    public static EphemeralSignalbox start(
            int wantedPort, Map<String, String> more, Consumer<Throwable> onFatal)
            throws InterruptedException {
        try {
            return start(Files.createTempDirectory("signalbox"), wantedPort, more, onFatal);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The same in this directory, which is removed if it does not start, too. */
    static EphemeralSignalbox start(
            Path data, int wantedPort, Map<String, String> more, Consumer<Throwable> onFatal)
            throws InterruptedException, IOException {
        Parts parts = new Parts();
        parts.open(() -> delete(data));
        try {
            // The usual ones would be taken by two that start at the same time.
            Files.writeString(
                    data.resolve("ports"),
                    "schema-registry=%d\nkafka=%d\nkafka-controller=%d\n"
                            .formatted(
                                    FreePort.onLoopback(),
                                    FreePort.onLoopback(),
                                    FreePort.onLoopback()));
            int port =
                    wantedPort > 0 && FreePort.isFree(wantedPort)
                            ? wantedPort
                            : FreePort.onLoopback();
            SettingSources sources = SettingSources.of(settings(more), Map.of());
            AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
            Up up =
                    parts.open(
                            Up.start(
                                    new UpOptions("127.0.0.1:" + port, data, sources, false),
                                    fatal -> {
                                        failure.compareAndSet(null, fatal);
                                        onFatal.accept(fatal);
                                    }));
            awaitReady(up, failure);
            return new EphemeralSignalbox(
                    data,
                    up,
                    new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port),
                    operator(data));
        } catch (InterruptedException | IOException | RuntimeException e) {
            parts.close();
            throw e;
        }
    }

    /** Where HAProxy listens. */
    public InetSocketAddress proxy() {
        return proxy;
    }

    /** The results of its applier from now on. */
    public ApplyFeed feed() {
        return feed;
    }

    /** Where each of its processes answers over HTTP, by process. */
    public Map<String, HostPort> endpoints() {
        Map<String, HostPort> endpoints = new HashMap<>();
        up.processes().forEach((name, process) -> endpoints.put(name, process.http().address()));
        return Map.copyOf(endpoints);
    }

    /** Its log up to the present end, as a replay reads it. */
    public ReplayLog log() {
        return new KafkaReplayLog(operator.kafka(), codecs, operator.common().topicPrefix());
    }

    /** The directory in which it keeps everything. */
    public Path data() {
        return data;
    }

    /** The runtime socket of its HAProxy. */
    public Path runtimeSocket() {
        return data.resolve("applier").resolve("run").resolve("worker.sock");
    }

    /** Ends it and removes its directory. */
    @Override
    public void close() {
        feed.close();
        codecs.close();
        up.close();
        delete(data);
    }

    /** Every endpoint on a free port, so that it stands beside whatever else runs here. */
    private static Map<String, String> settings(Map<String, String> more) {
        Map<String, String> settings = new HashMap<>(more);
        settings.put("host-id", "here");
        for (String process : Up.ORDER) {
            settings.put(process + "-http-listen", "127.0.0.1:0");
        }
        return settings;
    }

    private static void awaitReady(Up up, AtomicReference<@Nullable Throwable> failure)
            throws InterruptedException {
        long end = System.nanoTime() + START_PATIENCE.toNanos();
        while (!up.ready()) {
            Throwable fatal = failure.get();
            if (fatal != null || System.nanoTime() > end) {
                throw new OperationFailed(
                        fatal == null
                                ? late(up.causes())
                                : "a process ended before it was ready: " + fatal.getMessage());
            }
            Thread.sleep(20);
        }
    }

    /** In one line which process lacks what, and what to do. */
    static String late(Map<String, Map<String, String>> causes) {
        String missing =
                causes.entrySet().stream()
                        .map(process -> process.getKey() + " lacks " + process.getValue())
                        .collect(Collectors.joining(", "));
        return "not ready within %d s: %s; see to that and run this again"
                .formatted(START_PATIENCE.toSeconds(), missing);
    }

    private static OperatorSettings operator(Path data) {
        SettingSources sources =
                SettingSources.of(
                        Map.of(
                                SettingSources.CONFIG.name(),
                                data.resolve(Endpoints.FILE).toString()),
                        Map.of());
        return OperatorSettings.from(
                SettingValues.read(
                        OperatorSettings.ALL,
                        KnownSettings.load(List.of(ApiClient.API_URL)),
                        sources));
    }

    /** A reader that stands at the end of {@code apply-results}. */
    private static TopicReader results(OperatorSettings operator) {
        String topic = Topic.APPLY_RESULTS.topicName(operator.common().topicPrefix());
        List<TopicPartition> partitions =
                IntStream.range(0, Topic.APPLY_RESULTS.partitions())
                        .mapToObj(partition -> new TopicPartition(topic, partition))
                        .toList();
        TopicReader reader = TopicReader.fromEnd(operator.kafka().reader("results"), partitions);
        partitions.forEach(partition -> reader.consumer().position(partition));
        return reader;
    }

    private static void delete(Path directory) {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
