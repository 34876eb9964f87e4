package io.signalbox.bench.simulation;

import io.signalbox.applier.core.DiskWriter;
import io.signalbox.applier.core.Link;
import io.signalbox.applier.core.Proxy;
import io.signalbox.applier.core.Worker;
import io.signalbox.applier.core.disk.Deployed;
import io.signalbox.applier.core.disk.Saved;
import io.signalbox.applier.core.plan.LiveServer;
import io.signalbox.applier.core.plan.Running;
import io.signalbox.applier.core.plan.Step;
import io.signalbox.haproxy.Capabilities;
import io.signalbox.haproxy.ConfigPath;
import io.signalbox.haproxy.HaproxyVersion;
import io.signalbox.haproxy.MapName;
import io.signalbox.haproxy.ProcessInfo;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What an applier's process has around its core: the HAProxy and the disk of its host, made to fit
 * the core's ports. One for each life of the process. One thread.
 */
final class ProxyHost implements Link, Proxy, DiskWriter {
    private static final HaproxyVersion VERSION = HaproxyVersion.OLDEST;
    private static final String ROOT = "/cfg/";

    private final World world;
    private final Haproxy haproxy;
    private final Disk disk;
    private final Worker worker = new Worker(this, VERSION);
    private @Nullable Deployed good;
    private @Nullable Deployed coming;
    private @Nullable Ended ended;
    private long pidBefore;

    ProxyHost(World world, Haproxy haproxy, Disk disk) {
        this.world = world;
        this.haproxy = haproxy;
        this.disk = disk;
    }

    /** The worker as this life of the process knows it. */
    Worker worker() {
        return worker;
    }

    /** Whether the worker that serves is the one that is known. */
    boolean knowsWorker() {
        return haproxy.alive() && worker.known() && worker.pid() == haproxy.pid();
    }

    private static ConfigPath path(long file) {
        return new ConfigPath(ROOT + file);
    }

    private static long file(ConfigPath path) {
        return Long.parseLong(path.value().substring(ROOT.length()));
    }

    // ---------------------------------------------------------------- its life

    @Override
    public boolean alive() {
        return haproxy.alive();
    }

    @Override
    public void stop() {
        haproxy.crash();
    }

    @Override
    public Optional<Deployed> lastKnownGood() {
        return disk.lastKnownGood()
                .flatMap(file -> disk.read(file).map(saved -> new Deployed(path(file), saved, "")));
    }

    @Override
    public Optional<Saved> read(ConfigPath directory) {
        return disk.read(file(directory));
    }

    @Override
    public void isGood(Deployed deployed) {
        good = deployed;
    }

    @Override
    public void serves(ConfigPath directory) {
        world.note(() -> "took over what serves " + directory);
    }

    @Override
    public void startFrom(Deployed deployed) throws IOException {
        disk.turn(file(deployed.path()), inUse());
        haproxy.start(file(deployed.path()), deployed.saved());
        worker.started(deployed);
        good = deployed;
    }

    @Override
    public void bring(Supplier<Saved> wanted) {
        Saved saved = wanted.get();
        Deployed next = new Deployed(path(disk.write(saved)), saved, "");
        if (!haproxy.alive()) {
            ended = started(next);
            return;
        }
        disk.turn(file(next.path()), inUse());
        worker.forget();
        pidBefore = haproxy.pid();
        haproxy.reload(file(next.path()), saved);
        coming = next;
    }

    private Ended started(Deployed next) {
        try {
            startFrom(next);
            return new Ended.Serving(next);
        } catch (IOException e) {
            return new Ended.Failed(String.valueOf(e.getMessage()));
        }
    }

    @Override
    public Optional<Ended> ended() {
        Deployed next = coming;
        if (next != null && !haproxy.reloading()) {
            coming = null;
            ended = reloaded(next);
        }
        Ended last = ended;
        ended = null;
        return Optional.ofNullable(last);
    }

    private Ended reloaded(Deployed next) {
        try {
            if (haproxy.alive() && haproxy.pid() != pidBefore) {
                worker.started(next);
                good = next;
                return new Ended.Serving(next);
            }
        } catch (IOException e) {
            world.note(() -> "the new worker does not answer");
        }
        Deployed last = good;
        if (last != null) {
            disk.turn(file(last.path()), inUse());
            disk.discard(file(next.path()));
        }
        return new Ended.Failed("no new worker answers");
    }

    private Set<Long> inUse() {
        Set<Long> used = new HashSet<>();
        if (haproxy.alive()) {
            used.add(haproxy.file());
        }
        Deployed last = good;
        if (last != null) {
            used.add(file(last.path()));
        }
        return used;
    }

    // ---------------------------------------------------------------- the disk

    @Override
    public boolean ready() {
        return true;
    }

    @Override
    public boolean failed() {
        return false;
    }

    @Override
    public void follow(Saved saved, Capabilities capabilities) {
        disk.turn(disk.write(saved), inUse());
    }

    @Override
    public void cancel() {}

    @Override
    public void write() {}

    // ---------------------------------------------------------------- the command socket

    private void answering() throws IOException {
        if (!haproxy.alive()) {
            throw new IOException("nobody answers");
        }
    }

    @Override
    public ProcessInfo info() throws IOException {
        answering();
        return new ProcessInfo(VERSION, haproxy.pid(), Map.of());
    }

    @Override
    public Map<MapName, ConfigPath> maps() throws IOException {
        answering();
        Map<MapName, ConfigPath> maps = new EnumMap<>(MapName.class);
        for (MapName map : MapName.values()) {
            maps.put(map, map.in(path(haproxy.file())));
        }
        return maps;
    }

    @Override
    public Outcome execute(List<Step> steps, ConfigPath maps, Capabilities capabilities)
            throws IOException {
        answering();
        Outcome outcome = new Outcome(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        for (Step step : steps) {
            switch (haproxy.execute(step)) {
                case DONE -> outcome.done().add(step);
                case REFUSED -> outcome.refused().add(new Refusal(step, "refused"));
                case STILL_IN_USE -> {
                    if (step instanceof Step.DeleteServer delete) {
                        outcome.lingering().add(delete);
                    }
                }
            }
        }
        return outcome;
    }

    @Override
    public List<LiveServer> servers(String backend, Running known) throws IOException {
        answering();
        return said(known, backend, haproxy.servers(backend));
    }

    @Override
    public Map<String, List<LiveServer>> servers(Running known) throws IOException {
        answering();
        Map<String, List<LiveServer>> all = new TreeMap<>();
        haproxy.allServers()
                .forEach((backend, found) -> all.put(backend, said(known, backend, found)));
        return all;
    }

    @Override
    public Map<String, String> entries(ConfigPath map) throws IOException {
        answering();
        for (MapName name : MapName.values()) {
            if (map.value().endsWith("/" + name.fileName())) {
                return haproxy.entries(name);
            }
        }
        throw new IllegalArgumentException("no map: " + map);
    }

    /** What HAProxy tells of its servers; the rest is taken from what is known. */
    private static List<LiveServer> said(
            Running known, String backend, Collection<LiveServer> found) {
        return found.stream()
                .map(
                        live -> {
                            LiveServer before = known.server(backend, live.name());
                            LiveServer told =
                                    new LiveServer(
                                            live.name(),
                                            live.id(),
                                            live.address(),
                                            live.port(),
                                            live.weight(),
                                            live.enabled(),
                                            LiveServer.UNKNOWN_OPTIONS,
                                            LiveServer.UNKNOWN_RUN);
                            return before == null ? told : told.completedBy(before);
                        })
                .toList();
    }
}
