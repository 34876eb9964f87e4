package io.signalbox.watcher;

import static io.signalbox.watcher.ContainerReader.array;
import static io.signalbox.watcher.ContainerReader.object;
import static io.signalbox.watcher.ContainerReader.text;

import io.signalbox.schemas.Container;
import io.signalbox.schemas.Container.ExposedPort;
import io.signalbox.schemas.Container.Health;
import io.signalbox.schemas.Container.NetworkAttachment;
import io.signalbox.schemas.Container.NetworkMode;
import io.signalbox.schemas.Container.Protocol;
import io.signalbox.schemas.Container.PublishedPort;
import io.signalbox.schemas.Container.State;
import io.signalbox.watcher.core.AllowList;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a Swarm manager says of a service as the picture of a container that stands for all
 * its tasks: called like the service and known by its id, with the allow-listed labels of the
 * service itself, its virtual address in each network, the ports at which every node answers for
 * it, and its tasks' ports as exposed ones. Its run is the service's newest version; it runs unless
 * no task is wanted. All managers say the same of a service. One thread.
 */
final class SwarmReader {
    /** Labels of tasks, which the picture has too. */
    static final String SERVICE_ID = "com.docker.swarm.service.id";

    static final String SERVICE_NAME = "com.docker.swarm.service.name";

    private static final int DEFAULT_STOP_SECONDS = 10;
    private static final long NANOS = 1_000_000_000L;
    private static final int MOST_REMEMBERED = 4_096;
    private static final int HIGHEST_PORT = 65_535;
    private static final Comparator<NetworkAttachment> BY_NAME =
            Comparator.comparing(NetworkAttachment::name)
                    .thenComparing(NetworkAttachment::networkId);

