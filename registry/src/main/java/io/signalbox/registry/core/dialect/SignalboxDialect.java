package io.signalbox.registry.core.dialect;

import io.signalbox.schemas.Container;
import io.signalbox.schemas.Declaration;
import io.signalbox.schemas.Declaration.Route;
import io.signalbox.schemas.Dialect;
import io.signalbox.schemas.GroupDefinition;
import io.signalbox.schemas.Policy;
import io.signalbox.schemas.Rejection;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The native dialect, {@code signalbox.*}. Opt-in: a container without {@code enable=true} and
 * without a route is no service. What a bad value takes with it: a bad name of a list that name
 * alone; a list without a good name, or any other mistake in what a route asks for, its route; a
 * bad port, service, network or group everything that would use it; a bad {@code enable} all. A bad
 * value of the policy, such as a drain time, takes itself alone; an unknown key takes nothing. So
 * nothing is ever served wider or elsewhere than it was meant, and no request is cut short by
 * mistake.
 */
final class SignalboxDialect {
    private final Container container;
    private final Dialect dialect;
    private final Rejections rejections;
    private final Labels labels;
    private final RouteLabels routes;

    private SignalboxDialect(Container container, Map<String, String> said, Dialect dialect) {
        this.container = container;
        this.dialect = dialect;
        this.rejections = new Rejections();
        this.labels = Labels.of(said, rejections);
        this.routes = new RouteLabels(labels.own(), rejections);
    }

    /** What the container's own labels say. */
    static Declared declare(Container container) {
        return declare(container, container.labels(), Dialect.SIGNALBOX);
    }

    /**
     * What native labels say of a container that has none, or not those.
     *
     * @param dialect what they were translated from
     */
    static Declared declare(Container container, Map<String, String> labels, Dialect dialect) {
        return new SignalboxDialect(container, labels, dialect).declared();
    }

    /**
     * Whether the container's own labels decide what is served of it: by their enable, good or bad,
     * or by a route.
     */
    static boolean decides(Container container) {
        Labels labels = Labels.of(container.labels(), new Rejections());
        return labels.own().containsKey(SignalboxKeys.ENABLE) || labels.hasRoute();
    }

    private Declared declared() {
        String enable = labels.own().get(SignalboxKeys.ENABLE);
        boolean enabled = false;
        if (enable != null) {
            switch (Values.truth(key(SignalboxKeys.ENABLE), enable)) {
                case Parsed.Good<Boolean>(Boolean value) -> {
                    if (!value) {
                        return Declared.NOTHING;
                    }
                    enabled = true;
                }
                case Parsed.Bad<Boolean>(Rejection rejection) -> {
                    rejections.add(rejection);
                    return new Declared(List.of(), rejections.sorted());
                }
            }
        }
        if (!enabled && !labels.hasRoute()) {
            return notEnabled();
        }
        Policy policy = new PolicyLabels(labels.own(), rejections).policy();
        List<Declaration> declarations = new Merge(dialect, policy, rejections).merged(drafts());
        return new Declared(declarations, rejections.sorted());
    }

    private Declared notEnabled() {
        if (!labels.isEmpty()) {
            String key = firstKey();
            String rule = "it makes no service without signalbox.enable=true, a host or a path";
            rejections.add(Rejections.of("not-enabled", key, "", rule, key(SignalboxKeys.ENABLE)));
        }
        return new Declared(List.of(), rejections.sorted());
    }

    /** What stands first of all that was said; something was. */
    private String firstKey() {
        if (!labels.own().isEmpty()) {
            return key(labels.own().firstKey());
        }
        return labels.routes().isEmpty()
                ? TcpKeys.TCP + labels.tcp().firstKey()
                : SignalboxKeys.ROUTES + labels.routes().firstKey();
    }

    private List<Merge.Draft> drafts() {
        List<Merge.Draft> drafts = new ArrayList<>();
        List<Route> fallback = routes.fallback();
        if (Labels.isRoute(labels.own())
                || labels.isFallback()
                || (labels.routes().isEmpty() && labels.tcp().isEmpty())) {
            unnamed(fallback).ifPresent(drafts::add);
        }
        labels.routes().forEach((name, words) -> named(name, words).ifPresent(drafts::add));
        labels.tcp().forEach((name, words) -> tcp(name, words).ifPresent(drafts::add));
        if (!labels.tcp().isEmpty() && !labels.leadsRequests()) {
            new TcpLabels(rejections).reportUnused(labels.own());
        }
        return drafts;
    }

    private Optional<Merge.Draft> unnamed(List<Route> fallback) {
        Optional<String> service = service();
        Optional<Integer> port = port(Map.of(), "");
        Optional<Where> where = where(Map.of(), "");
        List<Route> all = new ArrayList<>();
        if (Labels.isRoute(labels.own())) {
            all.addAll(routes.routes(Names.UNNAMED, labels.own(), SignalboxKeys.PREFIX));
        } else if (!labels.hasRoute()) {
            routes.reportUnused();
        }
        all.addAll(fallback);
        if (service.isEmpty() || port.isEmpty() || where.isEmpty()) {
            return Optional.empty();
        }
        String key = key(SignalboxKeys.SERVICE);
        return Optional.of(new Merge.Draft(key, service.get(), port.get(), where.get(), all));
    }

