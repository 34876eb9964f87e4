package io.signalbox.registry.core;

import static io.signalbox.registry.core.Facts.RUN;
import static io.signalbox.registry.core.Facts.T0;

import io.signalbox.schemas.ApplyResult;
import io.signalbox.schemas.Cause;
import io.signalbox.schemas.ConfigRecord;
import io.signalbox.schemas.ConfigRecord.HeldRoute;
import io.signalbox.schemas.ConfigRecord.Note;
import io.signalbox.schemas.ConfigRecord.Server;
import io.signalbox.schemas.Container;
import io.signalbox.schemas.Keys;
import io.signalbox.schemas.Policy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What is asked about: the host {@code h1} with one container, the service {@code web} of the group
 * {@code default}, and that group's applier {@code a1}.
 */
final class WhyScene {
    static final String ID = "c1c1c1c1";
    static final String SERVER = "web." + ID;

    final Partition log = new Partition();
    final ReadModel model = new ReadModel();
    private long offset;

    /** The host shows this container, and no other; its session. */
    long show(Container container) {
        long session = log.session("h1", container);
        publish();
        return session;
    }

    /** What was folded so far is read. */
    void publish() {
        log.state.records().forEach((key, value) -> model.state(0, key, value));
    }

    /** The configuration has the service with that policy and no server. */
    void publish(Policy policy) {
        part("web", service("web", List.of(), List.of(), List.of(), policy));
        manifest(1);
    }

    /** The configuration has the service with these servers and the route {@code a.example/api}. */
    void configure(List<Server> servers) {
        configure(servers, List.of(new HeldRoute("a.example", "/api", T0)), List.of());
    }

    /** The configuration has the service so. */
    void configure(List<Server> servers, List<HeldRoute> routes, List<Note> notes) {
        model.configuration("default", offset++, Keys.CLAIM, new ConfigRecord.Claim("r"));
        part("web", servers, routes, notes);
        manifest(1);
    }

    /** A part is written, without a manifest. */
    void part(String service, List<Server> servers, List<HeldRoute> routes, List<Note> notes) {
        part(service, service(service, servers, routes, notes, Policy.NONE));
    }

    private void part(String service, ConfigRecord.Service content) {
        String name = "service/" + service;
        model.configuration(
                "default", offset++, Keys.part(name), new ConfigRecord.Part(name, 0, 1, content));
    }

    private static ConfigRecord.Service service(
            String service,
            List<Server> servers,
            List<HeldRoute> routes,
            List<Note> notes,
            Policy policy) {
        return new ConfigRecord.Service(
                service,
                List.of(),
                new ConfigRecord.ServerOptions(0, 3, 1),
                servers,
                routes,
                notes,
                policy);
    }

    /** A manifest is written. */
    void manifest(long generation) {
        model.configuration(
                "default",
                offset++,
                Keys.manifest(0),
                new ConfigRecord.Manifest(
                        "default", 0, generation, "", "1", "t", List.of(99L), 0, List.of()));
    }

    /** The container as a server. */
    static Server server(boolean stopping) {
        return new Server(
                SERVER,
                "h1",
                ID,
                RUN,
                1,
                stopping,
                List.of(),
                new Cause(0, 1, "h1/" + ID, null, T0, T0, null));
    }

    /** The applier has applied the first manifest, in which the service has a spare backend. */
    void applied(List<String> pending, List<Note> leftOut) {
        applied(Map.of("web", "spare_plain_001"), pending, leftOut);
    }

    /** The applier has applied the first manifest. */
    void applied(Map<String, String> spares, List<String> pending, List<Note> leftOut) {
        model.result(
                new ApplyResult(
                        "default",
                        "a1",
                        "h1",
                        0,
                        1,
                        ApplyResult.Outcome.APPLIED,
                        ApplyResult.How.RUNTIME,
                        "",
                        "2.6.12",
                        new ApplyResult.Reach("h1", List.of()),
                        "",
                        spares,
                        pending,
                        leftOut,
                        List.of(),
                        T0,
                        T0,
                        T0));
    }

    /** Who answers. */
    Why why() {
        return new Why(model);
    }

    /** All lines of all answers about a subject. */
    String lines(String subject) {
        List<String> lines = new ArrayList<>();
        why().subject(subject).forEach(answer -> lines.addAll(answer.lines()));
        return String.join("\n", lines);
    }
}
