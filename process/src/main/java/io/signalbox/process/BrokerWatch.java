package io.signalbox.process;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.Uuid;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches the brokers and the topics that a process depends on, on a thread {@code
 * <process>-brokers}. It holds two conditions of being ready: {@code kafka} (a broker answers) and
 * {@code topics} (all are there, with the ids that were found first).
 *
 * <p>A missing topic is awaited. A topic with wrong settings ends the process at its start, one
 * with another number of partitions always. A topic that was created again keeps the process from
 * being ready and is told to a listener once, whatever else is the matter; the listener may accept
 * it.
 */
public final class BrokerWatch {
    private static final Logger log = LoggerFactory.getLogger(BrokerWatch.class);
    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final Duration CALM = Duration.ofSeconds(3);
    private static final Duration EAGER = Duration.ofSeconds(1);

    private final Admin admin;
    private final TopicCheck check;
    private final String brokers;
    private final Collection<ExpectedTopic> expected;
    private final Consumer<Recreated> onRecreated;
    private final Outage kafka;
    private final Readiness.Condition topics;
    private final CountDownLatch found = new CountDownLatch(1);
    private volatile Map<String, Uuid> ids = Map.of();
    private final Map<String, Uuid> told = new TreeMap<>();

    private BrokerWatch(
            ProcessRuntime runtime,
            Admin admin,
            Collection<ExpectedTopic> expected,
            Consumer<Recreated> onRecreated) {
        this.admin = admin;
        this.check = new TopicCheck(admin, PATIENCE);
        this.brokers = runtime.kafka().brokers();
        this.expected = List.copyOf(expected);
        this.onRecreated = onRecreated;
        Readiness.Condition answering = runtime.readiness().condition("kafka");
        answering.fails("waiting for a broker at " + brokers);
        this.kafka = new Outage(log, answering, InstantSource.system());
        this.topics = runtime.readiness().condition("topics");
        topics.fails("not looked at yet");
    }

    /** Starts to watch; a topic that is created again only keeps the process from being ready. */
    public static BrokerWatch start(ProcessRuntime runtime, Collection<ExpectedTopic> expected) {
        return start(runtime, expected, recreated -> {});
    }

    /**
     * Starts to watch.
     *
     * @param onRecreated told on the watching thread of a topic that was created again; must not
     *     block
     */
    public static BrokerWatch start(
            ProcessRuntime runtime,
            Collection<ExpectedTopic> expected,
            Consumer<Recreated> onRecreated) {
        Admin admin = runtime.closing("admin client", runtime.kafka().admin("brokers"));
        BrokerWatch watch = new BrokerWatch(runtime, admin, expected, onRecreated);
        runtime.run("brokers", watch::run);
        return watch;
    }

    /**
     * Waits until all topics are there and right.
     *
     * @return the id of each topic by name
     */
    public Map<String, Uuid> awaitTopics() throws InterruptedException {
        found.await();
        return ids;
    }

    /** The same without waiting: empty until all topics were found. */
    public Map<String, Uuid> topicIds() {
        return ids;
    }

    /**
     * The id that a topic has at this moment. Asks a broker, and again as long as none answers or
     * there is no such topic. Safe for all threads.
     */
    public Uuid awaitId(String topic) throws InterruptedException {
        while (true) {
            try {
                return admin.describeTopics(List.of(topic))
                        .allTopicNames()
                        .get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                        .values()
                        .iterator()
                        .next()
                        .topicId();
            } catch (ExecutionException | TimeoutException e) {
                // The watch says what is the matter.
                Thread.sleep(EAGER);
            }
        }
    }

    /** The topic is used as it is now: what belongs to the old one was given up. All threads. */
    public synchronized void accept(Recreated change) {
        Map<String, Uuid> accepted = new TreeMap<>(ids);
        accepted.put(change.topic(), change.now());
        ids = Map.copyOf(accepted);
    }

    private void run(ProcessRuntime.Stop stop) throws InterruptedException {
        while (!stop.requested()) {
            Duration pause = EAGER;
            try {
                await();
                kafka.back();
                pause = look() ? CALM : EAGER;
            } catch (TimeoutException e) {
                kafka.away("no broker answers at " + brokers);
            } catch (ExecutionException e) {
                kafka.away(cause(e));
            }
            Thread.sleep(pause);
        }
    }

    private void await() throws ExecutionException, InterruptedException, TimeoutException {
        admin.describeCluster().clusterId().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Looks at the topics; answers whether all is well. */
    private boolean look() throws ExecutionException, InterruptedException, TimeoutException {
        List<String> missing = new ArrayList<>();
        List<TopicCheck.Outcome.Wrong> wrong = new ArrayList<>();
        Map<String, Uuid> now = new TreeMap<>();
        check.check(expected)
                .forEach(
                        (name, outcome) -> {
                            switch (outcome) {
                                case TopicCheck.Outcome.Right right -> now.put(name, right.id());
                                case TopicCheck.Outcome.Missing gone -> missing.add(gone.line());
                                case TopicCheck.Outcome.Wrong differs -> {
                                    now.put(name, differs.id());
                                    wrong.add(differs);
                                }
                            }
                        });
        List<String> lines = new ArrayList<>(refuse(wrong));
        lines.addAll(missing);
        if (ids.isEmpty() && lines.isEmpty()) {
            ids = Map.copyOf(now);
            found.countDown();
        }
        lines.addAll(recreated(now));
        if (lines.isEmpty()) {
            topics.holds();
        } else {
            topics.fails(String.join("; ", lines));
        }
        return lines.isEmpty();
    }

    /** Ends the process, unless it already runs and the difference can be repaired under it. */
    private List<String> refuse(List<TopicCheck.Outcome.Wrong> wrong) {
        List<String> lines = wrong.stream().flatMap(differs -> differs.lines().stream()).toList();
        boolean running = !ids.isEmpty();
        boolean repartitioned = wrong.stream().anyMatch(TopicCheck.Outcome.Wrong::repartitioned);
        if (!lines.isEmpty() && (!running || repartitioned)) {
            throw new StartFailure(lines);
        }
        return lines;
    }

    /** A line for each topic that was created again; the listener is told of new ones. */
    private List<String> recreated(Map<String, Uuid> now) {
        List<String> lines = new ArrayList<>();
        now.forEach(
                (name, id) -> {
                    Uuid first = ids.getOrDefault(name, id);
                    if (!first.equals(id)) {
                        Recreated change = new Recreated(name, first, id);
                        lines.add(change.line());
                        if (!id.equals(told.put(name, id))) {
                            log.atError().addKeyValue("topic", name).log(change.line());
                            onRecreated.accept(change);
                        }
                    }
                });
        return lines;
    }

    private String cause(ExecutionException failure) {
        Throwable cause = failure.getCause();
        if (cause == null || cause instanceof org.apache.kafka.common.errors.TimeoutException) {
            return "no broker answers at " + brokers;
        }
        return "broker at " + brokers + " refuses: " + cause.getMessage();
    }

    /** A topic that was deleted and created again while the process ran. */
    public record Recreated(String topic, Uuid first, Uuid now) {
        /** One line that names the topic and both ids. */
        public String line() {
            return "topic %s was created again: its id was %s and is %s"
                    .formatted(topic, first, now);
        }
    }
}
