package io.signalbox.registry.core.translate.traefik;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * What the middlewares of a router become. One that is not there, or that guards and cannot be
 * followed, closes the router; so does a chain that leads back to itself.
 */
final class Middlewares {
    private static final int MOST = 100;
    private static final String ONE_BY_ONE = "what it names is followed one by one";
    private static final Map<String, BiConsumer<Props, Draft>> KINDS =
            Map.ofEntries(
                    Map.entry("redirectscheme", Redirection::scheme),
                    Map.entry("redirectregex", Redirection::regex),
                    Map.entry("stripprefix", PathChange::strip),
                    Map.entry("stripprefixregex", (_, _) -> {}),
                    Map.entry("addprefix", PathChange::add),
                    Map.entry("replacepath", PathChange::replace),
                    Map.entry("replacepathregex", PathChange::replaceRegex),
                    Map.entry("headers", SecurityHeaders::of),
                    Map.entry("basicauth", Guards::basic),
                    Map.entry(
                            "ipallowlist",
                            (props, draft) -> Guards.allow(props, draft, "ipallowlist")),
                    Map.entry(
                            "ipwhitelist",
                            (props, draft) -> Guards.allow(props, draft, "ipwhitelist")),
                    Map.entry("ratelimit", Guards::rate),
                    Map.entry("compress", Plain::compress),
                    Map.entry("retry", Plain::retry),
                    Map.entry("contenttype", (_, _) -> {}),
                    Map.entry("errors", (_, _) -> {}),
                    Map.entry("inflightreq", (_, _) -> {}),
                    Map.entry("buffering", (_, _) -> {}),
                    Map.entry("circuitbreaker", (_, _) -> {}),
                    Map.entry("grpcweb", (_, _) -> {}));

    /** Without these a guard would let everybody in. */
    private static final Map<String, String> NEEDED =
            Map.of(
                    "basicauth", "users",
                    "ipallowlist", "sourcerange",
                    "ipwhitelist", "sourcerange");

    private final Map<String, Props> known;
    private final Draft draft;
    private final Said source;
    private final Set<String> open = new HashSet<>();
    private final Set<String> done = new HashSet<>();
    private int count;

    private Middlewares(Map<String, Props> known, Draft draft, Said source) {
        this.known = known;
        this.draft = draft;
        this.source = source;
    }

    /**
     * Takes all that a router names.
     *
     * @param said its list
     */
    static void follow(Map<String, Props> known, List<Said> said, Draft draft) {
        for (Said source : said) {
            Middlewares all = new Middlewares(known, draft, source);
            Props.values(List.of(source)).forEach(all::one);
            if (!draft.isClosed()) {
                draft.notNeeded(source, ONE_BY_ONE);
            }
        }
    }

    private void one(String written) {
        String name = local(written);
        Props props = name == null ? null : known.get(name);
        if (name == null || props == null) {
            close(written, "is not defined by this container");
        } else if (open.contains(name)) {
            close(name, "leads back to itself");
        } else if (++count > MOST) {
            close(name, "is one of more than " + MOST);
        } else if (done.add(name)) {
            defined(name, props);
        }
    }

    /** The name without where it is defined; null for another place than Docker's labels. */
    static @org.jspecify.annotations.Nullable String local(String written) {
        int at = written.indexOf('@');
        if (at < 0) {
            return written;
        }
        String provider = written.substring(at + 1);
        return provider.equals("docker") || provider.equals("swarm")
                ? written.substring(0, at)
                : null;
    }

    private void defined(String name, Props props) {
        List<String> kinds = props.kinds();
        String closed = props.closed();
        if (closed != null) {
            close(name, "cannot be followed: " + closed);
        } else if (kinds.size() != 1) {
            close(name, "is of " + kinds.size() + " kinds; it has one");
        } else if (kinds.getFirst().equals("chain")) {
            chain(name, props);
        } else {
            plain(name, kinds.getFirst(), props);
        }
    }

    private void plain(String name, String kind, Props props) {
        BiConsumer<Props, Draft> follow = KINDS.get(kind);
        String needed = NEEDED.get(kind);
        if (follow == null) {
            close(name, "is of a kind that is not known");
        } else if (needed != null && props.list(kind + "." + needed).isEmpty()) {
            close(name, "has no " + needed);
        } else {
            follow.accept(props, draft);
        }
    }

    private void chain(String name, Props props) {
        List<Said> list = props.list("chain.middlewares");
        List<String> inner = Props.values(list);
        list.forEach(said -> draft.notNeeded(said, ONE_BY_ONE));
        if (inner.isEmpty()) {
            close(name, "is a chain of nothing");
        }
        open.add(name);
        inner.forEach(this::one);
        open.remove(name);
    }

    private void close(String name, String why) {
        draft.close(
                source,
                "unsafe-middleware",
                "middleware " + name + " " + why + "; the router is not served without it",
                null);
    }
}
