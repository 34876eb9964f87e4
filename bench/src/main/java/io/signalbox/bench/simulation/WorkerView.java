package io.signalbox.bench.simulation;

import io.signalbox.applier.core.Adoption;
import io.signalbox.applier.core.LiveServer;
import io.signalbox.applier.core.Running;
import io.signalbox.applier.core.Saved;
import io.signalbox.applier.core.Step;
import io.signalbox.haproxy.MapName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The worker that serves as its applier knows it: what it says, and {@link Running}. One thread.
 */
final class WorkerView {
    private final Haproxy haproxy;
    private final Disk disk;
    private @Nullable Running running;
    private long pid = -1;

    WorkerView(Haproxy haproxy, Disk disk) {
        this.haproxy = haproxy;
        this.disk = disk;
    }

    /**
     * What became of some steps.
     *
     * @param lingering deletions of servers that still have connections
     */
    record Outcome(List<Step> done, List<Step.DeleteServer> lingering, List<Step> refused) {}

    boolean known() {
        return running != null;
    }

    void forget() {
        running = null;
    }

    Running running() {
        Running now = running;
        if (now == null) {
            throw new IllegalStateException("the worker's state is not known");
        }
        return now;
    }

    /** Whether the worker that answers is the one that is known. */
    boolean isSame() {
        return haproxy.pid() == pid;
    }

    long pid() {
        return pid;
    }

    /** A worker was just started with that. */
    void started(Saved saved) {
        pid = haproxy.pid();
        Running fresh = saved.started();
        running = fresh;
        SortedMap<String, List<LiveServer>> found = haproxy.allServers();
        for (String backend : fresh.loaded().backends().keySet()) {
            List<LiveServer> said = said(backend, found.getOrDefault(backend, List.of()));
            if (differs(backend, said)) {
                fresh.observe(backend, said);
            }
        }
    }

    /** Gets to know the worker that answers; false if it is not known what it was started with. */
    boolean adopt(Saved last) {
        pid = haproxy.pid();
        Saved started = disk.read(haproxy.file()).orElse(null);
        if (started == null) {
            return false;
        }
        Map<MapName, Map<String, String>> maps = new EnumMap<>(MapName.class);
        for (MapName map : MapName.values()) {
            maps.put(map, haproxy.entries(map));
        }
        Running fresh = started.started();
        Map<String, List<LiveServer>> servers = new TreeMap<>();
        haproxy.allServers()
                .forEach((backend, found) -> servers.put(backend, said(fresh, backend, found)));
        running = Adoption.running(started, last, servers, maps);
        return true;
    }

    Outcome execute(List<Step> steps) {
        Outcome outcome = new Outcome(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        for (Step step : steps) {
            switch (haproxy.execute(step)) {
                case DONE -> outcome.done().add(step);
                case REFUSED -> outcome.refused().add(step);
                case STILL_IN_USE -> {
                    if (step instanceof Step.DeleteServer delete) {
                        outcome.lingering().add(delete);
                    }
                }
            }
        }
        outcome.done().forEach(running()::apply);
        return outcome;
    }

    /** Reads these backends back; answers those that are not as they were believed to be. */
    Set<String> readBack(Collection<String> backends) {
        Set<String> differing = new TreeSet<>();
        for (String backend : backends) {
            List<LiveServer> said = said(backend, haproxy.servers(backend));
            if (differs(backend, said)) {
                differing.add(backend);
                running().observe(backend, said);
            }
        }
        return differing;
    }

    /** Reads a map back; answers whether it was not as it was believed to be. */
    boolean readBack(MapName map) {
        Map<String, String> found = haproxy.entries(map);
        if (found.equals(running().entries(map))) {
            return false;
        }
        running().observe(map, found);
        return true;
    }

    private boolean differs(String backend, List<LiveServer> said) {
        return !said.equals(List.copyOf(running().servers(backend).values()));
    }

    private List<LiveServer> said(String backend, Collection<LiveServer> found) {
        return said(running(), backend, found);
    }

    /** What HAProxy tells of its servers; the rest is taken from what is known. */
    private static List<LiveServer> said(
            Running known, String backend, Collection<LiveServer> found) {
        return found.stream()
                .map(
                        live -> {
                            LiveServer before = known.server(backend, live.name());
                            return new LiveServer(
                                    live.name(),
                                    live.id(),
                                    live.address(),
                                    live.port(),
                                    live.weight(),
                                    live.enabled(),
                                    before == null ? LiveServer.UNKNOWN_OPTIONS : before.options(),
                                    before == null ? LiveServer.UNKNOWN_RUN : before.run());
                        })
                .sorted(Comparator.comparing(LiveServer::name))
                .toList();
    }
}
