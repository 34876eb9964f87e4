package io.signalbox.registry.core.doors;

import io.signalbox.registry.core.ReadModel;
import io.signalbox.registry.core.doors.LambdaRequest.Candidate;
import io.signalbox.registry.core.doors.LambdaRequest.Place;
import io.signalbox.schemas.Endpoint;
import io.signalbox.schemas.ServiceState.RegisteredEndpoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One table of Lambda-Registry's: its instances are endpoints {@code lambda/<table>/<service>/<id>}
 * without a time to live. One that only {@code running} named declares nothing: it is known and not
 * served, until a candidate names it.
 *
 * <p>A request says who lives: stored instances that it does not name go. What a candidate says of
 * its service holds for all of its instances from then on, stored ones too; of an instance that has
 * another address than before, the new one counts.
 */
public final class LambdaTable {
    private static final String PREFIX = "lambda/";

    private final String table;
    private final SortedMap<String, SortedMap<String, Endpoint>> stored = new TreeMap<>();

    private LambdaTable(ReadModel model, String table) {
        this.table = table;
        String prefix = PREFIX + table + "/";
        for (RegisteredEndpoint one : model.endpoints(prefix)) {
            String[] rest = one.endpoint().id().substring(prefix.length()).split("/", -1);
            if (!one.gone() && rest.length == 2) {
                stored.computeIfAbsent(rest[0], _ -> new TreeMap<>()).put(rest[1], one.endpoint());
            }
        }
    }

    /** What a request asks for, its body read and understood. */
    public static final class Call {
        private final LambdaRequest request;
        private final String group;

        private Call(LambdaRequest request, String group) {
            this.request = request;
            this.group = group;
        }

        /** The table that it is about. */
        public String table() {
            return request.table();
        }

        /** What follows from it, and as its answer the whole table's configuration. */
        public Decision decide(ReadModel model) {
            return new Decision(
                    new LambdaTable(model, table()).facts(request, group),
                    List.of(),
                    read -> new LambdaTable(read, table()).answer());
        }
    }

    /**
     * Reads a request.
     *
     * @param groupOf the group that serves a table
     * @throws Refused with 400 and every mistake in it
     */
    public static Call read(Json body, java.util.function.UnaryOperator<String> groupOf) {
        LambdaRequest request = LambdaRequest.read(body);
        return new Call(request, groupOf.apply(request.table()));
    }

    /** First what is there, then what is no more. */
    private List<DoorFact> facts(LambdaRequest request, String group) {
        List<DoorFact> facts = new ArrayList<>();
        List<DoorFact> gone = new ArrayList<>();
        for (String service : request.services()) {
            SortedMap<String, Endpoint> known = stored.getOrDefault(service, new TreeMap<>());
            wanted(service, request, group)
                    .forEach(
                            (id, endpoint) -> {
                                if (!endpoint.equals(known.get(id))) {
                                    facts.add(DoorFact.registered(endpoint));
                                }
                            });
        }
        stored.forEach(
                (service, known) ->
                        known.forEach(
                                (id, endpoint) -> {
                                    if (!lives(request, service, id)) {
                                        gone.add(DoorFact.deregistered(endpoint.id()));
                                    }
                                }));
        facts.addAll(gone);
        return facts;
    }

    private static boolean lives(LambdaRequest request, String service, String id) {
        Candidate candidate = request.candidates().get(service);
        return request.running(service).containsKey(id)
                || (candidate != null && candidate.containers().containsKey(id));
    }

    private SortedMap<String, Endpoint> wanted(
            String service, LambdaRequest request, String group) {
        Candidate candidate = request.candidates().get(service);
        SortedMap<String, Endpoint> known = stored.getOrDefault(service, new TreeMap<>());
        Optional<LambdaAttributes> attributes =
                candidate == null ? attributes(known) : Optional.of(candidate.attributes());
        SortedMap<String, Endpoint> wanted = new TreeMap<>();
        request.running(service)
                .forEach(
                        (id, place) -> {
                            Endpoint before = known.get(id);
                            boolean served = before != null && !before.declarations().isEmpty();
                            int port = before == null ? 0 : before.port();
                            wanted.put(
                                    id,
                                    endpoint(
                                            service,
                                            id,
                                            place.withPort(port),
                                            served ? attributes.orElse(null) : null,
                                            group));
                        });
        if (candidate != null) {
            candidate
                    .containers()
                    .forEach(
                            (id, place) ->
                                    wanted.put(
                                            id,
                                            endpoint(
                                                    service,
                                                    id,
                                                    place,
                                                    candidate.attributes(),
                                                    group)));
        }
        return wanted;
    }

    private Endpoint endpoint(
            String service,
            String id,
            Place place,
            @Nullable LambdaAttributes attributes,
            String group) {
        return new Endpoint(
                PREFIX + table + "/" + service + "/" + id,
                place.address(),
                place.port(),
                0,
                attributes == null
                        ? List.of()
                        : attributes.declarations(service, place.port(), group));
    }

    /** What the stored instances say of their service; all that are served say the same. */
    private static Optional<LambdaAttributes> attributes(SortedMap<String, Endpoint> instances) {
        return instances.values().stream()
                .flatMap(one -> one.declarations().stream())
                .findFirst()
                .flatMap(LambdaAttributes::of);
    }

    private Reply answer() {
        LambdaText text = new LambdaText();
        stored.forEach(
                (service, instances) -> {
                    SortedMap<String, Endpoint> served = new TreeMap<>(instances);
                    served.values().removeIf(one -> one.declarations().isEmpty());
                    attributes(served).ifPresent(said -> text.service(service, said, served));
                });
        return Reply.text(200, text.text());
    }
}
