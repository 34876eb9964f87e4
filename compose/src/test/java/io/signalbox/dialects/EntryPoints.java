package io.signalbox.dialects;

import io.signalbox.schemas.GroupDefinition;
import io.signalbox.schemas.GroupDefinition.EntryPoint;
import io.signalbox.schemas.GroupDefinition.Listen;
import io.signalbox.schemas.GroupDefinition.Selector;
import io.signalbox.schemas.GroupDefinition.Tcp;
import io.signalbox.schemas.GroupDefinition.Tls;
import io.signalbox.schemas.GroupDefinition.TlsProfile;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * Where a site listens, by names that the dialects give: {@code web} and {@code websecure} are
 * Traefik's usual ones, {@code port-<number>} those of proxies that listen by number.
 */
final class EntryPoints {
    private static final Set<String> SECURE =
            Set.of("websecure", "port-2222", "port-8443", "port-9443", "edge", "ended");
    private static final Tls INTERMEDIATE = new Tls(TlsProfile.INTERMEDIATE, "", false);

    private static final Set<Integer> GIVEN = ConcurrentHashMap.newKeySet();

    private final Map<String, Integer> ports = new HashMap<>();
    private final List<EntryPoint> all = new ArrayList<>();

    EntryPoints() throws IOException {
        add("web", null, List.of(), null);
        add("websecure", INTERMEDIATE, List.of(), null);
        add("trusted", null, List.of("127.0.0.0/8"), null);
        add("port-8081", null, List.of(), null);
        add("port-8443", INTERMEDIATE, List.of(), null);
        add("port-3306", null, List.of(), Tcp.ALL);
        add("port-3307", null, List.of(), Tcp.ALL);
        add("port-3308", null, List.of(), Tcp.ALL);
        add("port-9443", null, List.of(), Tcp.BY_NAME);
        add("port-2222", INTERMEDIATE, List.of(), Tcp.BY_NAME);
        for (String name : List.of("db", "db2", "db3", "db4", "db5", "db6")) {
            add(name, null, List.of(), Tcp.ALL);
        }
        add("edge", null, List.of(), Tcp.BY_NAME);
        add("ended", INTERMEDIATE, List.of(), Tcp.BY_NAME);
    }

    @SuppressWarnings("NullAway") // does not see @Nullable on a nested type of another module
    private void add(
            String name, @Nullable Tls tls, List<String> trusted, @Nullable Tcp connections)
            throws IOException {
        int port = freePort();
        ports.put(name, port);
        Listen listen = new Listen("127.0.0.1", port);
        all.add(new EntryPoint(name, listen, tls, null, false, trusted, connections));
    }

    /** Below those that clients get; none is given twice, as HAProxies would share it. */
    private static int freePort() throws IOException {
        while (true) {
            int port = ThreadLocalRandom.current().nextInt(10_000, 32_768);
            try (ServerSocket socket =
                    new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                if (GIVEN.add(port)) {
                    return socket.getLocalPort();
                }
            } catch (BindException e) {
                // Taken: the next one.
            }
        }
    }

    int port(String name) {
        Integer port = ports.get(name);
        if (port == null) {
            throw new IllegalArgumentException("no entry point " + name);
        }
        return port;
    }

    /** Whether clients speak TLS there, to whomever. */
    boolean isSecure(String name) {
        return SECURE.contains(name);
    }

    @SuppressWarnings("NullAway") // does not see @Nullable on a nested type of another module
    GroupDefinition group(List<String> dialects) {
        GroupDefinition standard =
                GroupDefinition.builtIn(GroupDefinition.DEFAULT, new Listen("", 80));
        return new GroupDefinition(
                GroupDefinition.DEFAULT,
                new Selector(Map.of(), List.of(), List.of(), dialects),
                all,
                standard.oldestHaproxy(),
                standard.addressMode(),
                null,
                standard.defaults(),
                null,
                0,
                false);
    }
}
