package io.signalbox.renderer;

import io.signalbox.process.Backoff;
import io.signalbox.process.BrokerWatch;
import io.signalbox.process.Outage;
import io.signalbox.process.ProcessRuntime;
import io.signalbox.process.Readiness;
import io.signalbox.renderer.core.GroupCatalogue;
import io.signalbox.renderer.core.GroupOwner;
import io.signalbox.renderer.core.GroupOwner.Phase;
import io.signalbox.renderer.core.ServiceView;
import io.signalbox.schemas.ConfigRecord;
import io.signalbox.schemas.GroupDefinition;
import io.signalbox.schemas.Partitions;
import io.signalbox.schemas.Topic;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The renderer's one thread. A pass polls all inputs at once, gives each record to the pure core,
 * and sends the parts and manifests that follow in the same pass. Take-overs, ends and repairs are
 * looked after between two polls. Whatever fails in passing ends in the groups being taken over
 * again, a little later.
 */
final class RendererLoop {
    private static final Logger log = LoggerFactory.getLogger(RendererLoop.class);
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration BUSY_POLL = Duration.ofMillis(5);
    private static final Duration CALM = Duration.ofSeconds(1);
    private static final Duration MISSING_AGAIN = Duration.ofSeconds(3);

    private final ProcessRuntime runtime;
    private final Codecs codecs;
    private final BrokerWatch watch;
    private final Ownership ownership;
    private final RendererMetrics metrics;
    private final InstantSource clock = InstantSource.system();
    private final GroupCatalogue catalogue;
    private final ServiceView view;
    private final Inputs inputs;
    private final String prefix;
    private final String name;
    private final Outage outage;
    private final Readiness.Condition ready;
    private final Readiness.Condition groupsReady;
    private final Backoff backoff = Backoff.random();
    private final TreeMap<String, OwnedGroup> groups = new TreeMap<>();
    private final TreeMap<String, String> missing = new TreeMap<>();
    private ConfigWriter writer;
    private Instant lookAt = Instant.EPOCH;
    private final Queue<BrokerWatch.Recreated> recreated = new ConcurrentLinkedQueue<>();
    private @Nullable String refused;

    RendererLoop(
            ProcessRuntime runtime,
            RendererSettings settings,
            Codecs codecs,
            BrokerWatch watch,
            Ownership ownership) {
        this.runtime = runtime;
        this.codecs = codecs;
        this.watch = watch;
        this.ownership = ownership;
        this.metrics = new RendererMetrics(runtime.metrics());
        this.catalogue = new GroupCatalogue(Topic.PROXY_GROUPS.partitions(), settings.builtIn());
        this.view = new ServiceView(Topic.SERVICE_STATE.partitions());
        this.inputs = new Inputs(runtime, codecs, metrics, catalogue, view);
        this.prefix = settings.common().topicPrefix();
        this.name = ManagementFactory.getRuntimeMXBean().getName();
        this.ready = runtime.readiness().condition("inputs");
        this.groupsReady = runtime.readiness().condition("groups");
        this.outage = new Outage(log, runtime.readiness().condition("log"), clock);
        this.writer = new ConfigWriter(runtime, codecs, metrics, clock);
    }

    /** Makes a waiting poll return. Safe for all threads. */
    void wakeup() {
        inputs.wakeup();
    }

    /** A topic was created again. Safe for all threads. */
    void topicRecreated(BrokerWatch.Recreated change) {
        recreated.add(change);
    }

    /** Runs until it is told to stop. */
    void run(ProcessRuntime.Stop stop) throws InterruptedException {
        try {
            watch.awaitTopics();
            inputs.open();
            outage.back();
            while (!stop.requested()) {
                pass();
            }
        } catch (WakeupException | InterruptException e) {
            log.atDebug().log("woken to stop");
        } finally {
            writer.close();
            inputs.close();
        }
    }