    private Optional<Merge.Draft> named(String name, SortedMap<String, String> words) {
        String prefix = SignalboxKeys.ROUTES + name + ".";
        if (!Labels.isRoute(words)) {
            String rule = "a route has a host or a path";
            rejections.add(
                    Rejections.of(
                            "no-route", prefix + words.firstKey(), "", rule, prefix + "host"));
            return Optional.empty();
        }
        Optional<Integer> port = port(words, prefix);
        Optional<String> service = service(name, words, prefix, port);
        Optional<Where> where = where(words, prefix);
        List<Route> all = routes.routes(name, words, prefix);
        if (service.isEmpty() || port.isEmpty() || where.isEmpty()) {
            return Optional.empty();
        }
        String key = prefix + SignalboxKeys.SERVICE;
        return Optional.of(new Merge.Draft(key, service.get(), port.get(), where.get(), all));
    }

    /** Connections go to a service of their own: none takes them and requests. */
    private Optional<Merge.Draft> tcp(String name, SortedMap<String, String> words) {
        String prefix = TcpKeys.TCP + name + ".";
        String key = prefix + SignalboxKeys.SERVICE;
        Optional<Integer> port = port(words, prefix);
        String own = words.get(SignalboxKeys.SERVICE);
        Optional<String> service =
                own != null
                        ? kept(Names.name("service", key, own))
                        : service()
                                .flatMap(
                                        base ->
                                                kept(
                                                        Names.name(
                                                                "service",
                                                                key,
                                                                base + "." + name)));
        Optional<Where> where = where(words, prefix);
        List<Route> all = new TcpLabels(rejections).routes(name, words, prefix);
        return service.isEmpty() || port.isEmpty() || where.isEmpty() || all.isEmpty()
                ? Optional.empty()
                : Optional.of(new Merge.Draft(key, service.get(), port.get(), where.get(), all));
    }

    private Optional<String> service(
            String route, Map<String, String> words, String prefix, Optional<Integer> port) {
        String own = words.get(SignalboxKeys.SERVICE);
        if (own != null) {
            return kept(Names.name("service", prefix + SignalboxKeys.SERVICE, own));
        }
        boolean apart = words.containsKey(SignalboxKeys.PORT) && !port.equals(ownPort());
        return apart
                ? service()
                        .flatMap(
                                base ->
                                        kept(
                                                Names.name(
                                                        "service",
                                                        prefix + SignalboxKeys.SERVICE,
                                                        base + "." + route)))
                : service();
    }

    private Optional<String> service() {
        String own = labels.own().get(SignalboxKeys.SERVICE);
        return kept(
                Names.name(
                        "service",
                        key(SignalboxKeys.SERVICE),
                        own == null ? ServiceNames.standard(container) : own));
    }

    private Optional<Integer> port(Map<String, String> words, String prefix) {
        Parsed<Integer> port =
                written(
                        SignalboxKeys.PORT,
                        words,
                        prefix,
                        said -> Ports.explicit(container, said.key(), said.value()),
                        () -> Ports.standard(container));
        return kept(port);
    }

    /** The container's own port, unreported: whether it is right matters only where it is used. */
    private Optional<Integer> ownPort() {
        String own = labels.own().get(SignalboxKeys.PORT);
        Parsed<Integer> port =
                own == null
                        ? Ports.standard(container)
                        : Ports.explicit(container, key(SignalboxKeys.PORT), own);
        return port instanceof Parsed.Good<Integer>(Integer value)
                ? Optional.of(value)
                : Optional.empty();
    }

    private Optional<Where> where(Map<String, String> words, String prefix) {
        List<String> groups =
                written(
                        SignalboxKeys.GROUP,
                        words,
                        prefix,
                        said -> Names.groups(said.key(), said.value(), rejections),
                        () -> List.of(GroupDefinition.DEFAULT));
        Optional<String> network =
                written(
                        SignalboxKeys.NETWORK,
                        words,
                        prefix,
                        said -> kept(Names.name("network", said.key(), said.value())),
                        () -> Optional.of(""));
        return groups.isEmpty()
                ? Optional.empty()
                : network.map(name -> new Where(groups, name.isEmpty() ? null : name));
    }

    /** What the route says, else what the container says, else the standard. */
    private <T> T written(
            String word,
            Map<String, String> words,
            String prefix,
            Function<Said, T> parse,
            java.util.function.Supplier<T> standard) {
        String value = words.get(word);
        if (value != null) {
            return parse.apply(new Said(prefix + word, value));
        }
        String own = labels.own().get(word);
        return own == null ? standard.get() : parse.apply(new Said(key(word), own));
    }

    private <T> Optional<T> kept(Parsed<T> parsed) {
        return switch (parsed) {
            case Parsed.Good<T>(T value) -> Optional.of(value);
            case Parsed.Bad<T>(Rejection rejection) -> {
                rejections.add(rejection);
                yield Optional.empty();
            }
        };
    }

    private static String key(String word) {
        return SignalboxKeys.PREFIX + word;
    }

    /** A label as it was written. */
    private record Said(String key, String value) {}

    /** Who is to serve it, and by which network. */
    record Where(List<String> groups, @Nullable String network) {}
}
