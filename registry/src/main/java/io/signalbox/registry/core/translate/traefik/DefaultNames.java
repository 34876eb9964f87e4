package io.signalbox.registry.core.translate.traefik;

import io.signalbox.schemas.Container;
import java.util.Locale;
import java.util.Map;

/** What services and hosts are called where no label says it. */
final class DefaultNames {
    private static final String PROJECT = "com.docker.compose.project";
    private static final String SERVICE = "com.docker.compose.service";
    private static final String SWARM = "com.docker.swarm.service.name";

    private static final int LONGEST_NAME = 50;

    private DefaultNames() {}

    /** The native name of a container's service. */
    static String service(Container container) {
        Map<String, String> labels = container.labels();
        String project = labels.get(PROJECT);
        String service = labels.get(SERVICE);
        return project != null && service != null
                ? project + "." + service
                : labels.getOrDefault(SWARM, container.name());
    }

    /** The host of Traefik's default rule: for Compose {@code service-project}. */
    static String host(Container container) {
        Map<String, String> labels = container.labels();
        String project = labels.get(PROJECT);
        String service = labels.get(SERVICE);
        String name =
                project != null && service != null
                        ? service + "-" + project
                        : labels.getOrDefault(SWARM, container.name());
        return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
    }

    /** The name in the letters that native names have. */
    static String plain(String name) {
        String plain = name.replaceAll("[^A-Za-z0-9_-]+", "-").replaceAll("^[_-]+", "");
        String some = plain.isEmpty() ? "router" : plain;
        return some.substring(0, Math.min(some.length(), LONGEST_NAME));
    }
}
