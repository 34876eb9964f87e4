package io.signalbox.watcher;

import io.signalbox.schemas.Container;
import io.signalbox.schemas.Container.ExposedPort;
import io.signalbox.schemas.Container.Health;
import io.signalbox.schemas.Container.NetworkAttachment;
import io.signalbox.schemas.Container.NetworkMode;
import io.signalbox.schemas.Container.Protocol;
import io.signalbox.schemas.Container.PublishedPort;
import io.signalbox.schemas.Container.State;
import io.signalbox.watcher.core.AllowList;
import io.signalbox.watcher.core.Inspection;
import io.signalbox.watcher.core.StopSignals;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Reads the engine's inspection of a container and keeps only what may leave the host. Lists come
 * out in a stable order, so that the same container gives an equal picture. Safe for all threads.
 *
 * <p>Labels and variables of a container never change; what the allow-list made of them is kept by
 * a digest, because hashing passwords is slow.
 */
final class ContainerReader {
    private static final int DEFAULT_STOP_SECONDS = 10;
    private static final int MOST_REMEMBERED = 4_096;
    private static final String NEVER = "0001-01-01T00:00:00Z";
    private static final JsonObject NOTHING = new JsonObject();

    private final AllowList labels;
    private final AllowList environment;
    private final Predicate<String> isShared;
    private final Map<String, Allowed> remembered =
            new LinkedHashMap<>(16, 0.75f, true) {
                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Allowed> eldest) {
                    return size() > MOST_REMEMBERED;
                }
            };

    /**
     * A reader.
     *
     * @param isShared whether the network of an id spans hosts
     */
    ContainerReader(AllowList labels, AllowList environment, Predicate<String> isShared) {
        this.labels = labels;
        this.environment = environment;
        this.isShared = isShared;
    }

    /** Reads an inspection; an answer without id or state is an exception. */
    Inspection.Found read(JsonObject json) {
        JsonObject config = object(json, "Config");
        JsonObject state = object(json, "State");
        JsonObject hostConfig = object(json, "HostConfig");
        JsonObject networkSettings = object(json, "NetworkSettings");
        String id = json.getString("Id");
        if (id == null || !state.containsKey("Status")) {
            throw new IllegalArgumentException("an inspection has an id and a state");
        }
        Allowed allowed = allowed(id, object(config, "Labels"), array(config, "Env"));
        Container container =
                new Container(
                        id,
                        text(json, "Name").replaceFirst("^/", ""),
                        text(config, "Image"),
                        state(text(state, "Status")),
                        health(object(state, "Health")),
                        time(state.getString("StartedAt")),
                        time(state.getString("FinishedAt")),
                        state.getInteger("ExitCode", 0),
                        state.getBoolean("OOMKilled", false),
                        networkMode(text(hostConfig, "NetworkMode")),
                        networks(object(networkSettings, "Networks")),
                        published(object(networkSettings, "Ports")),
                        exposed(object(config, "ExposedPorts")),
                        allowed.labels(),
                        allowed.environment(),
                        config.getInteger("StopTimeout", DEFAULT_STOP_SECONDS));
        return new Inspection.Found(container, StopSignals.number(text(config, "StopSignal")));
    }

    private Allowed allowed(String id, JsonObject labelValues, JsonArray variables) {
        int digest = 31 * labelValues.getMap().hashCode() + variables.getList().hashCode();
        Allowed known;
        synchronized (remembered) {
            known = remembered.get(id);
        }
        if (known != null && known.digest() == digest) {
            return known;
        }
        Map<String, String> raw = new HashMap<>();
        labelValues.forEach(entry -> raw.put(entry.getKey(), String.valueOf(entry.getValue())));
        Allowed fresh =
                new Allowed(digest, labels.apply(raw), environment.apply(variables(variables)));
        synchronized (remembered) {
            remembered.put(id, fresh);
        }
        return fresh;
    }

    private static Map<String, String> variables(JsonArray list) {
        Map<String, String> variables = new HashMap<>();
        for (Object entry : list) {
            String text = String.valueOf(entry);
            int equals = text.indexOf('=');
            if (equals > 0) {
                variables.put(text.substring(0, equals), text.substring(equals + 1));
            }
        }
        return variables;
    }

    private static State state(String status) {
        return named(State.values(), status, State.UNKNOWN);
    }

    private static Health health(JsonObject health) {
        return health.isEmpty()
                ? Health.NONE
                : named(Health.values(), text(health, "Status"), Health.UNKNOWN);
    }

    static <E extends Enum<E>> E named(E[] constants, String word, E otherwise) {
        String name = word.toUpperCase(Locale.ROOT);
        return Arrays.stream(constants)
                .filter(constant -> constant.name().equals(name))
                .findFirst()
                .orElse(otherwise);
    }

    static @Nullable Instant time(@Nullable String text) {
        if (text == null || text.isEmpty() || text.equals(NEVER)) {
            return null;
        }
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException e) {
            return java.time.OffsetDateTime.parse(text).toInstant();
        }
    }

    private static NetworkMode networkMode(String mode) {
        if (mode.equals("host")) {
            return new NetworkMode(NetworkMode.Kind.HOST, "");
        }
        if (mode.equals("none")) {
            return new NetworkMode(NetworkMode.Kind.NONE, "");
        }
        return mode.startsWith("container:")
                ? new NetworkMode(NetworkMode.Kind.CONTAINER, mode.substring("container:".length()))
                : new NetworkMode(NetworkMode.Kind.NETWORKS, "");
    }

    private List<NetworkAttachment> networks(JsonObject networks) {
        List<NetworkAttachment> list = new ArrayList<>();
        for (String name : networks.fieldNames()) {
            JsonObject network = object(networks, name);
            String id = text(network, "NetworkID");
            list.add(
                    new NetworkAttachment(
                            id,
                            name,
                            address(network, "IPAddress"),
                            address(network, "GlobalIPv6Address"),
                            !id.isEmpty() && isShared.test(id)));
        }
        list.sort(
                Comparator.comparing(NetworkAttachment::name)
                        .thenComparing(NetworkAttachment::networkId));
        return list;
    }

    private static @Nullable String address(JsonObject network, String key) {
        String address = text(network, key);
        return address.isEmpty() ? null : address;
    }

    private static List<PublishedPort> published(JsonObject ports) {
        List<PublishedPort> list = new ArrayList<>();
        for (String key : ports.fieldNames()) {
            ExposedPort inside = port(key);
            for (Object binding : array(ports, key)) {
                if (inside != null && binding instanceof JsonObject bound) {
                    Integer outside = number(text(bound, "HostPort"));
                    if (outside != null) {
                        list.add(
                                new PublishedPort(
                                        inside.port(),
                                        inside.protocol(),
                                        text(bound, "HostIp"),
                                        outside));
                    }
                }
            }
        }
        list.sort(
                Comparator.comparingInt(PublishedPort::containerPort)
                        .thenComparing(PublishedPort::protocol)
                        .thenComparing(PublishedPort::hostIp)
                        .thenComparingInt(PublishedPort::hostPort));
        return list;
    }

    private static List<ExposedPort> exposed(JsonObject ports) {
        List<ExposedPort> list = new ArrayList<>();
        for (String key : ports.fieldNames()) {
            ExposedPort port = port(key);
            if (port != null) {
                list.add(port);
            }
        }
        list.sort(Comparator.comparingInt(ExposedPort::port).thenComparing(ExposedPort::protocol));
        return list;
    }

    /** Reads {@code 80/tcp}. */
    private static @Nullable ExposedPort port(String text) {
        int slash = text.indexOf('/');
        Integer port = number(slash < 0 ? text : text.substring(0, slash));
        return port == null
                ? null
                : new ExposedPort(
                        port,
                        slash < 0
                                ? Protocol.TCP
                                : named(
                                        Protocol.values(),
                                        text.substring(slash + 1),
                                        Protocol.UNKNOWN));
    }

    private static @Nullable Integer number(String text) {
        return text.matches("[0-9]{1,5}") ? Integer.valueOf(text) : null;
    }

    static JsonObject object(JsonObject parent, String key) {
        return parent.getValue(key) instanceof JsonObject child ? child : NOTHING;
    }

    static JsonArray array(JsonObject parent, String key) {
        return parent.getValue(key) instanceof JsonArray child ? child : new JsonArray();
    }

    static String text(JsonObject parent, String key) {
        return parent.getValue(key) instanceof String text ? text : "";
    }

    private record Allowed(
            int digest, SortedMap<String, String> labels, SortedMap<String, String> environment) {}
}
