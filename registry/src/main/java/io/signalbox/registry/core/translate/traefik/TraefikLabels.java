package io.signalbox.registry.core.translate.traefik;

import io.signalbox.registry.core.translate.Row;
import io.signalbox.registry.core.translate.Translation;
import io.signalbox.schemas.Withheld;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A container's labels of Traefik sorted by what they are about. Those that are refused or not
 * needed are said so here, as the table has it; the others are for whoever reads them.
 */
final class TraefikLabels {
    private static final String PREFIX = "traefik.";
    private static final List<String> UNKNOWN = List.of("traefik.http.*", "traefik.tcp.*");
    private static final List<String> OF_USERS =
            List.of(Withheld.UNKNOWN_HASH, Withheld.NO_PASSWORD);

    private final SortedMap<String, Props> routers = new TreeMap<>();
    private final SortedMap<String, Props> services = new TreeMap<>();
    private final SortedMap<String, Props> middlewares = new TreeMap<>();
    private final SortedMap<String, Props> tcpRouters = new TreeMap<>();
    private final SortedMap<String, Props> tcpServices = new TreeMap<>();
    private final SortedMap<String, Props> tcpMiddlewares = new TreeMap<>();
    private final Props container = new Props();
    private final List<Said> all = new ArrayList<>();
    private final Translation.Builder made;
    private boolean closed;
    private boolean other;

    private TraefikLabels(Translation.Builder made) {
        this.made = made;
    }

    static TraefikLabels of(Map<String, String> labels, Translation.Builder made) {
        TraefikLabels sorted = new TraefikLabels(made);
        labels.forEach(
                (key, value) -> {
                    if (key.toLowerCase(Locale.ROOT).startsWith(PREFIX)) {
                        sorted.add(new Said(key, value));
                    }
                });
        return sorted;
    }

    SortedMap<String, Props> routers() {
        return routers;
    }

    SortedMap<String, Props> services() {
        return services;
    }

    SortedMap<String, Props> middlewares() {
        return middlewares;
    }

    /** Routers of connections. */
    SortedMap<String, Props> tcpRouters() {
        return tcpRouters;
    }

    SortedMap<String, Props> tcpServices() {
        return tcpServices;
    }

    SortedMap<String, Props> tcpMiddlewares() {
        return tcpMiddlewares;
    }

    /** What is said of the container itself. */
    Props container() {
        return container;
    }

    /** All labels as they were written. */
    List<Said> all() {
        return all;
    }

    /** Whether anything is there by which nothing of the container may be served. */
    boolean isClosed() {
        return closed;
    }

    /** Whether it has labels of a kind that is refused as a whole, such as UDP. */
    boolean hasOther() {
        return other;
    }

    private void add(Said said) {
        all.add(said);
        Row row = TraefikKeys.of(said.key()).orElseThrow();
        String[] words = said.key().split("\\.", 5);
        Props props = props(words);
        if (withheld(said, props)) {
            return;
        }
        String word =
                (props == container ? behind(said.key(), 1) : behind(said.key(), 4))
                        .toLowerCase(Locale.ROOT);
        if (props != null && props != container) {
            props.kind(word);
        }
        switch (row.treatment()) {
            case NOT_NEEDED -> made.notNeeded(said.key(), said.value(), row.doc());
            case REFUSED -> {
                refuse(said, row);
                if (row.whole()) {
                    close(props, row.doc());
                } else {
                    other |= props == null;
                    keep(said, word, props);
                }
            }
            case TRANSLATED -> keep(said, word, props);
        }
    }

    private void keep(Said said, String word, @Nullable Props props) {
        if (props != null && !props.add(word, said)) {
            made.refuse(said.key(), said.value(), "twice", "it is said twice", null);
            close(props, "a label of it is said twice");
        }
    }

    private void close(@Nullable Props props, String reason) {
        if (props == null || props == container) {
            closed = true;
        } else {
            props.close(reason);
        }
    }

    private void refuse(Said said, Row row) {
        boolean unknown = UNKNOWN.contains(row.key());
        String code = row.whole() ? "unsafe-label" : "unsupported";
        made.refuse(
                said.key(),
                said.value(),
                unknown ? "unknown-key" : code,
                row.doc(),
                row.natively().isEmpty() ? null : row.natively());
    }

    /** A value that did not leave the host; one whose name did not either may be of anything. */
    private boolean withheld(Said said, @Nullable Props props) {
        Optional<Withheld> withheld = Withheld.parse(said.value());
        // A user whose password cannot be checked is read where users are.
        if (withheld.isEmpty() || OF_USERS.contains(withheld.get().code())) {
            return false;
        }
        String rule = "its value did not leave the host: " + withheld.get().code();
        made.refuse(said.key(), "", "withheld", rule, null);
        boolean one = withheld.get().code().equals(Withheld.VALUE_TOO_LONG);
        close(one ? props : null, rule);
        return true;
    }

    /** Who is meant; null for none that is known. */
    private @Nullable Props props(String[] words) {
        String of = words.length > 4 ? words[1] + "." + words[2] : "";
        return switch (of.toLowerCase(Locale.ROOT)) {
            case "http.routers" -> routers.computeIfAbsent(words[3], _ -> new Props());
            case "http.services" -> services.computeIfAbsent(words[3], _ -> new Props());
            case "http.middlewares" -> middlewares.computeIfAbsent(words[3], _ -> new Props());
            case "tcp.routers" -> tcpRouters.computeIfAbsent(words[3], _ -> new Props());
            case "tcp.services" -> tcpServices.computeIfAbsent(words[3], _ -> new Props());
            case "tcp.middlewares" -> tcpMiddlewares.computeIfAbsent(words[3], _ -> new Props());
            default -> isOfContainer(words) ? container : null;
        };
    }

    private static boolean isOfContainer(String[] words) {
        return switch (words.length > 1 ? words[1].toLowerCase(Locale.ROOT) : "") {
            case "enable", "docker", "swarm" -> true;
            default -> false;
        };
    }

    private static String behind(String key, int words) {
        int at = 0;
        for (int count = 0; count < words; count++) {
            at = key.indexOf('.', at) + 1;
        }
        return key.substring(at);
    }
}
