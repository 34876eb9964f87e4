package io.signalbox.renderer.core;

import io.signalbox.haproxy.IllegalValue;
import io.signalbox.haproxy.ServerAddress;
import io.signalbox.schemas.ConfigRecord.Candidate;
import io.signalbox.schemas.ConfigRecord.Candidate.Kind;
import io.signalbox.schemas.ConfigRecord.Note;
import io.signalbox.schemas.Container.NetworkAttachment;
import io.signalbox.schemas.Container.NetworkMode;
import io.signalbox.schemas.Container.Protocol;
import io.signalbox.schemas.Container.PublishedPort;
import io.signalbox.schemas.Declaration;
import io.signalbox.schemas.GroupDefinition;
import io.signalbox.schemas.ServiceState.Instance;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The addresses by which one container may be reached for one service, in order of preference: the
 * chosen network's, other networks' where none was asked for by label, then published ports, those
 * of its Swarm service last, at which every node answers. A container that shares another one's
 * network has that one's addresses; one on the host's network has the host's.
 */
final class Addresses {
    private static final String INGRESS = "ingress";
    private static final String GATEWAY = "docker_gwbridge";

    private final Instance instance;
    private final Instance network;
    private final Declaration declaration;
    private final GroupDefinition group;
    private final @Nullable Instance service;
    private final String subject;
    private final List<Candidate> candidates = new ArrayList<>();
    private final List<Note> notes = new ArrayList<>();

    private Addresses(
            Instance instance,
            Instance network,
            Declaration declaration,
            GroupDefinition group,
            @Nullable Instance service) {
        this.instance = instance;
        this.network = network;
        this.declaration = declaration;
        this.group = group;
        this.service = service;
        this.subject = Eligibility.subject(instance);
    }

    /**
     * What was found.
     *
     * @param notes why nothing was found, or what was chosen among several
     */
    record Found(List<Candidate> candidates, List<Note> notes) {
        Found {
            candidates = List.copyOf(candidates);
            notes = List.copyOf(notes);
        }
    }

    /**
     * Finds the addresses.
     *
     * @param shared the container whose network it uses; null when it uses none or it is not there
     * @param service the picture of the Swarm service that it is a task of; null for none
     */
    static Found of(
            Instance instance,
            @Nullable Instance shared,
            Declaration declaration,
            GroupDefinition group,
            @Nullable Instance service) {
        if (instance.networkMode().kind() != NetworkMode.Kind.CONTAINER) {
            return new Addresses(instance, instance, declaration, group, service).found();
        }
        if (shared == null || !Eligibility.runs(shared)) {
            String other = instance.networkMode().container();
            Note missing = Notes.networkOfMissing(Eligibility.subject(instance), other);
            return new Found(List.of(), List.of(missing));
        }
        return new Addresses(instance, shared, declaration, group, service).found();
    }

    private Found found() {
        switch (network.networkMode().kind()) {
            case HOST -> add(hostKind(), "", network.hostAddress(), declaration.port());
            case NONE, CONTAINER -> notes.add(Notes.noNetwork(subject));
            case NETWORKS -> attached();
        }
        if (candidates.isEmpty() && notes.isEmpty()) {
            String mode = group.addressMode().name().toLowerCase(Locale.ROOT);
            notes.add(Notes.noAddress(subject, mode));
        }
        return new Found(candidates, notes);
    }

    private void attached() {
        List<NetworkAttachment> networks =
                network.networks().stream()
                        .filter(attachment -> hasAddress(attachment))
                        .sorted(
                                Comparator.comparing(Addresses::isPlumbing)
                                        .thenComparing(NetworkAttachment::name)
                                        .thenComparing(NetworkAttachment::networkId))
                        .toList();
        String wanted = declaration.network();
        if (wanted != null) {
            Optional<NetworkAttachment> chosen = named(networks, wanted);
            if (chosen.isEmpty()) {
                notes.add(Notes.networkMissing(subject, wanted));
                return;
            }
            byNetwork(chosen.get());
            if (chosen.get().shared()) {
                // Its own host, where nothing is attached to an overlay, reaches it there.
                named(networks, GATEWAY).ifPresent(this::byNetwork);
            }
        } else {
            inOrder(networks);
        }
        switch (group.addressMode()) {
            case AUTO, PUBLISHED, VIP -> {
                network.published().forEach(this::byPublishedPort);
                if (service != null) {
                    service.published().forEach(this::byPublishedPort);
                }
            }
            case CONTAINER, OVERLAY -> {}
        }
    }

