package io.signalbox.registry.core.translate.traefik;

import io.signalbox.registry.core.translate.Translation;
import io.signalbox.registry.core.translate.Translation.Line;
import io.signalbox.registry.core.translate.Translator;
import io.signalbox.schemas.Container;
import io.signalbox.schemas.Dialect;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Labels of Traefik 2 and 3. A container speaks them if it has a router, a service or {@code
 * traefik.enable=true}; Traefik's own rule for containers without one is followed only where that
 * is said. What a router cannot do without, such as a guard, and cannot have here closes it.
 */
public final class TraefikTranslator implements Translator {
    private static final int MOST_ROUTERS = 100;
    private static final String ENABLE = "traefik.enable";
    private static final String ROUTED = "its routers make it a service";
    private static final String UNUSED = "nothing that is served uses it";

    @Override
    public Dialect dialect() {
        return Dialect.TRAEFIK;
    }

    @Override
    public Optional<Translation> translate(Container container) {
        Translation.Builder made = new Translation.Builder(Dialect.TRAEFIK);
        TraefikLabels labels = TraefikLabels.of(container.labels(), made);
        Optional<Said> enable = labels.container().get("enable");
        boolean silent =
                labels.routers().isEmpty()
                        && labels.services().isEmpty()
                        && labels.tcpRouters().isEmpty()
                        && !labels.hasOther()
                        && enable.isEmpty();
        if (silent || enable.filter(Said::isFalse).isPresent()) {
            return Optional.empty();
        }
        boolean enabled = enable.filter(Said::isTrue).isPresent();
        if (enable.isPresent() && !enabled) {
            String rule = "it is 'true' or 'false'; nothing is served";
            made.refuse(enable.get().key(), enable.get().value(), "bad-boolean", rule, null);
        } else if (!labels.isClosed()) {
            // A container of connections alone has no default rule for requests.
            boolean connections = labels.routers().isEmpty() && !labels.tcpRouters().isEmpty();
            boolean standard = enabled && !connections;
            routers(container, labels, standard ? enable : Optional.empty(), made);
            new Connections(container, labels, made).read();
        }
        rest(labels, made);
        return Optional.of(made.build());
    }

    private static void routers(
            Container container,
            TraefikLabels labels,
            Optional<Said> enable,
            Translation.Builder made) {
        NativeSets sets = new NativeSets(container, labels, made);
        Optional<Said> standard =
                enable.map(
                        said ->
                                new Said(
                                        said.key(),
                                        "Host(`" + DefaultNames.host(container) + "`)"));
        int count = 0;
        for (Map.Entry<String, Props> entry : labels.routers().entrySet()) {
            Props props = entry.getValue();
            Optional<Said> rule = props.get("rule").or(() -> standard);
            if (rule.isEmpty()) {
                first(labels, entry.getKey())
                        .ifPresent(said -> without(said, "a router has a rule", made));
            } else if (++count > MOST_ROUTERS) {
                String limit = "a container has at most " + MOST_ROUTERS + " routers";
                made.refuse(rule.get().key(), rule.get().value(), "too-many", limit, null);
            } else {
                sets.add(new Router(entry.getKey(), props, rule.get(), labels, made));
            }
        }
        if (labels.routers().isEmpty() && standard.isPresent()) {
            sets.add(new Router("default-rule", new Props(), standard.get(), labels, made));
        } else if (labels.routers().isEmpty()) {
            labels.services().values().stream()
                    .flatMap(props -> props.beginning("").stream())
                    .forEach(said -> without(said, "nothing leads to it without a router", made));
        }
    }

    private static void without(Said said, String rule, Translation.Builder made) {
        String whole = rule + ", or traefik.enable=true for Traefik's default host";
        made.refuse(said.key(), said.value(), "not-enabled", whole, "traefik.enable=true");
    }

    private static Optional<Said> first(TraefikLabels labels, String router) {
        return labels.all().stream()
                .filter(said -> said.key().split("\\.", 5).length == 5)
                .filter(said -> said.key().split("\\.", 5)[3].equals(router))
                .findFirst();
    }

    /** What became of nothing is said so. */
    private static void rest(TraefikLabels labels, Translation.Builder made) {
        Set<String> told = new HashSet<>();
        for (Line line : made.build().lines()) {
            told.add(line.key());
        }
        for (Said said : labels.all()) {
            if (!told.contains(said.key())) {
                boolean served = said.key().equalsIgnoreCase(ENABLE) && said.isTrue();
                made.notNeeded(said.key(), said.value(), served ? ROUTED : UNUSED);
            }
        }
    }
}
