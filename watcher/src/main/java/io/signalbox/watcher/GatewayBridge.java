package io.signalbox.watcher;

import static io.signalbox.watcher.ContainerReader.object;
import static io.signalbox.watcher.ContainerReader.text;

import io.signalbox.schemas.Container;
import io.signalbox.schemas.Container.NetworkAttachment;
import io.signalbox.watcher.EngineCalls.Answer;
import io.signalbox.watcher.core.Inspection;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The bridge by which containers of overlay networks reach the world. Its host reaches them there,
 * and nobody else does; their inspection does not show it, so it is asked itself, once for each run
 * of a container and each set of networks. Safe for all threads.
 */
final class GatewayBridge {
    private static final String NAME = "docker_gwbridge";
    private static final int MOST_REMEMBERED = 4_096;

    private final EngineCalls calls;
    private final Map<String, Place> remembered =
            new LinkedHashMap<>(16, 0.75f, true) {
                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Place> eldest) {
                    return size() > MOST_REMEMBERED;
                }
            };

    /** Asks by these calls, of which none waits for this. */
    GatewayBridge(EngineCalls calls) {
        this.calls = calls;
    }

    /**
     * The picture with its address in the bridge, if it has one there.
     *
     * @param json the inspection that it was read from
     * @param api what all paths of the engine begin with
     */
    Inspection complete(Inspection.Found found, JsonObject json, String api) {
        Container container = found.container();
        if (!found.alive() || container.networks().stream().noneMatch(NetworkAttachment::shared)) {
            return found;
        }
        String joined = container.startedAt() + " " + endpoints(json);
        Place known;
        synchronized (remembered) {
            known = remembered.get(container.id());
        }
        if (known != null && known.joined().equals(joined)) {
            return with(found, known.attachment());
        }
        return switch (calls.await(api + "/networks/" + NAME, DockerSource.TEXT)) {
            case Answer.Body<String>(String body) -> read(found, joined, body);
            case Answer.NotFound<String>() -> found;
            case Answer.Unusable<String>(String reason) -> new Inspection.Unreadable(reason);
            case Answer.Failed<String>(String reason) -> new Inspection.Failed(reason);
        };
    }

    /** What changes when it joins a network anew. */
    private static SortedSet<String> endpoints(JsonObject json) {
        JsonObject networks = object(object(json, "NetworkSettings"), "Networks");
        SortedSet<String> ids = new TreeSet<>();
        networks.fieldNames().forEach(name -> ids.add(text(object(networks, name), "EndpointID")));
        return ids;
    }

    private Inspection read(Inspection.Found found, String joined, String body) {
        JsonObject bridge;
        try {
            bridge = EngineJson.object(body);
        } catch (DecodeException e) {
            return new Inspection.Failed("no network " + NAME + " that can be read");
        }
        String id = found.container().id();
        String address = text(object(object(bridge, "Containers"), id), "IPv4Address");
        if (address.isEmpty()) {
            return found;
        }
        NetworkAttachment attachment =
                new NetworkAttachment(
                        text(bridge, "Id"), NAME, address.replaceFirst("/.*", ""), null, false);
        synchronized (remembered) {
            remembered.put(id, new Place(joined, attachment));
        }
        return with(found, attachment);
    }

    private static Inspection.Found with(Inspection.Found found, NetworkAttachment attachment) {
        Container of = found.container();
        List<NetworkAttachment> networks = new ArrayList<>(of.networks());
        networks.add(attachment);
        networks.sort(
                Comparator.comparing(NetworkAttachment::name)
                        .thenComparing(NetworkAttachment::networkId));
        return new Inspection.Found(
                new Container(
                        of.id(),
                        of.name(),
                        of.image(),
                        of.state(),
                        of.health(),
                        of.startedAt(),
                        of.finishedAt(),
                        of.exitCode(),
                        of.oomKilled(),
                        of.networkMode(),
                        networks,
                        of.published(),
                        of.exposed(),
                        of.labels(),
                        of.environment(),
                        of.stopTimeoutSeconds()),
                found.stopSignal());
    }

    /**
     * Where a container is found in the bridge.
     *
     * @param joined its run and its places in all networks when that was so
     */
    private record Place(String joined, NetworkAttachment attachment) {}
}