    private final AllowList labels;
    private final Map<String, Allowed> remembered =
            new LinkedHashMap<>(16, 0.75f, true) {
                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Allowed> eldest) {
                    return size() > MOST_REMEMBERED;
                }
            };

    SwarmReader(AllowList labels) {
        this.labels = labels;
    }

    /**
     * A network of the Swarm.
     *
     * @param ingress whether it is the one that leads published ports to tasks, where no
     *     application is reached
     */
    record Network(String name, boolean ingress) {}

    /**
     * Reads a service; an answer without id or name is an exception.
     *
     * @param networks finds a network by its id; null for one that the manager does not list
     */
    Container read(JsonObject json, Function<String, @Nullable Network> networks) {
        String id = text(json, "ID");
        JsonObject spec = object(json, "Spec");
        String name = text(spec, "Name");
        if (id.isEmpty() || name.isEmpty()) {
            throw new IllegalArgumentException("a service has an id and a name");
        }
        JsonObject endpoint = object(json, "Endpoint");
        JsonObject container = object(object(spec, "TaskTemplate"), "ContainerSpec");
        JsonArray ports = ports(endpoint, spec);
        SortedMap<String, String> said =
                new TreeMap<>(allowed(id, object(spec, "Labels").getMap()));
        said.put(SERVICE_ID, id);
        said.put(SERVICE_NAME, name);
        return new Container(
                id,
                name,
                text(container, "Image"),
                isWanted(object(spec, "Mode")) ? State.RUNNING : State.EXITED,
                Health.NONE,
                ContainerReader.time(json.getString("UpdatedAt")),
                null,
                0,
                false,
                new NetworkMode(NetworkMode.Kind.NETWORKS, ""),
                attachments(endpoint, spec, networks),
                published(ports),
                exposed(ports),
                said,
                Map.of(),
                stopSeconds(container));
    }

    private SortedMap<String, String> allowed(String id, Map<String, Object> all) {
        Map<String, String> raw = new HashMap<>();
        all.forEach((key, value) -> raw.put(key, String.valueOf(value)));
        Allowed known = remembered.get(id);
        if (known == null || !known.raw().equals(raw)) {
            // Hashing passwords is slow, and most changes of a service leave its labels alone.
            known = new Allowed(raw, labels.apply(raw));
            remembered.put(id, known);
        }
        return known.said();
    }

    private static boolean isWanted(JsonObject mode) {
        Object replicas = object(mode, "Replicated").getValue("Replicas");
        return !(replicas instanceof Number number) || number.longValue() != 0;
    }

    private static int stopSeconds(JsonObject container) {
        long nanos = container.getLong("StopGracePeriod", DEFAULT_STOP_SECONDS * NANOS);
        return Math.toIntExact(Math.clamp(nanos / NANOS, 0, Integer.MAX_VALUE));
    }

    private static List<NetworkAttachment> attachments(
            JsonObject endpoint, JsonObject spec, Function<String, @Nullable Network> networks) {
        Map<String, NetworkAttachment> found = new LinkedHashMap<>();
        for (Object each : array(endpoint, "VirtualIPs")) {
            if (each instanceof JsonObject virtual) {
                String address = text(virtual, "Addr").replaceFirst("/.*", "");
                put(found, networks, text(virtual, "NetworkID"), address);
            }
        }
        // Without virtual addresses, as with the endpoint mode dnsrr, it is in them all the same.
        for (JsonObject where : List.of(object(spec, "TaskTemplate"), spec)) {
            for (Object each : array(where, "Networks")) {
                if (each instanceof JsonObject network) {
                    put(found, networks, text(network, "Target"), "");
                }
            }
        }
        return found.values().stream().sorted(BY_NAME).toList();
    }

    private static void put(
            Map<String, NetworkAttachment> found,
            Function<String, @Nullable Network> networks,
            String id,
            String address) {
        Network network = networks.apply(id);
        if (network != null && !network.ingress()) {
            boolean six = address.contains(":");
            found.merge(
                    id,
                    new NetworkAttachment(
                            id,
                            network.name(),
                            six || address.isEmpty() ? null : address,
                            six ? address : null,
                            true),
                    SwarmReader::both);
        }
    }

    private static NetworkAttachment both(NetworkAttachment one, NetworkAttachment other) {
        return new NetworkAttachment(
                one.networkId(),
                one.name(),
                one.ipv4() == null ? other.ipv4() : one.ipv4(),
                one.ipv6() == null ? other.ipv6() : one.ipv6(),
                true);
    }

    /** The ids of the networks in which a service has a virtual address. */
    static List<String> networks(JsonObject json) {
        return array(object(json, "Endpoint"), "VirtualIPs").stream()
                .filter(JsonObject.class::isInstance)
                .map(virtual -> text((JsonObject) virtual, "NetworkID"))
                .toList();
    }

    /** Those that Swarm has given it; until then those that it asks for. */
    private static JsonArray ports(JsonObject endpoint, JsonObject spec) {
        JsonArray given = array(endpoint, "Ports");
        return given.isEmpty() ? array(object(spec, "EndpointSpec"), "Ports") : given;
    }

    /** Only those at which every node answers; the others are the tasks' own. */
    private static List<PublishedPort> published(JsonArray ports) {
        List<PublishedPort> list = new ArrayList<>();
        for (Object each : ports) {
            if (each instanceof JsonObject port
                    && !text(port, "PublishMode").equals("host")
                    && isPort(port, "TargetPort")
                    && isPort(port, "PublishedPort")) {
                list.add(
                        new PublishedPort(
                                port.getInteger("TargetPort"),
                                protocol(port),
                                "0.0.0.0",
                                port.getInteger("PublishedPort")));
            }
        }
        list.sort(
                Comparator.comparingInt(PublishedPort::containerPort)
                        .thenComparing(PublishedPort::protocol)
                        .thenComparingInt(PublishedPort::hostPort));
        return list;
    }

    private static List<ExposedPort> exposed(JsonArray ports) {
        return ports.stream()
                .filter(JsonObject.class::isInstance)
                .map(JsonObject.class::cast)
                .filter(port -> isPort(port, "TargetPort"))
                .map(port -> new ExposedPort(port.getInteger("TargetPort"), protocol(port)))
                .distinct()
                .sorted(
                        Comparator.comparingInt(ExposedPort::port)
                                .thenComparing(ExposedPort::protocol))
                .toList();
    }

    private static boolean isPort(JsonObject port, String key) {
        return port.getValue(key) instanceof Integer number && number > 0 && number <= HIGHEST_PORT;
    }

    private static Protocol protocol(JsonObject port) {
        String word = text(port, "Protocol");
        return word.isEmpty()
                ? Protocol.TCP
                : ContainerReader.named(Protocol.values(), word, Protocol.UNKNOWN);
    }

    private record Allowed(Map<String, String> raw, SortedMap<String, String> said) {}
}