    private void inOrder(List<NetworkAttachment> networks) {
        String preferred = group.network();
        Optional<NetworkAttachment> first =
                preferred == null ? Optional.empty() : named(networks, preferred);
        first.ifPresent(this::byNetwork);
        networks.stream()
                .filter(attachment -> !first.equals(Optional.of(attachment)))
                .forEach(this::byNetwork);
        long usable = networks.stream().filter(attachment -> !isPlumbing(attachment)).count();
        if (first.isEmpty() && usable > 1 && !candidates.isEmpty()) {
            notes.add(Notes.networkChosen(subject, networks.getFirst().name(), (int) usable));
        }
    }

    /**
     * By its name, or by the one that a Compose project or a stack gives a network of that name.
     */
    private Optional<NetworkAttachment> named(List<NetworkAttachment> networks, String name) {
        String project = instance.labels().get("com.docker.compose.project");
        String stack = instance.labels().get("com.docker.stack.namespace");
        return Stream.of(name, project + "_" + name, stack + "_" + name)
                .flatMap(
                        one ->
                                networks.stream()
                                        .filter(attachment -> attachment.name().equals(one)))
                .findFirst();
    }

    private void byNetwork(NetworkAttachment attachment) {
        Kind kind = attachment.shared() ? Kind.OVERLAY : Kind.CONTAINER;
        boolean wanted =
                switch (group.addressMode()) {
                    case AUTO, VIP -> true;
                    case CONTAINER -> kind == Kind.CONTAINER;
                    case OVERLAY -> kind == Kind.OVERLAY;
                    case PUBLISHED -> false;
                };
        if (wanted) {
            String scope = attachment.networkId();
            add(kind, scope, attachment.ipv4(), declaration.port());
            add(kind, scope, attachment.ipv6(), declaration.port());
        }
    }

    private void byPublishedPort(PublishedPort port) {
        if (port.protocol() != Protocol.TCP || port.containerPort() != declaration.port()) {
            return;
        }
        String bound = port.hostIp();
        if (isLoopback(bound)) {
            add(Kind.LOOPBACK, "", bound, port.hostPort());
        } else if (bound.isEmpty() || bound.equals("0.0.0.0") || bound.equals("::")) {
            add(hostKind(), "", network.hostAddress(), port.hostPort());
        } else {
            add(Kind.PUBLISHED, "", bound, port.hostPort());
        }
    }

    private Kind hostKind() {
        return isLoopback(network.hostAddress()) ? Kind.LOOPBACK : Kind.PUBLISHED;
    }

    private void add(Kind kind, String scope, @Nullable String address, int port) {
        if (address == null || address.isEmpty()) {
            return;
        }
        try {
            ServerAddress checked = new ServerAddress(address, port);
            Candidate candidate =
                    new Candidate(kind, instance.host(), scope, checked.address(), checked.port());
            if (!candidates.contains(candidate)) {
                candidates.add(candidate);
            }
        } catch (IllegalValue e) {
            notes.add(Notes.badAddress(subject, String.valueOf(e.getMessage())));
        }
    }

    private static boolean hasAddress(NetworkAttachment attachment) {
        return present(attachment.ipv4()) || present(attachment.ipv6());
    }

    private static boolean present(@Nullable String address) {
        return address != null && !address.isEmpty();
    }

    /** Networks that Swarm makes for itself and that no application is reached by. */
    private static boolean isPlumbing(NetworkAttachment attachment) {
        return attachment.name().equals(INGRESS) || attachment.name().equals(GATEWAY);
    }

    private static boolean isLoopback(String address) {
        return address.startsWith("127.") || address.equals("::1");
    }
}
