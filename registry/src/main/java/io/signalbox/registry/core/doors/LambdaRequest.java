package io.signalbox.registry.core.doors;

import io.signalbox.haproxy.IllegalValue;
import io.signalbox.haproxy.ServerAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * What {@code POST /generate} says, as Lambda-Registry took it.
 *
 * @param table the state space that it is about
 * @param running every instance that is alive, by service and id
 * @param candidates services with what leads to them, and the instances that may be served, by name
 */
record LambdaRequest(
        String table,
        SortedMap<String, SortedMap<String, Place>> running,
        SortedMap<String, Candidate> candidates) {
    private static final Pattern TABLE = Pattern.compile("[A-Za-z0-9_.-]{1,255}");
    private static final Pattern SERVICE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]{0,99}");
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_.:-]{1,64}");
    private static final Pattern PORT = Pattern.compile("[0-9]{1,5}");
    private static final String ID_RULE = "must have 1 to 64 letters, digits, '_', '.', ':' or '-'";
    private static final int HIGHEST_PORT = 65_535;

    /**
     * Where an instance is.
     *
     * @param port 0 where it was not said
     */
    record Place(String address, int port) {

        /** As it is said. */
        String text() {
            return port == 0 ? address : new ServerAddress(address, port).toString();
        }

        /** The same with a port where none was said. */
        Place withPort(int standard) {
            return port == 0 ? new Place(address, standard) : this;
        }
    }

    /**
     * A service with what leads to it.
     *
     * @param containers its new instances by id, each with a port
     */
    record Candidate(LambdaAttributes attributes, SortedMap<String, Place> containers) {}

    /**
     * Reads it.
     *
     * @throws Refused with 400 and every mistake in it
     */
    static LambdaRequest read(Json body) {
        Reading reading = new Reading();
        Fields fields = Fields.of("", body, reading.mistakes);
        String table = fields.text("table");
        reading.matching(
                fields,
                "table",
                table,
                TABLE,
                "must have 1 to 255 letters, digits, '_', '.' or '-'");
        if (fields.isObject() && !fields.has("running")) {
            reading.mistakes.add("running", "must be given: without it all would be removed", "");
        }
        List<Optional<Instance>> running = fields.list("running", reading::running);
        List<Optional<Service>> candidates = fields.list("candidates", reading::candidate);
        fields.end();
        reading.mistakes.refuse();
        LambdaRequest request = new LambdaRequest(table, new TreeMap<>(), new TreeMap<>());
        running.forEach(one -> one.ifPresent(said -> request.add(said, reading.mistakes)));
        candidates.forEach(one -> one.ifPresent(said -> request.add(said, reading.mistakes)));
        reading.mistakes.refuse();
        return request;
    }

    private void add(Instance said, Mistakes mistakes) {
        put(running.computeIfAbsent(said.service(), _ -> new TreeMap<>()), said, mistakes);
    }

    private void add(Service said, Mistakes mistakes) {
        Candidate known = candidates.get(said.name());
        if (known != null && !known.attributes().equals(said.attributes())) {
            mistakes.add(
                    said.at() + ".serviceName",
                    "must be said once, or with the same attributes",
                    said.name());
        }
        Candidate candidate =
                candidates.computeIfAbsent(
                        said.name(), _ -> new Candidate(said.attributes(), new TreeMap<>()));
        SortedMap<String, Place> alive = running.getOrDefault(said.name(), new TreeMap<>());
        for (Instance one : said.containers()) {
            put(candidate.containers(), one, mistakes);
            Place other = alive.get(one.id());
            if (other != null && !other.address().equals(one.place().address())) {
                mistakes.add(
                        one.at() + ".ip",
                        "must be what running says, " + other.address(),
                        one.place().address());
            }
        }
    }

    private static void put(SortedMap<String, Place> places, Instance said, Mistakes mistakes) {
        Place before = places.put(said.id(), said.place());
        if (before != null && !before.equals(said.place())) {
            mistakes.add(
                    said.at() + ".ip",
                    "must be what was said of this instance before, " + before.text(),
                    said.place().text());
        }
    }

    /** An instance, and where it was said. */
    private record Instance(String at, String service, String id, Place place) {}

    /** A candidate, and where it was said. */
    private record Service(
            String at, String name, LambdaAttributes attributes, List<Instance> containers) {}

    /** Reads the parts. One thread, one request. */
    private static final class Reading {
        private final Mistakes mistakes = new Mistakes();

        Optional<Instance> running(String at, Json json) {
            Fields fields = Fields.of(at, json, mistakes);
            String service = service(fields);
            Optional<Instance> instance = instance(at, fields, service);
            fields.end();
            return instance;
        }

        Optional<Service> candidate(String at, Json json) {
            Fields fields = Fields.of(at, json, mistakes);
            String service = service(fields);
            int port = port(fields);
            Optional<LambdaAttributes> attributes = attributes(fields);
            List<Instance> containers = new ArrayList<>();
            fields.list("containers", (place, one) -> container(place, one, service))
                    .forEach(one -> one.ifPresent(containers::add));
            fields.end();
            return attributes.map(
                    said ->
                            new Service(
                                    at,
                                    service,
                                    said,
                                    containers.stream().map(one -> at(one, port)).toList()));
        }

        private Instance at(Instance one, int port) {
            Place place = one.place().withPort(port);
            if (place.port() == 0) {
                mistakes.add(
                        one.at() + ".ip", "must have a port, or a port beside it", place.address());
            }
            return new Instance(one.at(), one.service(), one.id(), place);
        }

        private Optional<Instance> container(String at, Json json, String service) {
            Fields fields = Fields.of(at, json, mistakes);
            Optional<Instance> instance = instance(at, fields, service);
            fields.end();
            return instance;
        }

        private Optional<Instance> instance(String at, Fields fields, String service) {
            String id = fields.text("id");
            matching(fields, "id", id, ID, ID_RULE);
            String ip = fields.text("ip");
            return place(fields, ip).map(place -> new Instance(at, service, id, place));
        }

        private String service(Fields fields) {
            String service = fields.text("serviceName");
            matching(
                    fields,
                    "serviceName",
                    service,
                    SERVICE,
                    "must have 1 to 100 letters, digits, '.', '_' or '-' and begin with a letter or digit");
            return service;
        }

        private Optional<LambdaAttributes> attributes(Fields fields) {
            String mode = fields.optionalText("configMode").orElse("host");
            String predicate = fields.text("predicate");
            String cookie = fields.optionalText("cookie").orElse("");
            boolean byPath = mode.toLowerCase(Locale.ROOT).equals("path");
            if (!byPath && !mode.toLowerCase(Locale.ROOT).equals("host")) {
                mistakes.add(fields.at("configMode"), "must be host or path", mode);
                return Optional.empty();
            }
            LambdaAttributes attributes = LambdaAttributes.of(byPath, predicate, cookie);
            attributes
                    .mistakes()
                    .forEach(
                            (key, rule) ->
                                    mistakes.add(
                                            fields.at(key),
                                            rule,
                                            key.equals("cookie") ? cookie : predicate));
            return Optional.of(attributes);
        }

        private int port(Fields fields) {
            if (!fields.isText("port")) {
                return fields.optionalNumber("port", 1, HIGHEST_PORT).orElse(0);
            }
            String text = fields.text("port");
            int port = PORT.matcher(text).matches() ? Integer.parseInt(text) : 0;
            if (port < 1 || port > HIGHEST_PORT) {
                mistakes.add(fields.at("port"), "must be 1 to " + HIGHEST_PORT, text);
                return 0;
            }
            return port;
        }

        private Optional<Place> place(Fields fields, String ip) {
            if (ip.isEmpty()) {
                return Optional.empty();
            }
            Optional<Place> bare = bare(ip, 0);
            int colon = ip.lastIndexOf(':');
            if (bare.isPresent() || colon < 0) {
                return bare.isPresent() ? bare : notAnAddress(fields, ip);
            }
            String port = ip.substring(colon + 1);
            String address = ip.substring(0, colon);
            boolean bracketed = address.startsWith("[") && address.endsWith("]");
            int number = PORT.matcher(port).matches() ? Integer.parseInt(port) : 0;
            return number < 1 || number > HIGHEST_PORT
                    ? notAnAddress(fields, ip)
                    : bare(bracketed ? address.substring(1, address.length() - 1) : address, number)
                            .or(() -> notAnAddress(fields, ip));
        }

        private Optional<Place> notAnAddress(Fields fields, String ip) {
            mistakes.add(fields.at("ip"), "must be an IP address, with or without :port", ip);
            return Optional.empty();
        }

        private static Optional<Place> bare(String address, int port) {
            try {
                return Optional.of(new Place(Address.of(address), port));
            } catch (IllegalValue e) {
                return Optional.empty();
            }
        }

        void matching(Fields fields, String key, String text, Pattern shape, String rule) {
            if (!text.isEmpty() && !shape.matcher(text).matches()) {
                mistakes.add(fields.at(key), rule, text);
            }
        }
    }

    /** The services that anything is said of. */
    List<String> services() {
        TreeMap<String, Boolean> all = new TreeMap<>();
        running.keySet().forEach(name -> all.put(name, true));
        candidates.keySet().forEach(name -> all.put(name, true));
        return List.copyOf(all.keySet());
    }

    /** The running instances of a service. */
    Map<String, Place> running(String service) {
        return running.getOrDefault(service, new TreeMap<>());
    }
}
