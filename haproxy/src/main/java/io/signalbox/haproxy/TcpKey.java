package io.signalbox.haproxy;

import io.signalbox.schemas.RouteMatch;
import io.signalbox.schemas.RouteMatch.HostKind;
import io.signalbox.schemas.RouteMatch.PathKind;

/**
 * The key of a route of connections in the map {@code tcp}: the entry point, a slash, and the name
 * that clients ask for by TLS ({@code edge/db.example.com}), all names below one ({@code
 * edge/*.example.com}), or nothing for whoever asks for none that is there ({@code edge/}).
 *
 * @param host lower case; with {@code *.} before it all below it; empty for any name and for none
 */
public record TcpKey(Identifier entryPoint, String host) {
    private static final String RULE =
            "of a connection must have one entry point, a name or all names below one, and nothing"
                    + " else";

    public TcpKey {
        var _ = new RouteKey(host, "/");
        if (host.startsWith("[") || host.matches("[0-9.]+")) {
            throw new IllegalValue("name", "must be no address: clients ask for names", host);
        }
    }

    /**
     * The key of a route.
     *
     * @throws IllegalValue where the route is none of connections that HAProxy can have
     */
    static TcpKey of(String host, String path, RouteMatch match) {
        if (match.entryPoints().size() != 1) {
            throw new IllegalValue("route", RULE, host + path);
        }
        var entryPoint = match.entryPoints().getFirst();
        var named = match.hostKind() == HostKind.EXACT || match.hostKind() == HostKind.WILDCARD;
        var alone = RouteMatch.tcp(entryPoint, match.hostKind()).equals(match.sharing(null, false));
        if (!named || !alone || match.pathKind() != PathKind.PREFIX || !path.equals("/")) {
            throw new IllegalValue("route", RULE, host + path);
        }
        return new TcpKey(new Identifier(entryPoint), host);
    }

    /** The key as it stands in the map. */
    public String text() {
        return all(entryPoint) + host;
    }

    /** The key of all connections of an entry point. */
    static String all(Identifier entryPoint) {
        return entryPoint + "/";
    }

    /** As people write it. */
    String shown() {
        return "tcp " + entryPoint + (host.isEmpty() ? "" : " " + host);
    }

    @Override
    public String toString() {
        return text();
    }
}
