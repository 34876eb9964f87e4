package io.signalbox.applier;

import io.signalbox.applier.Deployment.Deployed;
import io.signalbox.applier.WorkerLink.Outcome;
import io.signalbox.applier.core.Adoption;
import io.signalbox.applier.core.LiveServer;
import io.signalbox.applier.core.Running;
import io.signalbox.applier.core.Saved;
import io.signalbox.applier.core.Step;
import io.signalbox.haproxy.Capabilities;
import io.signalbox.haproxy.ConfigPath;
import io.signalbox.haproxy.HaproxyVersion;
import io.signalbox.haproxy.MapName;
import io.signalbox.haproxy.ProcessInfo;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The worker that serves, as far as it is known: which one it is, what it was started with, and
 * what it holds. Owned by the loop.
 */
final class Worker {
    private final WorkerLink link;
    private @Nullable Running running;
    private @Nullable Path directory;
    private HaproxyVersion version;
    private String textHash = "";
    private Set<MapName> loaded = Set.of();
    private long pid = -1;

    /** Nothing is known yet but the version that will be started. */
    Worker(WorkerLink link, HaproxyVersion version) {
        this.link = link;
        this.version = version;
    }

    /** Whether its state is known, so that it can be changed. */
    boolean known() {
        return running != null;
    }

    /** Its state must be read again before anything is changed. */
    void forget() {
        running = null;
    }

    /** What it holds. */
    Running running() {
        Running now = running;
        if (now == null) {
            throw new IllegalStateException("the worker's state is not known");
        }
        return now;
    }

    /** Its version. */
    HaproxyVersion version() {
        return version;
    }

    /** What it can do. */
    Capabilities capabilities() {
        return version.capabilities();
    }

    /** The directory of the configuration that it was started with. */
    Path directory() {
        Path known = directory;
        if (known == null) {
            throw new IllegalStateException("the worker's configuration is not known");
        }
        return known;
    }

    /** SHA-256 of the configuration that it was started with, in hex; empty if it is not known. */
    String textHash() {
        return textHash;
    }

    /** The maps that it has: those that its configuration names. */
    Set<MapName> maps() {
        return loaded;
    }

    /** Its process id; -1 if it is not known. */
    long pid() {
        return pid;
    }

    /** The process id of the worker that answers now. */
    long answeringPid() throws IOException {
        return link.info().pid();
    }

    /** A worker was just started with that configuration. */
    void started(Deployed deployed) throws IOException {
        identify();
        directory = deployed.path();
        textHash = deployed.textHash();
        loaded = Set.copyOf(link.maps().keySet());
        Running fresh = deployed.saved().started();
        running = fresh;
        readBackAll(fresh);
    }

    /**
     * Gets to know the worker that answers.
     *
     * @param deployment where the configuration it was started with lies
     * @param saved what was saved last
     * @return false if it is not known what it was started with
     */
    boolean adopt(Deployment deployment, Saved saved) throws IOException {
        identify();
        Map<MapName, Path> files = link.maps();
        Path services = files.get(MapName.SERVICES);
        Path from = services == null ? null : services.getParent();
        Optional<Saved> started = from == null ? Optional.empty() : deployment.read(from);
        if (from == null || started.isEmpty()) {
            return false;
        }
        Map<MapName, Map<String, String>> maps = new EnumMap<>(MapName.class);
        for (Map.Entry<MapName, Path> file : files.entrySet()) {
            maps.put(file.getKey(), link.entries(new ConfigPath(file.getValue().toString())));
        }
        loaded = Set.copyOf(files.keySet());
        Map<String, List<LiveServer>> servers = link.servers(started.get().started());
        directory = from;
        running = Adoption.running(started.get(), saved, servers, maps);
        return true;
    }

    private void identify() throws IOException {
        ProcessInfo info = link.info();
        version = info.version();
        pid = info.pid();
    }

    /** Carries steps out and takes over what was done. */
    Outcome execute(List<Step> steps) throws IOException, InterruptedException {
        Outcome outcome = link.execute(steps, mapsDirectory(), capabilities());
        outcome.done().forEach(running()::apply);
        return outcome;
    }

    private ConfigPath mapsDirectory() {
        return new ConfigPath(directory().toString());
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
        Map<String, String> found = link.entries(map.in(mapsDirectory()));
        if (found.equals(running().entries(map))) {
            return false;
        }
        running().observe(map, found);
        return true;
    }
}
