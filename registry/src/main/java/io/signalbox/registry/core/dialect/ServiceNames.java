package io.signalbox.registry.core.dialect;

import io.signalbox.schemas.Container;
import java.util.Map;

/** How a container's service is called if nobody names it. */
public final class ServiceNames {
    private static final String COMPOSE_PROJECT = "com.docker.compose.project";
    private static final String COMPOSE_SERVICE = "com.docker.compose.service";
    private static final String SWARM_SERVICE = "com.docker.swarm.service.name";

    private ServiceNames() {}

    /** Compose's {@code project.service}, Swarm's service, else the container's name. */
    public static String standard(Container container) {
        Map<String, String> all = container.labels();
        String project = all.get(COMPOSE_PROJECT);
        String service = all.get(COMPOSE_SERVICE);
        if (project != null && service != null) {
            return project + "." + service;
        }
        return all.getOrDefault(SWARM_SERVICE, container.name());
    }
}
