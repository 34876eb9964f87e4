package io.signalbox.applier.core.disk;

import io.signalbox.applier.core.plan.LiveServer;
import io.signalbox.applier.core.plan.Loaded;
import io.signalbox.applier.core.plan.Running;
import io.signalbox.applier.core.plan.WantedService;
import io.signalbox.haproxy.Capabilities;
import io.signalbox.haproxy.MapName;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What is known of a worker that somebody else started or served before. */
public final class Adoption {
    private Adoption() {}

    /**
     * The worker as read back, completed by what was last saved: which start of an application each
     * server is for, and with which options it was added, HAProxy does not tell.
     *
     * @param started what the worker was started with
     * @param saved what was saved last, by the applier that served it
     * @param capabilities what the worker can do
     */
    public static Running running(
            Saved started,
            Saved saved,
            Capabilities capabilities,
            Map<String, List<LiveServer>> servers,
            Map<MapName, Map<String, String>> maps) {
        Map<String, LiveServer> known = new HashMap<>();
        for (WantedService service : saved.wanted().services().values()) {
            FileServers.of(service, saved.quiet())
                    .forEach(server -> known.put(server.name(), server));
        }
        Running running = new Running(Loaded.of(started.wanted()), capabilities);
        maps.forEach(running::observe);
        servers.forEach(
                (backend, found) -> {
                    if (running.loaded().backends().containsKey(backend)) {
                        running.observe(
                                backend,
                                found.stream().map(live -> complete(live, known)).toList());
                    }
                });
        return running;
    }

    private static LiveServer complete(LiveServer live, Map<String, LiveServer> known) {
        LiveServer before = known.get(live.name());
        return before == null ? live : live.completedBy(before);
    }
}
