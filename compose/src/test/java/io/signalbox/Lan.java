package io.signalbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A network of several hosts on one machine: each host is a network namespace of its own, and the
 * machine itself is one host more. They meet at a switch, which is a namespace too, so that no rule
 * of the machine's firewall stands between them. Used by one thread.
 */
final class Lan implements AutoCloseable {
    private final String name = "sb" + ProcessHandle.current().pid();
    private final String prefix = "198.18." + ProcessHandle.current().pid() % 256 + ".";
    private final List<String> namespaces = new ArrayList<>();
    private final TreeMap<String, String> relayed = new TreeMap<>();
    private @Nullable Process relay;

    /** The machine's own plug is in. */
    Lan() throws IOException, InterruptedException {
        make(name);
        ip("-n %s link add switch type bridge".formatted(name));
        ip("-n %s link set switch up".formatted(name));
        ip("link add %s type veth peer name here netns %s".formatted(name, name));
        plug("here");
        ip("addr add %s1/24 dev %s".formatted(prefix, name));
        ip("link set %s up".formatted(name));
    }

    /**
     * A host of the network.
     *
     * @param namespace the name of its network namespace
     * @param address under which all others reach it
     */
    record Place(String namespace, String address) {
        /** The command that runs another one there. */
        List<String> entering() {
            return List.of("nsenter", "--net=/run/netns/" + namespace);
        }
    }

    /**
     * One host more.
     *
     * @param host its name, a letter
     */
    Place add(String host) throws IOException, InterruptedException {
        String namespace = name + host;
        make(namespace);
        String address = prefix + namespaces.size();
        ip("-n %s link set lo up".formatted(namespace));
        ip("-n %s link add lan type veth peer name %s netns %s".formatted(namespace, host, name));
        plug(host);
        ip("-n %s addr add %s/24 dev lan".formatted(namespace, address));
        ip("-n %s link set lan up".formatted(namespace));
        return new Place(namespace, address);
    }

    /** From now on a loopback port of the machine is found at the same loopback port there. */
    void lend(int port, Place to) {
        relayed.put(
                "lent-%d-%s".formatted(port, to.namespace()),
                "bind 127.0.0.1:%d namespace %s\n    server s 127.0.0.1:%d"
                        .formatted(port, to.namespace(), port));
    }

    /** From now on a loopback port of that host is found at this one of the machine. */
    void borrow(int port, Place from, int here) {
        relayed.put(
                "borrowed-" + here,
                "bind 127.0.0.1:%d\n    server s 127.0.0.1:%d namespace %s"
                        .formatted(here, port, from.namespace()));
    }

    /**
     * Begins to relay.
     *
     * @param directory where its configuration is to lie
     */
    void relay(Path directory) throws IOException {
        StringBuilder text =
                new StringBuilder(
                        """
                        defaults
                            mode tcp
                            timeout connect 5s
                            timeout client 1h
                            timeout server 1h
                        """);
        relayed.forEach(
                (listen, lines) -> text.append("listen %s\n    %s\n".formatted(listen, lines)));
        Path file = Files.writeString(directory.resolve("relay.cfg"), text);
        relay =
                new ProcessBuilder("/usr/sbin/haproxy", "-db", "-f", file.toString())
                        .redirectErrorStream(true)
                        .redirectOutput(directory.resolve("relay.log").toFile())
                        .start();
    }

    /** Removes what was made here; nothing may run there any more. */
    @Override
    public void close() throws IOException {
        try {
            if (relay != null) {
                relay.destroyForcibly().waitFor();
            }
            for (String namespace : namespaces) {
                ip("netns del %s".formatted(namespace));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void make(String namespace) throws IOException, InterruptedException {
        ip("netns add %s".formatted(namespace));
        namespaces.add(namespace);
    }

    private void plug(String link) throws IOException, InterruptedException {
        ip("-n %s link set dev %s master switch up".formatted(name, link));
    }

    private static void ip(String words) throws IOException, InterruptedException {
        Shell.outputOf(("ip " + words).split(" "));
    }
}
