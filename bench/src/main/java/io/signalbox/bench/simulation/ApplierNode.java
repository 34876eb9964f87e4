package io.signalbox.bench.simulation;

import io.signalbox.applier.core.AddressChoice;
import io.signalbox.applier.core.ApplierCore;
import io.signalbox.applier.core.ConfigReading.Accepted;
import io.signalbox.applier.core.Desired;
import io.signalbox.applier.core.Doors;
import io.signalbox.applier.core.plan.LiveServer;
import io.signalbox.applier.core.plan.Version;
import io.signalbox.applier.core.plan.WantedServer;
import io.signalbox.schemas.ApplyResult.Reach;
import io.signalbox.schemas.ConfigRecord;
import io.signalbox.schemas.ConfigRecord.Manifest;
import io.signalbox.schemas.ConfigRecord.Part;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** An applier: {@link ApplierCore} between the group's topic and an HAProxy. */
final class ApplierNode extends Node implements Doors.Knocker {
    private static final int MOST_LAGGING = 30;

    final Haproxy haproxy;
    private final Disk disk = new Disk();
    private final List<Engine> engines;
    private final AddressChoice choice;
    private final TreeMap<String, Part> parts = new TreeMap<>();
    private List<Long> positions = List.of();
    private final Set<Doors.Door> knocked = new HashSet<>();
    private ProxyHost proxyHost;
    private ApplierCore core;
    private long position;
    private long endAtStart;
    private Version highest = Version.NONE;

    /** The topic that the operator lets it take. */
    private String adopted;

    /** The topic that it reads. */
    private String topic = "";

    /** What which worker of HAProxy had last. */
    private Has has = new Has(-1, Version.NONE);

    private record Has(long worker, Version version) {}

    ApplierNode(World world, String name, String host, List<Engine> engines) {
        super(world, name);
        this.engines = engines;
        this.haproxy = new Haproxy(world, name + "/haproxy");
        this.choice = new AddressChoice(new Reach(host, List.of()), true);
        this.adopted = world.group.topicId();
        this.proxyHost = new ProxyHost(world, haproxy, disk);
        this.core = core(proxyHost);
    }

    /** The operator starts it again and lets it take the group's topic, if that is another one. */
    void adoptTopic() {
        if (!adopted.equals(world.group.topicId())) {
            adopted = world.group.topicId();
            highest = Version.NONE;
            parts.clear();
            positions = List.of();
            has = new Has(-1, Version.NONE);
            if (alive()) {
                crash();
                start();
            }
        }
    }

    private ApplierCore core(ProxyHost here) {
        return new ApplierCore(
                new Desired(choice),
                here.worker(),
                true,
                adopted,
                new ApplierCore.Ports(
                        here, here, this, new NotedReport(world, name, this::accepted), () -> 0));
    }

    private boolean listens(WantedServer.Run run) {
        return engines.stream().anyMatch(engine -> engine.listens(run.address(), run.port()));
    }

    @Override
    void boot() {
        knocked.clear();
        proxyHost = new ProxyHost(world, haproxy, disk);
        core = core(proxyHost);
        run(() -> core.begin(world.now));
        readFromBeginning();
        if (endAtStart < world.group.end() && core.target().compareTo(highest) < 0) {
            // What it has not written down and cannot read yet it does not know.
            highest = core.target();
            parts.clear();
            positions = List.of();
        }
        if (disk.holdsAny() && !haproxy.alive()) {
            throw new Violation("not-serving", name + " does not serve what lies on its disk");
        }
    }

    /** Something that a process may be interrupted at. */
    private interface Body {
        void run() throws InterruptedException;
    }

