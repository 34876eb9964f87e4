package io.signalbox.bench.fuzz;

import io.signalbox.applier.core.AddressChoice;
import io.signalbox.applier.core.Desired;
import io.signalbox.applier.core.disk.ConfigFiles;
import io.signalbox.applier.core.disk.Saved;
import io.signalbox.applier.core.plan.Version;
import io.signalbox.applier.core.plan.Wanted;
import io.signalbox.haproxy.CertificateFiles;
import io.signalbox.haproxy.ConfigPath;
import io.signalbox.haproxy.Configuration;
import io.signalbox.haproxy.HaproxyVersion;
import io.signalbox.haproxy.LocalSettings;
import io.signalbox.haproxy.LocalSettings.LogTarget;
import io.signalbox.registry.core.Instances;
import io.signalbox.registry.core.dialect.Declared;
import io.signalbox.registry.core.dialect.Dialects;
import io.signalbox.renderer.core.GroupRenderer;
import io.signalbox.renderer.core.ServiceView;
import io.signalbox.schemas.ApplyResult.Reach;
import io.signalbox.schemas.Cause;
import io.signalbox.schemas.ConfigRecord.Note;
import io.signalbox.schemas.ConfigRecord.Part;
import io.signalbox.schemas.ConfigRecord.Service;
import io.signalbox.schemas.Container;
import io.signalbox.schemas.Container.ExposedPort;
import io.signalbox.schemas.Container.Health;
import io.signalbox.schemas.Container.NetworkAttachment;
import io.signalbox.schemas.Container.NetworkMode;
import io.signalbox.schemas.Container.Protocol;
import io.signalbox.schemas.Container.State;
import io.signalbox.schemas.Event;
import io.signalbox.schemas.GroupDefinition;
import io.signalbox.schemas.GroupDefinition.EntryPoint;
import io.signalbox.schemas.GroupDefinition.Listen;
import io.signalbox.schemas.GroupDefinition.Selector;
import io.signalbox.schemas.GroupDefinition.Tcp;
import io.signalbox.schemas.Keys;
import io.signalbox.schemas.ServiceState.Instance;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One container's labels on their way: declared by the registry's dialects, rendered by the
 * renderer, checked and written by the applier.
 */
final class LabelsPath {
    private static final String HOST = "h";
    private static final String CONTAINER = "0123456789abcdef";
    private static final Instant T = Instant.parse("2026-01-01T00:00:00Z");
    private static final Cause CAUSE = new Cause(0, 1, "s", T, T, T, T);
    private static final NetworkAttachment NETWORK =
            new NetworkAttachment("n", "front", "172.17.0.2", null, false);
    private static final LocalSettings LOCAL =
            new LocalSettings(
                    new ConfigPath("/s/runtime.sock"),
                    new ConfigPath("/s/maps"),
                    new CertificateFiles(new ConfigPath("/s/certificates")),
                    LogTarget.STDOUT,
                    Optional.empty(),
                    List.of());
    private static final List<EntryPoint> ENTRY_POINTS =
            List.of(
                    new EntryPoint("http", new Listen("", 80)),
                    new EntryPoint("internal", new Listen("", 81)),
                    new EntryPoint(
                            "postgres",
                            new Listen("", 5432),
                            null,
                            null,
                            false,
                            List.of(),
                            Tcp.BY_NAME));
    private static final Selector NGINX_PROXY =
            new Selector(Map.of(), List.of(), List.of(), List.of("signalbox", "nginx-proxy"));
    private static final List<GroupDefinition> GROUPS =
            List.of(group(GroupDefinition.DEFAULT), group("internal"));

    private LabelsPath() {}

    /**
     * What became of the labels in one group.
     *
     * @param services the parts of services, by name
     * @param refused what the applier did not let through, though the renderer wrote it
     * @param files what HAProxy would be started with
     */
    record Way(
            Declared declared,
            SortedMap<String, Service> services,
            List<Note> refused,
            Configuration.Files files) {}

    /** The ways of a container's labels, one for each group that serves it. */
    static List<Way> of(Map<String, String> labels) {
        Container container = container(labels);
        Declared declared = Dialects.declare(container);
        Instance instance =
                Instances.observed(HOST, "192.0.2.1", Event.DOCKER, container, null, CAUSE);
        return GROUPS.stream().map(group -> way(instance, declared, group)).toList();
    }

    private static Way way(Instance instance, Declared declared, GroupDefinition group) {
        ServiceView view = new ServiceView(1);
        view.read(0, Keys.instance(HOST, CONTAINER), instance, T);
        SortedMap<String, Service> services = new TreeMap<>();
        Map<String, Part> parts = new TreeMap<>();
        new GroupRenderer(group, view, Map.of())
                .plan()
                .changed()
                .forEach(
                        (name, content) -> {
                            parts.put(name, new Part(name, 1, 1, content));
                            if (content instanceof Service service) {
                                services.put(service.service(), service);
                            }
                        });
        Desired desired = new Desired(new AddressChoice(new Reach(HOST, List.of("n")), true));
        desired.accept(parts, true);
        Wanted wanted = desired.wanted(new Version(1, 1));
        return new Way(
                declared,
                services,
                desired.leftOut().stream().filter(LabelsPath::isRefusal).toList(),
                ConfigFiles.of(
                        Saved.of(wanted, "topic", Set.of()),
                        LOCAL,
                        HaproxyVersion.of("2.6.12").capabilities()));
    }

    private static boolean isRefusal(Note note) {
        return note.code().equals(Desired.QUARANTINED) || note.code().equals(Desired.ILLEGAL);
    }

    @SuppressWarnings("NullAway") // does not see @Nullable on a nested type of another module
    private static GroupDefinition group(String name) {
        GroupDefinition standard = GroupDefinition.builtIn(name, new Listen("", 80));
        return new GroupDefinition(
                name,
                name.equals(GroupDefinition.DEFAULT) ? standard.selector() : NGINX_PROXY,
                ENTRY_POINTS,
                standard.oldestHaproxy(),
                standard.addressMode(),
                null,
                standard.defaults(),
                null,
                0,
                false);
    }

    private static Container container(Map<String, String> said) {
        SortedMap<String, String> labels = new TreeMap<>();
        SortedMap<String, String> environment = new TreeMap<>();
        said.forEach(
                (key, value) -> {
                    if (key.startsWith("$")) {
                        environment.put(key.substring(1), value);
                    } else {
                        labels.put(key, value);
                    }
                });
        return new Container(
                CONTAINER,
                "web",
                "image",
                State.RUNNING,
                Health.NONE,
                T,
                null,
                0,
                false,
                new NetworkMode(NetworkMode.Kind.NETWORKS, ""),
                List.of(NETWORK),
                List.of(),
                List.of(new ExposedPort(8080, Protocol.TCP)),
                labels,
                environment,
                10);
    }
}
