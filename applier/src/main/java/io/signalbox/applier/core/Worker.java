package io.signalbox.applier.core;

import io.signalbox.applier.core.Link.Outcome;
import io.signalbox.applier.core.disk.Adoption;
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
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The worker that serves, as far as it is known: which one it is, what it was started with, and
 * what it holds. One owner thread.
 */
public final class Worker {
    private final Link link;
    private @Nullable Running running;
    private @Nullable ConfigPath directory;
    private HaproxyVersion version;
    private String textHash = "";
    private SortedSet<MapName> loaded = Collections.emptySortedSet();
    private long pid = -1;

    /** Nothing is known yet but the version that will be started. */
    public Worker(Link link, HaproxyVersion version) {
        this.link = link;
        this.version = version;
    }

    /** Whether its state is known, so that it can be changed. */
    public boolean known() {
        return running != null;
    }

    /** Its state must be read again before anything is changed. */
    public void forget() {
        running = null;
    }

    /** What it holds. */
    public Running running() {
        Running now = running;
        if (now == null) {
            throw new IllegalStateException("the worker's state is not known");
        }
        return now;
    }

    /** Its version. */
    public HaproxyVersion version() {
        return version;
    }

    /** What it can do. */
    public Capabilities capabilities() {
        return version.capabilities();
    }

    /** The directory of the configuration that it was started with. */
    ConfigPath directory() {
        ConfigPath known = directory;
        if (known == null) {
            throw new IllegalStateException("the worker's configuration is not known");
        }
        return known;
    }

    /** SHA-256 of the configuration that it was started with, in hex; empty if it is not known. */
    public String textHash() {
        return textHash;
    }

    /** The maps that it has, always in the same order: those that its configuration names. */
    public SortedSet<MapName> maps() {
        return Collections.unmodifiableSortedSet(loaded);
    }

    /** Its process id; -1 if it is not known. */
    public long pid() {
        return pid;
    }

    /** The process id of the worker that answers now. */
    public long answeringPid() throws IOException {
        return link.info().pid();
    }

    /** A worker was just started with that configuration. */
    public void started(Deployed deployed) throws IOException {
        identify();
        directory = deployed.path();
        textHash = deployed.textHash();
        loaded = new TreeSet<>(link.maps().keySet());
        Running fresh = deployed.saved().started(capabilities());
        running = fresh;
        readBackAll(fresh);
    }

    /**
     * Gets to know the worker that answers.
     *
     * @param disk what lies in a directory of the disk
     * @param saved what was saved last
     * @return false if it is not known what it was started with
     */
    boolean adopt(Function<ConfigPath, Optional<Saved>> disk, Saved saved) throws IOException {
        identify();
        Map<MapName, ConfigPath> files = link.maps();
        ConfigPath services = files.get(MapName.SERVICES);
        ConfigPath from = services == null ? null : services.parent();
        Optional<Saved> started = from == null ? Optional.empty() : disk.apply(from);
        if (from == null || started.isEmpty()) {
            return false;
        }
        Map<MapName, Map<String, String>> maps = new EnumMap<>(MapName.class);
        for (Map.Entry<MapName, ConfigPath> file : files.entrySet()) {
            maps.put(file.getKey(), link.entries(file.getValue()));
        }
        loaded = new TreeSet<>(files.keySet());
        Map<String, List<LiveServer>> servers = link.servers(started.get().started(capabilities()));
        directory = from;
        running = Adoption.running(started.get(), saved, capabilities(), servers, maps);
        return true;
    }

    private void identify() throws IOException {
        ProcessInfo info = link.info();
        version = info.version();
        pid = info.pid();
    }

    /** Carries steps out and takes over what was done. */
    Outcome execute(List<Step> steps) throws IOException, InterruptedException {
        Outcome outcome = link.execute(steps, directory(), capabilities());
        outcome.done().forEach(running()::apply);
        return outcome;
    }

    /**
     * Reads back the servers of these backends.
     *
     * @return those that are not as they were believed to be
     */
    Set<String> readBack(Collection<String> backends) throws IOException {
        Set<String> differing = new TreeSet<>();
        for (String backend : backends) {
            observe(backend, link.servers(backend, running()), differing);
        }
        return differing;
    }

    private void readBackAll(Running fresh) throws IOException {
        Map<String, List<LiveServer>> found = link.servers(fresh);
        for (String backend : fresh.loaded().backends().keySet()) {
            observe(backend, found.getOrDefault(backend, List.of()), new TreeSet<>());
        }
    }

    private void observe(String backend, List<LiveServer> found, Set<String> differing) {
        Running now = running();
        List<LiveServer> believed = List.copyOf(now.servers(backend).values());
        List<LiveServer> sorted =
                found.stream().sorted(Comparator.comparing(LiveServer::name)).toList();
        if (!sorted.equals(believed)) {
            differing.add(backend);
            now.observe(backend, found);
        }
    }

    /**
     * Reads back a map.
     *
     * @return whether it was not as it was believed to be
     */
    boolean readBack(MapName map) throws IOException {
        Map<String, String> found = link.entries(map.in(directory()));
        if (found.equals(running().entries(map))) {
            return false;
        }
        running().observe(map, found);
        return true;
    }
}
