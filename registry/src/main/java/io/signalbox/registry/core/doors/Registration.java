package io.signalbox.registry.core.doors;

import io.signalbox.registry.core.ReadModel;
import io.signalbox.registry.core.dialect.Declared;
import io.signalbox.registry.core.dialect.EndpointLabels;
import io.signalbox.registry.core.dialect.SignalboxKeys;
import io.signalbox.schemas.Declaration;
import io.signalbox.schemas.Dialect;
import io.signalbox.schemas.Endpoint;
import io.signalbox.schemas.Liveness;
import io.signalbox.schemas.Rejection;
import io.signalbox.schemas.ServiceState.RegisteredEndpoint;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Registration of endpoints: what a request says, and what follows from it. Who registers what
 * stands already renews it, which is a beat and no fact.
 */
public final class Registration {
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]{0,99}");
    private static final String ID_RULE =
            "must have 1 to 100 letters, digits, '.', '_' or '-' and begin with a letter or digit";
    private static final Pattern TTL = Pattern.compile("([0-9]{1,7})(s|m|h|d)");
    private static final int SHORTEST_TTL = 2;
    private static final int LONGEST_TTL = 30 * 24 * 3_600;
    private static final String TTL_RULE =
            "must be from 2s to 30d: a number of seconds, or one with s, m, h or d, such as 30s";
    private static final int HIGHEST_PORT = 65_535;
    private static final int MOST_LABELS = 200;

    private Registration() {}

    /**
     * The endpoint that a request registers.
     *
     * @throws Refused with 400 and every mistake in it
     */
    public static Endpoint read(String id, Json body) {
        Mistakes mistakes = new Mistakes();
        id(id, mistakes);
        Fields fields = Fields.of("", body, mistakes);
        String service = fields.text("service");
        String address = fields.text("address");
        int port = fields.number("port", 1, HIGHEST_PORT);
        int ttl = ttl(fields, mistakes);
        Map<String, String> labels = fields.texts("labels");
        fields.end();
        String checked = address(fields, address, mistakes);
        labels.keySet().forEach(key -> label(key, mistakes));
        if (labels.size() > MOST_LABELS) {
            mistakes.add("labels", "must be at most " + MOST_LABELS, labels.size() + " labels");
        }
        mistakes.refuse();
        Declared declared = EndpointLabels.declare(service, port, labels, Dialect.SIGNALBOX);
        declared.rejections().forEach(one -> rejected(one, mistakes));
        declared.declarations().forEach(one -> onePort(one, port, mistakes));
        mistakes.refuse();
        return new Endpoint(id, checked, port, ttl, declared.declarations());
    }

    /** What follows from registering an endpoint. */
    public static Decision put(ReadModel model, Endpoint endpoint) {
        RegisteredEndpoint before = model.endpoint(endpoint.id());
        boolean known = before != null && !before.gone();
        if (before != null && known && endpoint.equals(before.endpoint())) {
            return new Decision(
                    List.of(),
                    List.of(new Liveness.EndpointRenewed(endpoint.id())),
                    _ -> reply(200, before, "renewed"));
        }
        return new Decision(
                List.of(DoorFact.registered(endpoint)),
                List.of(),
                read ->
                        reply(
                                known ? 200 : 201,
                                read.endpoint(endpoint.id()),
                                known ? "changed" : "registered"));
    }

    /**
     * What follows from taking an endpoint back.
     *
     * @throws Refused with 404 where there is none, with 400 where another door's it is
     */
    public static Decision delete(ReadModel model, String id) {
        require(model, id);
        Mistakes mistakes = new Mistakes();
        id(id, mistakes);
        mistakes.refuse();
        return new Decision(
                List.of(DoorFact.deregistered(id)),
                List.of(),
                read -> reply(200, read.endpoint(id), "deregistered"));
    }

    /**
     * One endpoint.
     *
     * @throws Refused with 404 where there is none
     */
    public static Reply get(ReadModel model, String id) {
        return Reply.json(200, JsonWriter.write(tree(require(model, id))));
    }

    /** All endpoints that are there, those of other doors too. */
    public static Reply list(ReadModel model) {
        List<Map<String, Object>> all =
                model.endpoints("").stream()
                        .filter(one -> !one.gone())
                        .map(Registration::tree)
                        .toList();
        return Reply.json(200, JsonWriter.write(Map.of("endpoints", all)));
    }

    private static RegisteredEndpoint require(ReadModel model, String id) {
        RegisteredEndpoint found = model.endpoint(id);
        if (found == null || found.gone()) {
            String shown = new Mistake("", "", id).value();
            String detail = "no endpoint is registered as '" + shown + "'";
            throw Problem.of(404, "no-endpoint", detail).refused();
        }
        return found;
    }

    private static void id(String id, Mistakes mistakes) {
        if (!ID.matcher(id).matches()) {
            mistakes.add("the endpoint's id", ID_RULE, id);
        }
    }

    private static int ttl(Fields fields, Mistakes mistakes) {
        if (!fields.isText("ttl")) {
            return fields.optionalNumber("ttl", SHORTEST_TTL, LONGEST_TTL).orElse(0);
        }
        String text = fields.text("ttl");
        long seconds = seconds(text).orElse(0L);
        if (seconds < SHORTEST_TTL || seconds > LONGEST_TTL) {
            mistakes.add("ttl", TTL_RULE, text);
            return 0;
        }
        return (int) seconds;
    }

    private static Optional<Long> seconds(String text) {
        Matcher matcher = TTL.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        long number = Long.parseLong(matcher.group(1));
        return Optional.of(
                switch (matcher.group(2)) {
                    case "s" -> number;
                    case "m" -> number * 60;
                    case "h" -> number * 3_600;
                    default -> number * 86_400;
                });
    }

    /** Names are not resolved here: the registry's answer need not be that of HAProxy's host. */
    private static String address(Fields fields, String said, Mistakes mistakes) {
        String address = fields.checked("address", said, Address::of);
        if (address == null) {
            return "";
        }
        if (address.equals("0.0.0.0") || address.equals("::")) {
            mistakes.add("address", "must be one that can be connected to", said);
        }
        return address;
    }

    private static void label(String key, Mistakes mistakes) {
        if (!key.startsWith(SignalboxKeys.PREFIX)) {
            mistakes.add("labels." + key, "must be a native label, signalbox.*", "");
        } else if (EndpointLabels.NOT_TAKEN.contains(key)) {
            mistakes.add(
                    "labels." + key,
                    "is not taken: service, address and port say what it would",
                    "");
        }
    }

    /** Its value stands in the place, as a label is written. */
    private static void rejected(Rejection one, Mistakes mistakes) {
        String suggestion = one.suggestion();
        String said = one.value().isEmpty() ? "" : "=" + one.value();
        mistakes.add(
                one.key().equals("signalbox.service") ? "service" : "labels." + one.key() + said,
                "is refused: "
                        + one.message()
                        + (suggestion == null ? "" : " (did you mean " + suggestion + "?)"),
                "");
    }

    private static void onePort(Declaration declaration, int port, Mistakes mistakes) {
        if (declaration.port() != port) {
            mistakes.add(
                    "labels",
                    "must give service %s no other port than %d, register an endpoint for each"
                            .formatted(declaration.service(), port),
                    Integer.toString(declaration.port()));
        }
    }

    private static Reply reply(int status, @Nullable RegisteredEndpoint endpoint, String outcome) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("outcome", outcome);
        if (endpoint != null) {
            tree.putAll(tree(endpoint));
        }
        return Reply.json(status, JsonWriter.write(tree));
    }

    private static Map<String, Object> tree(RegisteredEndpoint registered) {
        Endpoint endpoint = registered.endpoint();
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("id", endpoint.id());
        tree.put("address", endpoint.address());
        tree.put("port", endpoint.port());
        if (endpoint.ttlSeconds() > 0) {
            tree.put("ttl", endpoint.ttlSeconds());
        }
        tree.put("registeredAt", registered.cause().eventAppendedAt().toString());
        tree.put("services", endpoint.declarations().stream().map(Registration::service).toList());
        return tree;
    }

    private static Map<String, Object> service(Declaration declaration) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("service", declaration.service());
        tree.put("groups", declaration.groups());
        tree.put(
                "routes",
                declaration.routes().stream()
                        .map(route -> (route.host().isEmpty() ? "*" : route.host()) + route.path())
                        .toList());
        return tree;
    }
}
