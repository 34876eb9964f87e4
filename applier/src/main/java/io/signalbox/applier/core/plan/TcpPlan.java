package io.signalbox.applier.core.plan;

import io.signalbox.applier.core.plan.Step.AddEntry;
import io.signalbox.applier.core.plan.Step.DeleteEntry;
import io.signalbox.applier.core.plan.Step.OfEntry;
import io.signalbox.applier.core.plan.Step.SetEntry;
import io.signalbox.haproxy.MapName;
import io.signalbox.haproxy.Route;
import io.signalbox.haproxy.TcpKey;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Plans where connections lead, in a worker whose frame leads any. One thread, for one plan. */
final class TcpPlan {
    private final Wanted wanted;
    private final Running running;
    private final Predicate<String> served;
    private final List<OfEntry> routes = new ArrayList<>();
    private final List<OfEntry> takenBack = new ArrayList<>();
    private final Set<String> routed = new HashSet<>();

    /**
     * @param served whether a service has a backend, or gets one by the same plan
     */
    TcpPlan(Wanted wanted, Running running, Predicate<String> served) {
        this.wanted = wanted;
        this.running = running;
        this.served = served;
    }

    /** What is to be in the map. */
    List<OfEntry> routes() {
        return routes;
    }

    /** What leads nowhere any more. */
    List<OfEntry> takenBack() {
        return takenBack;
    }

    /** Plans for these services. */
    void plan(Set<String> touched) {
        if (!running.loaded().leadsConnections()) {
            return;
        }
        for (String name : touched) {
            WantedService service = wanted.services().get(name);
            if (service != null && served.test(name)) {
                keys(service).stream().filter(routed::add).forEach(key -> lead(key, name));
            }
        }
        for (String name : touched) {
            Set<String> keep = keys(wanted.services().get(name));
            for (String key : running.tcpOf(name)) {
                if (!keep.contains(key) && !routed.contains(key)) {
                    takenBack.add(new DeleteEntry(MapName.TCP, key));
                }
            }
        }
    }

    private void lead(String key, String service) {
        String now = running.entries(MapName.TCP).get(key);
        if (now == null) {
            routes.add(new AddEntry(MapName.TCP, key, service));
        } else if (!now.equals(service)) {
            routes.add(new SetEntry(MapName.TCP, key, service));
        }
    }

    private static Set<String> keys(@Nullable WantedService service) {
        Set<String> keys = new HashSet<>();
        if (service != null) {
            for (Route route : service.routes()) {
                route.tcpKey().map(TcpKey::text).ifPresent(keys::add);
            }
        }
        return keys;
    }
}
