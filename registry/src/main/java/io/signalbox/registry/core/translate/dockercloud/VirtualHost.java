package io.signalbox.registry.core.translate.dockercloud;

import io.signalbox.registry.core.translate.EntryPorts;
import io.signalbox.registry.core.translate.NativeWord;
import io.signalbox.registry.core.translate.Patterns;
import io.signalbox.registry.core.translate.Said;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An entry of dockercloud-haproxy's {@code VIRTUAL_HOST}: {@code [scheme://]domain[:port][/path]}.
 */
final class VirtualHost {
    private static final Pattern ENTRY =
            Pattern.compile("(?:([A-Za-z]{1,10})://)?([^:/]*)(?::([0-9]{1,5}))?(/.*)?");
    private static final Pattern ANY_PATH = Pattern.compile("/\\*+");
    private static final List<String> SCHEMES = List.of("http", "https", "ws", "wss");

    private VirtualHost() {}

    /** What its route asks for, by keys behind the route's name; empty where it is none. */
    static Optional<List<NativeWord>> of(Said from, String entry) {
        Matcher matcher = ENTRY.matcher(entry);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        List<NativeWord> route = new ArrayList<>();
        String scheme = matcher.group(1) == null ? "" : matcher.group(1).toLowerCase(Locale.ROOT);
        String domain = matcher.group(2);
        String path = matcher.group(4) == null ? "" : matcher.group(4);
        if ((!scheme.isEmpty() && !SCHEMES.contains(scheme))
                || domain.isEmpty()
                || domain.startsWith("~")) {
            return Optional.empty();
        }
        boolean everywhere = domain.equals("*");
        if (!everywhere) {
            route.add(new NativeWord("host", host(domain), from));
        }
        if (everywhere || !path.isEmpty()) {
            route.add(new NativeWord("path", path(path), from));
        }
        if (scheme.startsWith("ws")) {
            route.add(new NativeWord("websocket", "true", from));
        }
        String port = matcher.group(3);
        if (port == null && !scheme.isEmpty()) {
            route.add(new NativeWord("scheme", isSecure(scheme) ? "https" : "http", from));
        }
        if (port == null) {
            return Optional.of(route);
        }
        Optional<NativeWord> at = EntryPorts.of(from, port);
        at.ifPresent(route::add);
        if (isSecure(scheme) && at.isPresent() && !at.get().key().equals("scheme")) {
            route.add(new NativeWord("scheme", "https", from));
        }
        return at.map(_ -> route);
    }

    private static boolean isSecure(String scheme) {
        return scheme.equals("https") || scheme.equals("wss");
    }

    private static String host(String domain) {
        int star = domain.indexOf('*');
        if (star < 0) {
            return domain;
        }
        boolean once = domain.indexOf('*', star + 1) < 0;
        boolean natively = once && (domain.startsWith("*.") || domain.endsWith(".*"));
        return natively ? domain : "~" + Patterns.wildcard(domain.toLowerCase(Locale.ROOT));
    }

    private static String path(String path) {
        if (path.isEmpty() || ANY_PATH.matcher(path).matches()) {
            return "/";
        }
        return path.indexOf('*') < 0 ? "=" + path : path;
    }
}
