package io.signalbox.registry.core.dialect;

import io.signalbox.schemas.Container;
import io.signalbox.schemas.Container.Health;
import io.signalbox.schemas.Container.NetworkMode;
import io.signalbox.schemas.Container.State;
import io.signalbox.schemas.Dialect;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Native labels of something that is no container: its service and port are known otherwise. */
public final class EndpointLabels {
    private static final String SERVICE = SignalboxKeys.PREFIX + SignalboxKeys.SERVICE;
    private static final String PORT = SignalboxKeys.PREFIX + SignalboxKeys.PORT;
    private static final String ENABLE = SignalboxKeys.PREFIX + SignalboxKeys.ENABLE;

    /** Labels that say what is known otherwise, or that an endpoint has none of. */
    public static final Set<String> NOT_TAKEN =
            Set.copyOf(
                    new TreeSet<>(
                            List.of(SERVICE, PORT, SignalboxKeys.PREFIX + SignalboxKeys.NETWORK)));

    private EndpointLabels() {}

    /**
     * What they declare. Without a route the service is known all the same, and what others route
     * to it comes to this endpoint too.
     *
     * @param labels native ones, none of {@link #NOT_TAKEN}
     * @param dialect what they are said in
     */
    public static Declared declare(
            String service, int port, Map<String, String> labels, Dialect dialect) {
        Map<String, String> all = new TreeMap<>(labels);
        all.putIfAbsent(ENABLE, "true");
        all.put(SERVICE, service);
        all.put(PORT, Integer.toString(port));
        return SignalboxDialect.declare(container(service), all, dialect);
    }

    /** The picture of nothing but a name. */
    static Container container(String service) {
        return new Container(
                "",
                service,
                "",
                State.RUNNING,
                Health.NONE,
                null,
                null,
                0,
                false,
                new NetworkMode(NetworkMode.Kind.NETWORKS, ""),
                List.of(),
                List.of(),
                List.of(),
                Map.of(),
                Map.of(),
                0);
    }
}
