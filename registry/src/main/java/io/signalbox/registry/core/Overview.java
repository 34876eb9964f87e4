package io.signalbox.registry.core;

import io.signalbox.schemas.Adoption;
import io.signalbox.schemas.ApplyResult;
import io.signalbox.schemas.ConfigRecord;
import io.signalbox.schemas.ConfigRecord.Held;
import io.signalbox.schemas.ConfigRecord.Manifest;
import io.signalbox.schemas.ConfigRecord.Note;
import io.signalbox.schemas.GroupDefinition;
import io.signalbox.schemas.GroupView;
import io.signalbox.schemas.HostIdentity;
import io.signalbox.schemas.Keys;
import io.signalbox.schemas.ServiceState.Host;
import io.signalbox.schemas.ServiceState.Instance;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** All hosts, services and groups at a glance, as nested maps in a stable order. */
public final class Overview {
    private final ReadModel model;

    /** An overview of this model. */
    public Overview(ReadModel model) {
        this.model = model;
    }

    /** Every host with its watcher's state. */
    public List<Object> hosts() {
        Map<String, Integer> containers = new LinkedHashMap<>();
        for (Instance instance : model.instances()) {
            if (!instance.gone()) {
                containers.merge(instance.host(), 1, Integer::sum);
            }
        }
        return new ArrayList<>(
                model.hosts().stream()
                        .map(host -> host(host, containers.getOrDefault(host.host(), 0)))
                        .toList());
    }

    /** Every service that something declares. */
    public List<Object> services() {
        Map<String, Integer> borrowers = new Loans(model).borrowers();
        return new ArrayList<>(
                model.serviceNames().stream()
                        .map(name -> service(name, borrowers.getOrDefault(name, 0)))
                        .toList());
    }

    /** Every group with its configuration and appliers. */
    public List<Object> groups() {
        return new ArrayList<>(model.groupNames().stream().map(this::group).toList());
    }

    private Map<String, Object> host(Host host, int containers) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("host", host.host());
        tree.put("status", lower(host.status()));
        tree.put("since", host.statusAt().toString());
        tree.put("session", host.session());
        HostIdentity identity = host.identity();
        if (identity != null) {
            tree.put("address", identity.address());
            tree.put("engine", identity.engineVersion());
            tree.put("engineId", identity.engineId());
        }
        tree.put("containers", containers);
        putTime(tree, "lastBeat", model.lastBeat(Keys.hostBeat(host.host())));
        if (host.openSnapshot() != null) {
            tree.put("snapshot", "open");
        }
        if (host.resyncSession() >= 0) {
            tree.put("resyncWanted", host.resyncSession());
        }
        if (host.refusedSession() >= 0) {
            tree.put("refusedSession", host.refusedSession());
        }
        return tree;
    }

    private Map<String, Object> service(String name, int borrowers) {
        Map<String, Object> tree = new LinkedHashMap<>();
        List<Instance> instances =
                model.instancesOf(name).stream()
                        .filter(i -> !i.gone() && !Adoption.isSwarm(i))
                        .toList();
        tree.put("service", name);
        tree.put("containers", instances.size() + borrowers);
        long endpoints = model.endpointsOf(name);
        if (endpoints > 0) {
            tree.put("endpoints", endpoints);
        }
        List<Object> groups = new ArrayList<>();
        for (String group : model.groupNames()) {
            ConfigRecord.Service part = model.part(group, name);
            if (part != null) {
                groups.add(part(group, part));
            }
        }
        tree.put("groups", groups);
        if (groups.isEmpty()) {
            tree.put(
                    "namedGroups",
                    new ArrayList<>(
                            instances.stream()
                                    .flatMap(i -> i.declarations().stream())
                                    .filter(d -> d.service().equals(name))
                                    .flatMap(d -> d.groups().stream())
                                    .distinct()
                                    .sorted()
                                    .toList()));
        }
        return tree;
    }

    private Map<String, Object> part(String group, ConfigRecord.Service part) {
        Map<String, Object> tree = new LinkedHashMap<>();
        long stopping = part.servers().stream().filter(ConfigRecord.Server::stopping).count();
        tree.put("group", group);
        tree.put("servers", part.servers().size() - stopping);
        tree.put("stopping", stopping);
        Set<String> pending = new HashSet<>();
        model.results(group).forEach(result -> pending.addAll(result.pending()));
        tree.put(
                "pending",
                part.servers().stream().filter(one -> pending.contains(one.name())).count());
        tree.put("routes", new ArrayList<>(part.routes().stream().map(Routing::text).toList()));
        tree.put("notes", notes(part.notes().stream()));
        return tree;
    }

    private Map<String, Object> group(String name) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("group", name);
        tree.put(
                "definition",
                model.group(name) != null
                        ? "defined"
                        : name.equals(GroupDefinition.DEFAULT)
                                ? "built-in"
                                : model.withdrawnAt(name) != null ? "withdrawn" : "none");
        putTime(tree, "withdrawnAt", model.withdrawnAt(name));
        GroupView view = model.configuration(name);
        Manifest manifest = view == null ? null : view.manifest();
        if (manifest != null) {
            tree.put("epoch", manifest.epoch());
            tree.put("generation", manifest.generation());
            tree.put("hash", manifest.hash());
            tree.put("services", model.parts(name).size());
            tree.put(
                    "servers",
                    model.parts(name).stream().mapToLong(part -> part.servers().size()).sum());
        }
        Held held = view == null ? null : view.held();
        if (held != null && held.dropping() > 0) {
            tree.put("held", held(held));
        }
        tree.put(
                "appliers",
                new ArrayList<>(model.results(name).stream().map(this::applier).toList()));
        return tree;
    }

    private static Map<String, Object> held(Held held) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("epoch", held.epoch());
        tree.put("generation", held.generation());
        tree.put("dropping", held.dropping());
        tree.put("living", held.living());
        tree.put("reason", held.reason());
        return tree;
    }

    private Map<String, Object> applier(ApplyResult result) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("applier", result.applier());
        tree.put("host", result.host());
        tree.put("haproxy", result.haproxyVersion());
        tree.put("outcome", lower(result.outcome()));
        tree.put("epoch", result.epoch());
        tree.put("generation", result.generation());
        tree.put("how", lower(result.how()));
        tree.put("reason", result.reason());
        tree.put("appliedAt", result.appliedAt().toString());
        String beat = Keys.applierBeat(result.group(), result.applier());
        putTime(tree, "lastBeat", model.lastBeat(beat));
        List<String> hosts = model.beatingOn(beat);
        if (hosts.size() > 1) {
            tree.put("alike", new ArrayList<>(hosts));
        }
        WhyGroup.behind(model, result).ifPresent(reason -> tree.put("behind", reason.message()));
        tree.put("pending", new ArrayList<>(result.pending()));
        tree.put("leftOut", notes(result.leftOut().stream()));
        return tree;
    }

    private static List<Object> notes(Stream<Note> notes) {
        List<Object> all = new ArrayList<>();
        notes.forEach(
                note -> {
                    Map<String, Object> tree = new LinkedHashMap<>();
                    tree.put("code", note.code());
                    tree.put("subject", note.subject());
                    tree.put("message", note.message());
                    all.add(tree);
                });
        return all;
    }

    private static void putTime(
            Map<String, Object> tree, String key, java.time.@Nullable Instant time) {
        if (time != null) {
            tree.put(key, time.toString());
        }
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