    private static void run(Body body) {
        try {
            body.run();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    void died() {
        if (world.strikes(Fault.TORN_WRITE, 0.5) && disk.tear()) {
            world.note(() -> name + "'s newest file is torn");
            if (world.in(0.5)) {
                // As when the power fails.
                haproxy.crash();
            }
        }
    }

    private void readFromBeginning() {
        topic = world.group.topicId();
        core.reads(topic);
        position = 0;
        long end = world.group.end();
        boolean lags = world.strikes(Fault.LAGGING_END, 0.5);
        endAtStart = lags ? Math.max(0, end - world.below(MOST_LAGGING)) : end;
    }

    /** Somebody else makes HAProxy take over what lies on the disk. */
    void foreignReload() {
        if (haproxy.alive() && !haproxy.reloading()) {
            disk.current()
                    .ifPresent(
                            file ->
                                    disk.read(file)
                                            .ifPresent(saved -> haproxy.reload(file, saved)));
        }
    }

    @Override
    void step() {
        knock();
        read();
        run(
                () -> {
                    if (core.act(world.now)) {
                        readFromBeginning();
                    }
                });
        check();
    }

    private void read() {
        if (!topic.equals(world.group.topicId())) {
            readFromBeginning();
        }
        int most = position == 0 ? 20 : 1 + world.below(5);
        most = position < endAtStart ? (int) Math.min(most, endAtStart - position) : most;
        for (Log.Entry<ConfigRecord> entry : world.read(world.group, position, most)) {
            position = entry.offset() + 1;
            core.read(entry.offset(), entry.key(), entry.value(), entry.at(), world.now);
        }
        if (!world.paused() && position >= endAtStart) {
            core.reachedEnd();
        }
    }

    /** Each manifest is judged when it is accepted. */
    private void accepted(Accepted accepted) {
        Set<Justified> before = Checks.servers(parts.values());
        Set<String> always = world.ledger.alwaysSince(positions);
        positions = accepted.manifest().eventsPositions();
        if (accepted.whole()) {
            parts.clear();
        }
        parts.putAll(accepted.parts());
        Version version = accepted.version();
        if (version.generation() == 1) {
            // What a new owner begins with; later on each step may drop a few.
            Checks.notShrunk(name, before, Checks.servers(parts.values()), always);
        }
        world.note(() -> name + " accepts " + version);
        if (version.compareTo(highest) < 0) {
            throw new Violation(
                    "older-version", "%s accepts %s after %s".formatted(name, version, highest));
        }
        highest = version;
        justified(accepted.manifest());
    }

    /** What the manifest shows is what the facts before its positions add up to. */
    private void justified(Manifest manifest) {
        if (world.rebuilt) {
            return;
        }
        Set<Justified> wanted = new TreeSet<>();
        for (int partition = 0; partition < manifest.eventsPositions().size(); partition++) {
            wanted.addAll(world.ledger.at(partition, manifest.eventsPositions().get(partition)));
        }
        String where = name + " at " + manifest.eventsPositions();
        Checks.same("not-a-prefix", where, wanted, Checks.servers(parts.values()));
    }

    /** A worker is never taken back to an older version. */
    private void notUndone() {
        Has now = new Has(haproxy.pid(), haproxy.version());
        if (now.version().compareTo(highest) > 0) {
            // Of the topic before, which counted further.
            return;
        }
        if (now.worker() == has.worker() && now.version().compareTo(has.version()) < 0) {
            throw new Violation("undone", "%s takes %s back to %s".formatted(name, has, now));
        }
        has = now;
    }

    /** Nothing but what is wanted gets requests, and what is stopping gets none. */
    private void check() {
        if (!proxyHost.knowsWorker() || !core.settled()) {
            return;
        }
        notUndone();
        Set<String> may = new TreeSet<>();
        core.wanted()
                .services()
                .values()
                .forEach(
                        service ->
                                service.servers().stream()
                                        .filter(server -> !server.stopping())
                                        .forEach(
                                                server ->
                                                        may.add(
                                                                server.name()
                                                                        + " "
                                                                        + server.address()
                                                                        + ":"
                                                                        + server.port())));
        for (LiveServer live : haproxy.serving()) {
            if (!may.contains(live.name() + " " + live.address() + ":" + live.port())) {
                throw new Violation(
                        "requests-to-nobody", "%s sends requests to %s".formatted(name, live));
            }
        }
    }

    /** The containers that get requests, with the addresses that these go to. */
    Set<String> serving() {
        Set<String> serving = new TreeSet<>();
        if (haproxy.alive()) {
            haproxy.serving()
                    .forEach(
                            live ->
                                    serving.add(
                                            live.name().substring(live.name().indexOf('.') + 1)
                                                    + " "
                                                    + live.address()
                                                    + ":"
                                                    + live.port()));
        }
        return serving;
    }

    /** What it should send requests to if these servers are all there are. */
    Set<String> expected(Set<Justified> truth) {
        Set<String> expected = new TreeSet<>();
        for (Justified server : truth) {
            boolean here = server.host().equals(choice.reach().host());
            String address = here ? server.addresses().getFirst() : server.addresses().getLast();
            expected.add(server.container().substring(0, 12) + " " + address);
        }
        return expected;
    }

    // ---------------------------------------------------------------- knocks

    @Override
    public void knock(Doors.Door door, boolean proxied) {
        knocked.add(door);
    }

    @Override
    public void stop(Doors.Door door) {
        knocked.remove(door);
    }

    private void knock() {
        for (Doors.Door door : Set.copyOf(knocked)) {
            if (listens(door.run())) {
                knocked.remove(door);
                core.answered(door.run(), door.service());
            }
        }
    }
}