    private void pass() throws InterruptedException {
        Instant before = clock.instant();
        try {
            checkTopics();
            inputs.poll(patience(before), groups);
            Instant now = clock.instant();
            checkWriter(now);
            if (inputs.complete()) {
                ready.holds();
                look(now);
                for (OwnedGroup group : groups.values()) {
                    advance(group, now);
                }
                checkWriter(now);
            }
        } catch (WakeupException | InterruptException e) {
            throw e;
        } catch (OffsetOutOfRangeException e) {
            cut(e.partitions());
        } catch (KafkaException e) {
            beginAnew(String.valueOf(e.getMessage()), clock.instant());
            Thread.sleep(CALM);
        }
    }

    private Duration patience(Instant now) {
        Duration patience = POLL;
        for (OwnedGroup group : groups.values()) {
            if (group.owner.phase() == Phase.CLAIMING || group.owner.phase() == Phase.READING) {
                return BUSY_POLL;
            }
            Optional<Instant> due = group.owner.due();
            if (due.isPresent()) {
                Duration until = Duration.between(now, due.get());
                patience = until.compareTo(patience) < 0 ? until : patience;
            }
        }
        return patience.isNegative() ? Duration.ZERO : patience;
    }

    /**
     * {@code service-state} that is new holds what the facts say, sooner or later; until then no
     * server goes. Definitions are nowhere but in {@code proxy-groups}.
     */
    private void checkTopics() {
        for (var change = recreated.poll(); change != null; change = recreated.poll()) {
            if (change.topic().equals(Topic.PROXY_GROUPS.topicName(prefix))) {
                refuse(change.line());
            } else {
                if (change.topic().equals(Topic.SERVICE_STATE.topicName(prefix))) {
                    readStateAgain(change.line());
                }
                watch.accept(change);
            }
        }
    }

    /** Records were deleted that were not read yet. */
    private void cut(Set<TopicPartition> partitions) {
        Inputs.Cut cut = inputs.passOver(partitions);
        if (!cut.groups().isEmpty()) {
            refuse(
                    "data loss: records of partitions %s of %s were deleted before they were read"
                            .formatted(cut.groups(), Topic.PROXY_GROUPS.topicName(prefix)));
        }
        if (cut.state()) {
            readStateAgain("records of service-state were deleted before they were read");
        }
        groups.values().removeIf(group -> partitions.contains(group.partition));
        inputs.follow(groups.values());
    }

    private void readStateAgain(String why) {
        log.atWarn().addKeyValue("error", why).log("service-state is read from its beginning");
        ready.fails("service-state is read from its beginning: " + why);
        groups.clear();
        inputs.follow(List.of());
        inputs.readStateAgain();
    }

    /** Nothing is rendered any more; what is served stays. */
    private void refuse(String why) {
        refused =
                why
                        + "; definitions of groups are lost: see what is left (signalbox group list), apply them again (signalbox group apply), then start this renderer again";
        log.atError().addKeyValue("error", refused).log("nothing is rendered any more");
    }

    private void checkWriter(Instant now) {
        writer.failure().ifPresent(why -> beginAnew(why, now));
    }

    /** Lets go of all groups and takes them over again, a little later. */
    private void beginAnew(String why, Instant now) {
        outage.away(why);
        writer.abandon();
        writer = new ConfigWriter(runtime, codecs, metrics, clock);
        groups.clear();
        inputs.follow(List.of());
        lookAt = now.plus(backoff.next());
    }

    /** Which groups are ours, and which of them must be taken over. */
    private void look(Instant now) throws InterruptedException {
        Set<String> wanted = new TreeSet<>();
        Set<Integer> partitions = ownership.owned();
        if (refused == null) {
            catalogue.groups().stream()
                    .filter(group -> partitions.contains(partitionOf(group)))
                    .forEach(wanted::add);
        }
        List<String> lost = groups.keySet().stream().filter(g -> !wanted.contains(g)).toList();
        for (String group : lost) {
            log.atInfo().addKeyValue("group", group).log("group let go");
            groups.remove(group);
        }
        if (!now.isBefore(lookAt)) {
            missing.keySet().retainAll(wanted);
            List<String> fresh = wanted.stream().filter(g -> !groups.containsKey(g)).toList();
            if (!fresh.isEmpty()) {
                adopt(fresh);
                lookAt = missing.isEmpty() ? now : now.plus(MISSING_AGAIN);
            }
        }
        if (!lost.isEmpty() || inputs.follows() != groups.size()) {
            inputs.follow(groups.values());
        }
        report();
    }

