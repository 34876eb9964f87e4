package io.signalbox.applier.core.disk;

import io.signalbox.applier.core.plan.BackendNames;
import io.signalbox.applier.core.plan.Loaded;
import io.signalbox.applier.core.plan.Running;
import io.signalbox.applier.core.plan.Step;
import io.signalbox.applier.core.plan.Version;
import io.signalbox.applier.core.plan.Wanted;
import io.signalbox.applier.core.plan.WantedService;
import io.signalbox.haproxy.Capabilities;
import io.signalbox.haproxy.MapName;
import io.signalbox.haproxy.OptionsMap;
import io.signalbox.haproxy.RouteValue;
import io.signalbox.haproxy.Routes;
import java.util.Collections;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;

/**
 * A configuration as it lies on disk: what HAProxy was or would be started with.
 *
 * @param topicId the topic that the version counts in; empty if it is not known
 * @param quiet the servers that stand in the file in maintenance, because their application has not
 *     answered yet
 */
public record Saved(Wanted wanted, String topicId, NavigableSet<String> quiet) {
    public Saved {
        quiet = Collections.unmodifiableNavigableSet(new TreeSet<>(quiet));
    }

    /** The same from any set. */
    public static Saved of(Wanted wanted, String topicId, Set<String> quiet) {
        return new Saved(wanted, topicId, new TreeSet<>(quiet));
    }

    private static Step version(String key, long number) {
        return new Step.AddEntry(MapName.VERSION, key, Long.toString(number));
    }

    private static void add(Running running, MapName map, String key, String value) {
        running.apply(new Step.AddEntry(map, key, value));
    }

    /**
     * What a worker that was just started with this holds.
     *
     * @param capabilities what the worker can do
     */
    public Running started(Capabilities capabilities) {
        Running running = new Running(Loaded.of(wanted), capabilities);
        for (WantedService service : wanted.services().values()) {
            String backend = BackendNames.own(service.name());
            running.observe(backend, FileServers.of(service, quiet));
            running.apply(new Step.AddEntry(MapName.SERVICES, service.name(), backend));
        }
        Routes routes = WantedService.routes(wanted.services());
        routes.tcp().forEach((key, value) -> add(running, MapName.TCP, key, value));
        routes.entries(RouteValue.isRanked(wanted.frame().sections()))
                .forEach((key, value) -> add(running, MapName.ROUTES, key, value));
        routes.splitEntries().forEach((key, value) -> add(running, MapName.SPLITS, key, value));
        if (OptionsMap.isRead(wanted.frame().sections())) {
            wanted.services()
                    .forEach(
                            (name, service) ->
                                    OptionsMap.value(service.live())
                                            .ifPresent(
                                                    value ->
                                                            add(
                                                                    running,
                                                                    MapName.OPTIONS,
                                                                    name,
                                                                    value)));
        }
        Version version = wanted.version();
        running.apply(version(MapName.EPOCH, version.epoch()));
        running.apply(version(MapName.GENERATION, version.generation()));
        return running;
    }
}
