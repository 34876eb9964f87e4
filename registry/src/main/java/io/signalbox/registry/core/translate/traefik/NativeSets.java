package io.signalbox.registry.core.translate.traefik;

import io.signalbox.registry.core.translate.Translation;
import io.signalbox.schemas.Container;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;

/**
 * The native services of a container. Routers of one service whose middlewares agree share one; of
 * the others each has one of its own, called {@code <service>.<router>}. One thread.
 */
final class NativeSets {
    private static final int MOST_ROUTES = 100;

    private final Container container;
    private final TraefikLabels labels;
    private final Translation.Builder made;
    private final Map<String, NativeSet> sets = new LinkedHashMap<>();
    private int routes;

    /**
     * One of them.
     *
     * @param base the service's name without that of a router
     * @param policy its labels that are no routes
     * @param names of its routes
     */
    private record NativeSet(String base, Map<String, String> policy, Set<String> names) {}

    NativeSets(Container container, TraefikLabels labels, Translation.Builder made) {
        this.container = container;
        this.labels = labels;
        this.made = made;
    }

    /** Says all that a router becomes, if it is served. */
    void add(Router router) {
        if (router.isClosed()) {
            return;
        }
        routes += router.routes().size();
        if (routes > MOST_ROUTES) {
            String rule = "the rules of a container have at most " + MOST_ROUTES + " alternatives";
            made.refuse(router.rule().key(), router.rule().value(), "too-many", rule, null);
            return;
        }
        String name = name(router);
        NativeSet set = sets.get(name);
        Set<String> names = set == null ? new HashSet<>() : set.names();
        router.policy().say(name);
        Draft draft = new Draft(made);
        Optional<Said> service = source(router, name);
        service.ifPresent(said -> draft.put("signalbox.service", name, said));
        network().ifPresent(said -> draft.put("signalbox.network", said.value().strip(), said));
        for (SortedMap<String, String> words : router.routes()) {
            router.say(draft, unused(router.name(), names), words);
        }
        draft.say(name);
    }

    private String name(Router router) {
        String given = router.service();
        String base = given == null ? DefaultNames.service(container) : given;
        Map<String, String> policy = router.policy().labels();
        for (Map.Entry<String, NativeSet> entry : sets.entrySet()) {
            NativeSet set = entry.getValue();
            if (set.base().equals(base) && set.policy().equals(policy)) {
                return entry.getKey();
            }
        }
        String name =
                sets.containsKey(base) ? base + "." + DefaultNames.plain(router.name()) : base;
        for (int count = 2; sets.containsKey(name); count++) {
            name = base + "." + DefaultNames.plain(router.name()) + "-" + count;
        }
        sets.put(name, new NativeSet(base, policy, new HashSet<>()));
        return name;
    }

    /** What names the service; empty where it has the container's own name anyway. */
    private Optional<Said> source(Router router, String name) {
        if (name.equals(DefaultNames.service(container))) {
            return Optional.empty();
        }
        Props service = labels.services().get(router.service() == null ? "" : router.service());
        return router.serviceLabel()
                .or(() -> service == null ? Optional.empty() : service.first())
                .or(() -> Optional.of(router.rule()));
    }

    private Optional<Said> network() {
        return labels.container()
                .get("docker.network")
                .or(() -> labels.container().get("swarm.network"));
    }

    private static String unused(String router, Set<String> names) {
        String base = DefaultNames.plain(router);
        String name = base.equals("default") ? "default-1" : base;
        for (int count = 2; names.contains(name); count++) {
            name = base + "-" + count;
        }
        names.add(name);
        return name;
    }
}