    private void adopt(List<String> fresh) throws InterruptedException {
        Map<String, String> absent = inputs.missingTopics(fresh);
        for (String group : fresh) {
            String line = absent.get(group);
            if (line == null) {
                missing.remove(group);
                TopicPartition partition = inputs.topicOf(group);
                groups.put(
                        group,
                        new OwnedGroup(new GroupOwner(group, name, Renderer.version()), partition));
            } else if (missing.put(group, line) == null) {
                log.atWarn().addKeyValue("group", group).addKeyValue("error", line).log("group");
            }
        }
    }

    private void advance(OwnedGroup group, Instant now) throws InterruptedException {
        GroupOwner owner = group.owner;
        if (owner.overtaken()) {
            group.claim(writer, now);
            return;
        }
        switch (owner.phase()) {
            case IDLE -> group.claim(writer, now);
            case CLAIMING -> {
                if (group.claimAcknowledged()) {
                    group.waitFor(inputs.ends(group.partition));
                }
            }
            case READING -> {
                if (group.reached(inputs::position)) {
                    begin(group, now);
                }
            }
            case OWNING -> {
                define(owner);
                write(group, owner.step(positions(owner), now));
            }
        }
    }

    private void begin(OwnedGroup group, Instant now) throws InterruptedException {
        Optional<GroupDefinition> definition = catalogue.definition(group.owner.group());
        if (definition.isPresent()) {
            write(group, group.owner.begin(definition.get(), positions(group.owner), now));
            log.atInfo()
                    .addKeyValue("group", group.owner.group())
                    .addKeyValue("epoch", group.owner.epoch())
                    .log("group taken over");
        }
    }

    private void define(GroupOwner owner) {
        catalogue.definition(owner.group()).ifPresent(owner::define);
    }

    private void write(OwnedGroup group, List<GroupOwner.Write> writes)
            throws InterruptedException {
        group.write(writer, writes);
        for (GroupOwner.Write write : writes) {
            if (write instanceof GroupOwner.Write.Put(ConfigRecord.Held held)) {
                say(group.owner.group(), held);
            }
        }
        group.newlyUnrendered()
                .forEach(
                        (part, why) ->
                                log.atError()
                                        .addKeyValue("group", group.owner.group())
                                        .addKeyValue("part", part)
                                        .addKeyValue("error", why)
                                        .log("part cannot be rendered"));
    }

    private static void say(String group, ConfigRecord.Held held) {
        var line = held.dropping() > 0 ? log.atError() : log.atInfo();
        line.addKeyValue("group", group)
                .addKeyValue("dropping", held.dropping())
                .addKeyValue("living", held.living())
                .addKeyValue("error", held.reason())
                .log(held.dropping() > 0 ? "change held back" : "nothing held back any more");
    }

    private GroupOwner.Inputs positions(GroupOwner owner) {
        return new GroupOwner.Inputs(view, catalogue.position(partitionOf(owner.group())));
    }

    private void report() {
        List<String> waiting = new ArrayList<>(missing.values());
        String line = refused;
        if (line != null) {
            waiting.add(line);
        }
        groups.values().stream()
                .filter(group -> group.owner.phase() != Phase.OWNING)
                .forEach(group -> waiting.add(group.owner.group() + " is being taken over"));
        if (waiting.isEmpty()) {
            groupsReady.holds();
            if (!clock.instant().isBefore(lookAt)) {
                backoff.reset();
                outage.back();
            }
        } else {
            groupsReady.fails(String.join("; ", waiting));
        }
        int held = 0;
        int unrendered = 0;
        for (OwnedGroup group : groups.values()) {
            ConfigRecord.Held said = group.owner.held();
            held += said == null ? 0 : said.dropping();
            unrendered += group.owner.unrendered().size();
        }
        metrics.status(groups.size(), held, unrendered);
    }

    private static int partitionOf(String group) {
        return Partitions.of(group, Topic.PROXY_GROUPS.partitions());
    }
}
