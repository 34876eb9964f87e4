package io.signalbox.schemas;

import java.util.Optional;

/**
 * The keys of all topics: how they are built and read. Host and group names contain no slash; what
 * follows the last named part may.
 */
public final class Keys {

    /** {@code service-state}: how far the partition is folded. */
    public static final String CHECKPOINT = "checkpoint";

    /** {@code proxy-configs.<group>}: a renderer took the group over. */
    public static final String CLAIM = "claim";

    /** {@code proxy-configs.<group>}: what the shrink guard holds back. */
    public static final String HELD = "held";

    /** {@code liveness}: a second passed. */
    public static final String TICK = "tick";

    private static final String INSTANCE = "instance/";
    private static final String ENDPOINT = "endpoint/";
    private static final String SERVICE = "service/";
    private static final String HOST = "host/";
    private static final String PART = "part/";
    private static final String MANIFEST = "manifest/";
    private static final String APPLIER = "applier/";

    private Keys() {}

    /** {@code service-state}: a container of a host. */
    public static String instance(String host, String container) {
        return INSTANCE + named("host", host) + '/' + container;
    }

    /** {@code container-events}, {@code service-state}, {@code liveness}: an endpoint. */
    public static String endpoint(String id) {
        return ENDPOINT + id;
    }

    /** {@code container-events}, {@code service-state}: a declared service. */
    public static String service(String name) {
        return SERVICE + name;
    }

    /** {@code service-state}, {@code liveness}: a host. */
    public static String host(String id) {
        return HOST + named("host", id);
    }

    /** {@code liveness}: a watcher's beat; the same as {@link #host}. */
    public static String hostBeat(String host) {
        return host(host);
    }

    /** {@code liveness}: an applier's beat. */
    public static String applierBeat(String group, String applier) {
        return APPLIER + named("group", group) + '/' + applier;
    }

    /** {@code apply-results}: an applier of a group. */
    public static String result(String group, String applier) {
        return named("group", group) + '/' + applier;
    }

    /**
     * {@code proxy-configs.<group>}: a part, whose name is {@code frame} or {@code service/<name>}.
     */
    public static String part(String name) {
        return PART + name;
    }

    /** {@code proxy-configs.<group>}: the manifest of an epoch. */
    public static String manifest(long epoch) {
        return MANIFEST + epoch;
    }

    /** The key of a state value. */
    public static String of(ServiceState state) {
        return switch (state) {
            case ServiceState.Instance instance -> instance(instance.host(), instance.container());
            case ServiceState.RegisteredEndpoint registered -> endpoint(registered.endpoint().id());
            case ServiceState.DeclaredService declared -> service(declared.service());
            case ServiceState.Host host -> host(host.host());
            case ServiceState.Checkpoint _ -> CHECKPOINT;
        };
    }

    /** The key of a liveness value. */
    public static String of(Liveness liveness) {
        return switch (liveness) {
            case Liveness.HostBeat beat -> hostBeat(beat.host());
            case Liveness.ApplierBeat beat -> applierBeat(beat.group(), beat.applier());
            case Liveness.EndpointRenewed renewed -> endpoint(renewed.endpointId());
            case Liveness.Tick _ -> TICK;
        };
    }

    /** The key of a configuration value in {@code proxy-configs.<group>}. */
    public static String of(ConfigRecord config) {
        return switch (config) {
            case ConfigRecord.Claim _ -> CLAIM;
            case ConfigRecord.Part part -> part(part.name());
            case ConfigRecord.Manifest manifest -> manifest(manifest.epoch());
            case ConfigRecord.Held _ -> HELD;
        };
    }

    /** Host and container of an {@link #instance} key. */
    public static Optional<HostContainer> parseInstance(String key) {
        return after(INSTANCE, key)
                .flatMap(Keys::split)
                .map(pair -> new HostContainer(pair[0], pair[1]));
    }

    /** Group and applier of an {@link #applierBeat} key. */
    public static Optional<GroupApplier> parseApplierBeat(String key) {
        return after(APPLIER, key).flatMap(Keys::parseResult);
    }

    /** Group and applier of a {@link #result} key. */
    public static Optional<GroupApplier> parseResult(String key) {
        return split(key).map(pair -> new GroupApplier(pair[0], pair[1]));
    }

    /** The id of an {@link #endpoint} key. */
    public static Optional<String> parseEndpoint(String key) {
        return after(ENDPOINT, key);
    }

    /** The name of a {@link #service} key. */
    public static Optional<String> parseService(String key) {
        return after(SERVICE, key);
    }

    /** The id of a {@link #host} key. */
    public static Optional<String> parseHost(String key) {
        return after(HOST, key);
    }

    /** The name of a {@link #part} key. */
    public static Optional<String> parsePart(String key) {
        return after(PART, key);
    }

    /** The epoch of a {@link #manifest} key. */
    public static Optional<Long> parseManifest(String key) {
        return after(MANIFEST, key)
                .filter(epoch -> epoch.matches("[0-9]{1,18}"))
                .map(Long::valueOf);
    }

    /** A container of a host. */
    public record HostContainer(String host, String container) {}

    /** An applier of a group. */
    public record GroupApplier(String group, String applier) {}

    private static Optional<String> after(String prefix, String key) {
        return key.length() > prefix.length() && key.startsWith(prefix)
                ? Optional.of(key.substring(prefix.length()))
                : Optional.empty();
    }

    private static Optional<String[]> split(String pair) {
        int slash = pair.indexOf('/');
        return slash > 0 && slash < pair.length() - 1
                ? Optional.of(new String[] {pair.substring(0, slash), pair.substring(slash + 1)})
                : Optional.empty();
    }

    private static String named(String what, String name) {
        if (name.isEmpty() || name.indexOf('/') >= 0) {
            throw new IllegalArgumentException(
                    "a " + what + " name is neither empty nor contains a slash: '" + name + "'");
        }
        return name;
    }
}
