package io.signalbox.bench.stack;

import io.signalbox.cli.load.Load;
import java.net.InetSocketAddress;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.ToLongFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The same steady load on each of several HAProxys, half of it on kept connections, and which
 * containers answered through each. Used by one thread.
 */
public final class StackLoad implements AutoCloseable {
    private static final Pattern SERVED_BY = Pattern.compile("\"host\":\"([^\"]+)\"");
    private static final int CONNECTIONS_OF_A_KIND = 3;

    private final Map<InetSocketAddress, Load> loads;
    private final Map<InetSocketAddress, Set<String>> servers;

    private StackLoad(Map<InetSocketAddress, Load> loads) {
        this.loads = loads;
        this.servers =
                loads.keySet().stream()
                        .collect(Collectors.toMap(proxy -> proxy, _ -> new TreeSet<>()));
    }

    /**
     * Starts it.
     *
     * @param requestsPerSecond on each HAProxy
     */
    public static StackLoad start(
            Collection<InetSocketAddress> proxies, String host, int requestsPerSecond) {
        return new StackLoad(
                proxies.stream()
                        .collect(
                                Collectors.toMap(
                                        proxy -> proxy,
                                        proxy ->
                                                Load.start(
                                                        proxy,
                                                        List.of(host),
                                                        requestsPerSecond,
                                                        CONNECTIONS_OF_A_KIND,
                                                        CONNECTIONS_OF_A_KIND))));
    }

    /** Forgets which containers answered so far. */
    public void forgetServers() {
        loads.values().forEach(load -> load.tally().takeAnswers());
        servers.values().forEach(Set::clear);
    }

    /** Whether each of these containers, by their full ids, has answered through each HAProxy. */
    public boolean servedByAll(Collection<String> containers) {
        Set<String> wanted = hostNames(containers);
        look();
        return servers.values().stream().allMatch(seen -> seen.containsAll(wanted));
    }

    /** Whether no other containers than these have answered through any HAProxy. */
    public boolean servedByNoOther(Collection<String> containers) {
        Set<String> wanted = hostNames(containers);
        look();
        return servers.values().stream().allMatch(wanted::containsAll);
    }

    /** Requests answered with 200. */
    public long answered() {
        return sum(load -> load.tally().answered());
    }

    /** All other requests. */
    public long failed() {
        return sum(load -> load.tally().failed());
    }

    /** The first failures of each HAProxy. */
    public List<String> failures() {
        return loads.entrySet().stream()
                .flatMap(
                        load ->
                                load.getValue().tally().failures().stream()
                                        .map(failure -> load.getKey() + " " + failure))
                .toList();
    }

    @Override
    public void close() {
        loads.values().forEach(Load::close);
    }

    private long sum(ToLongFunction<Load> count) {
        return loads.values().stream().mapToLong(count).sum();
    }

    private void look() {
        loads.forEach(
                (proxy, load) -> {
                    for (String answer : load.tally().takeAnswers().keySet()) {
                        Matcher matcher = SERVED_BY.matcher(answer);
                        if (matcher.find()) {
                            servers.computeIfAbsent(proxy, _ -> new TreeSet<>())
                                    .add(matcher.group(1));
                        }
                    }
                });
    }

    private static Set<String> hostNames(Collection<String> containers) {
        Set<String> names = new HashSet<>();
        containers.forEach(id -> names.add(id.substring(0, 12)));
        return names;
    }
}
