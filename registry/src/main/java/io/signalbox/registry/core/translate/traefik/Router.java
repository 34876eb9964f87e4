package io.signalbox.registry.core.translate.traefik;

import io.signalbox.registry.core.translate.Translation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What one router becomes: routes, and the labels of a service. One thread. */
final class Router {
    private static final Pattern NUMBER = Pattern.compile("-?\\d{1,18}");
    private static final int MOST_PRIORITY = 1_000_000;

    private final String name;
    private final Props props;
    private final TraefikLabels labels;
    private final Draft policy;
    private final List<SortedMap<String, String>> routes = new ArrayList<>();
    private final Said rule;
    private @Nullable String service;

    /**
     * Reads it.
     *
     * @param rule its rule, or what stands for it
     */
    Router(String name, Props props, Said rule, TraefikLabels labels, Translation.Builder made) {
        this.name = name;
        this.props = props;
        this.rule = rule;
        this.labels = labels;
        this.policy = new Draft(made);
        read();
    }

    String name() {
        return name;
    }

    boolean isClosed() {
        return policy.isClosed();
    }

    /** Labels of the service that it needs. */
    Draft policy() {
        return policy;
    }

    /** The service that it names, or the only one that there is; null for the container's own. */
    @Nullable String service() {
        return service;
    }

    /** The label by which it names its service. */
    Optional<Said> serviceLabel() {
        return props.get("service");
    }

    /** The words of each native route, without those that all of them have. */
    List<SortedMap<String, String>> routes() {
        return routes;
    }

    /** Where its routes and its service's name come from. */
    Said rule() {
        return rule;
    }

    private void read() {
        String reason = props.closed();
        if (reason != null) {
            policy.close(rule, "unsafe-router", "the router is not served: " + reason, null);
            return;
        }
        readRule();
        readService();
        Middlewares.follow(labels.middlewares(), props.list("middlewares"), policy);
    }

    private void readRule() {
        try {
            for (List<Condition> one : NormalForm.of(RuleParser.parse(rule.value()))) {
                RouteWords.of(one).ifPresent(routes::add);
            }
            if (routes.isEmpty()) {
                policy.close(rule, "bad-rule", "no request can fit it", null);
            }
        } catch (RuleProblem problem) {
            policy.close(rule, "bad-rule", problem.reason() + "; it is not served", null);
        }
    }

    private void readService() {
        Optional<Said> said = props.get("service");
        String meant;
        if (said.isPresent()) {
            meant = Middlewares.local(said.get().value().strip());
            if (meant == null || !labels.services().containsKey(meant)) {
                String rule = "this container defines no such service; the router is not served";
                policy.close(said.get(), "unknown-service", rule, null);
                return;
            }
        } else if (labels.services().size() > 1) {
            String rule = "the container has several services; the router is not served";
            policy.close(
                    this.rule, "no-service", rule, "traefik.http.routers." + name + ".service");
            return;
        } else {
            meant = labels.services().isEmpty() ? null : labels.services().firstKey();
        }
        service = meant;
        Props of = meant == null ? null : labels.services().get(meant);
        if (of == null) {
            return;
        }
        String closed = of.closed();
        if (closed == null) {
            ServiceLabels.of(of, policy);
        } else {
            policy.close(rule, "unsafe-service", "its service is not served: " + closed, null);
        }
    }

    /** Says what all of its routes have, for each of them. */
    void say(Draft draft, String route, Map<String, String> words) {
        String prefix = "signalbox.routes." + route + ".";
        words.forEach((word, value) -> draft.put(prefix + word, value, rule));
        List<Said> entryPoints = props.list("entrypoints");
        String names = String.join(",", Props.values(entryPoints));
        if (!names.isEmpty()) {
            draft.put(prefix + "entrypoint", names, entryPoints);
        }
        tls(draft, prefix);
        props.get("priority").ifPresent(said -> priority(said, draft, prefix));
    }

    private void tls(Draft draft, String prefix) {
        Optional<Said> tls = props.get("tls");
        if (tls.filter(Said::isFalse).isPresent()) {
            tls.ifPresent(one -> draft.notNeeded(one, "a route takes both schemes unless asked"));
            return;
        }
        List<Said> all = new ArrayList<>(props.beginning("tls"));
        if (!all.isEmpty()) {
            draft.put(prefix + "scheme", "https", all);
        }
    }

    private void priority(Said said, Draft draft, String prefix) {
        String text = said.value().strip();
        if (!NUMBER.matcher(text).matches()) {
            draft.refuse(said, "bad-priority", "it is a whole number", null);
            return;
        }
        long priority = Long.parseLong(text);
        if (priority > rule.value().length()) {
            String kept = Long.toString(Math.min(priority, MOST_PRIORITY));
            draft.put(prefix + "priority", kept, said);
        } else if (priority == 0 || routes.stream().allMatch(RouteWords::isAny)) {
            draft.notNeeded(said, "the more specific route goes first anyway");
        } else {
            draft.refuse(
                    said,
                    "low-priority",
                    "it is not above the rule's length: a route cannot go behind less specific"
                            + " ones",
                    null);
        }
    }
}
