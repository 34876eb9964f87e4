package io.signalbox.registry.core.translate.traefik;

import io.signalbox.registry.core.translate.Translation;
import io.signalbox.schemas.Container;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Routers of TCP: the entry points at which connections come, the names that clients ask for, and
 * the port that they go to. Each router has a service of its own, since what its middlewares keep
 * out must not come by another. One thread.
 */
final class Connections {
    private static final int MOST_ROUTERS = 100;
    private static final int MOST_NAMES = 100;
    private static final String ALL = "*";
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]+)*");
    private static final Pattern VERSION = Pattern.compile("[12]");

    private final Container container;
    private final TraefikLabels labels;
    private final Translation.Builder made;

    Connections(Container container, TraefikLabels labels, Translation.Builder made) {
        this.container = container;
        this.labels = labels;
        this.made = made;
    }

    /** Says what all routers become. */
    void read() {
        int count = 0;
        for (Map.Entry<String, Props> entry : labels.tcpRouters().entrySet()) {
            Props props = entry.getValue();
            Optional<Said> first = props.get("rule").or(props::first);
            if (first.isEmpty()) {
                continue;
            }
            if (++count > MOST_ROUTERS) {
                String limit = "a container has at most " + MOST_ROUTERS + " routers";
                made.refuse(first.get().key(), first.get().value(), "too-many", limit, null);
                return;
            }
            Draft draft = new Draft(made);
            router(entry.getKey(), props, first.get(), draft);
            if (!draft.isClosed()) {
                draft.say("tcp " + entry.getKey());
            }
        }
    }

    private void router(String name, Props props, Said first, Draft draft) {
        String reason = props.closed();
        Optional<Said> rule = props.get("rule");
        List<Said> entryPoints = props.list("entrypoints");
        if (reason != null) {
            draft.close(first, "unsafe-router", "the router is not served: " + reason, null);
        } else if (rule.isEmpty()) {
            draft.close(first, "no-rule", "a router of TCP has a rule", null);
        } else if (entryPoints.isEmpty()) {
            String why = "connections come from an entry point, which must be named";
            draft.close(first, "no-entrypoint", why, "signalbox.tcp.<name>.entrypoint");
        } else {
            routes(name, rule.get(), entryPoints, service(name, props, first, draft), draft);
            tls(props, draft);
            middlewares(props, draft);
        }
    }

    private void routes(
            String name, Said rule, List<Said> entryPoints, Target target, Draft draft) {
        List<String> names = new ArrayList<>();
        try {
            names(RuleParser.parse(rule.value()), names);
        } catch (RuleProblem problem) {
            draft.close(rule, "bad-rule", problem.reason() + "; it is not served", null);
            return;
        }
        int number = 1;
        for (String entryPoint : Props.values(entryPoints)) {
            String plain = DefaultNames.plain(name);
            String route = number++ == 1 ? plain : plain + "-" + (number - 1);
            String prefix = "signalbox.tcp." + route + ".";
            draft.put(prefix + "entrypoint", entryPoint, entryPoints);
            if (names.contains(ALL)) {
                draft.put(prefix + "entrypoint", entryPoint, List.of(rule));
            } else {
                draft.put(prefix + "sni", String.join(",", names), List.of(rule));
            }
            draft.put(prefix + "service", target.service(), List.of(target.from()));
            if (target.port() != null) {
                draft.put(prefix + "port", target.port().value().strip(), List.of(target.port()));
            }
        }
    }

    /** Collects the names. */
    private static void names(Rule rule, List<String> names) throws RuleProblem {
        switch (rule) {
            case Rule.Or(Rule left, Rule right) -> {
                names(left, names);
                names(right, names);
            }
            case Rule.Call call when call.word().equals("hostsni") -> {
                for (String name : call.arguments()) {
                    names.add(name.equals(ALL) ? name : checked(name));
                }
                if (names.size() > MOST_NAMES || call.arguments().isEmpty()) {
                    throw new RuleProblem("HostSNI has 1 to " + MOST_NAMES + " names");
                }
            }
            case Rule.Call call ->
                    throw new RuleProblem(call.name() + " is nothing that leads connections here");
            case Rule.And _, Rule.Not _ ->
                    throw new RuleProblem("names lead connections, with || between them");
        }
    }

    private static String checked(String name) throws RuleProblem {
        String bare = name.startsWith("*.") ? name.substring(2) : name;
        if (!NAME.matcher(bare).matches()) {
            throw new RuleProblem("a name is exact, or stands with *. before it");
        }
        return name;
    }

    /** Where a router leads. */
    private record Target(String service, Said from, @Nullable Said port) {}

    private Target service(String name, Props props, Said first, Draft draft) {
        Optional<Said> said = props.get("service");
        String meant =
                said.map(one -> Middlewares.local(one.value().strip()))
                        .or(() -> labels.tcpServices().keySet().stream().findFirst())
                        .orElse("");
        boolean several = said.isEmpty() && labels.tcpServices().size() > 1;
        Props of = labels.tcpServices().get(meant);
        if (several || (said.isPresent() && of == null)) {
            String rule =
                    several
                            ? "the container has several services; the router is not served"
                            : "this container defines no such service; the router is not served";
            draft.close(said.orElse(first), "unknown-service", rule, null);
        }
        Said from = said.or(() -> of == null ? Optional.empty() : of.first()).orElse(first);
        String base = of == null ? DefaultNames.service(container) : meant;
        String service = base + "." + DefaultNames.plain(name);
        if (of == null) {
            return new Target(service, from, null);
        }
        String closed = of.closed();
        if (closed != null) {
            draft.close(from, "unsafe-service", "its service is not served: " + closed, null);
        }
        proxyProtocol(of, draft);
        return new Target(service, from, of.get("loadbalancer.server.port").orElse(null));
    }

    private static void proxyProtocol(Props service, Draft draft) {
        Optional<Said> version = service.get("loadbalancer.proxyprotocol.version");
        Optional<Said> bare = service.get("loadbalancer.proxyprotocol");
        String key = "signalbox.server.proxy-protocol";
        version.ifPresent(
                one -> {
                    if (VERSION.matcher(one.value().strip()).matches()) {
                        draft.put(key, "v" + one.value().strip(), one);
                    } else {
                        draft.close(one, "bad-server", "it is 1 or 2", key);
                    }
                });
        bare.filter(Said::isTrue)
                .filter(_ -> version.isEmpty())
                .ifPresent(one -> draft.put(key, "v2", one));
    }

    private static void tls(Props props, Draft draft) {
        for (Said said : props.beginning("tls")) {
            if (said.key().toLowerCase(java.util.Locale.ROOT).endsWith(".passthrough")) {
                draft.notNeeded(said, "TLS is passed on where the entry point says sni: true");
            } else if (said.key().toLowerCase(java.util.Locale.ROOT).endsWith(".tls")) {
                draft.notNeeded(said, "TLS ends here where the entry point says tls");
            }
        }
    }

    private void middlewares(Props props, Draft draft) {
        List<Said> said = props.list("middlewares");
        for (String written : Props.values(said)) {
            String name = Middlewares.local(written);
            Props of = name == null ? null : labels.tcpMiddlewares().get(name);
            if (of == null || of.closed() != null || of.kinds().size() != 1) {
                close(said, written, "is not defined by this container, or cannot be", draft);
                continue;
            }
            String kind = of.kinds().getFirst();
            switch (kind) {
                case "ipallowlist", "ipwhitelist" -> {
                    if (of.list(kind + ".sourcerange").isEmpty()) {
                        close(said, written, "has no sourcerange", draft);
                    }
                    Guards.allow(of, draft, kind);
                }
                case "inflightconn" -> {}
                default -> close(said, written, "is of a kind that is not known", draft);
            }
        }
        said.stream()
                .filter(_ -> !draft.isClosed())
                .forEach(one -> draft.notNeeded(one, "what it names is followed one by one"));
    }

    private static void close(List<Said> said, String name, String why, Draft draft) {
        String rule = "middleware " + name + " " + why + "; the router is not served without it";
        said.forEach(one -> draft.close(one, "unsafe-middleware", rule, null));
    }
}
