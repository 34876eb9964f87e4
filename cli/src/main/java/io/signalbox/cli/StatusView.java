package io.signalbox.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The API's answer to {@code /v1/status} as tables for people, and below them whatever needs
 * attention.
 */
final class StatusView {

    private final JsonNode status;
    private final Instant now;
    private final List<String> attention = new ArrayList<>();

    /** The notes of services: appliers repeat those of what they apply. */
    private final Set<JsonNode> said = new HashSet<>();

    StatusView(JsonNode status, Instant now) {
        this.status = status;
        this.now = now;
    }

    void print(PrintStream out) {
        hosts().print(out);
        out.println();
        services().print(out);
        out.println();
        groups().print(out);
        registry();
        if (!attention.isEmpty()) {
            out.println();
            attention.forEach(line -> out.println("! " + line));
        }
    }

    private Table hosts() {
        Table table = new Table("HOST", "STATUS", "SINCE", "CONTAINERS", "ADDRESS", "ENGINE");
        for (JsonNode host : status.path("hosts")) {
            String name = text(host, "host");
            table.row(
                    name,
                    text(host, "status"),
                    age(host, "since"),
                    text(host, "containers"),
                    text(host, "address"),
                    text(host, "engine"));
            if (host.has("refusedSession")) {
                attention.add(
                        "host " + name + ": a watcher of another engine is refused under this id");
            }
        }
        return table;
    }

    private Table services() {
        Table table = new Table("SERVICE", "GROUP", "SERVERS", "PENDING", "STOPPING", "ROUTES");
        for (JsonNode service : status.path("services")) {
            String name = text(service, "service");
            if (service.path("groups").isEmpty()) {
                table.row(name, "-", "0", "0", "0", "");
                attention.add(
                        "service "
                                + name
                                + " is in no group's configuration; see: signalbox why "
                                + name);
            }
            for (JsonNode group : service.path("groups")) {
                table.row(
                        name,
                        text(group, "group"),
                        text(group, "servers"),
                        text(group, "pending"),
                        text(group, "stopping"),
                        joined(group.path("routes")));
                for (JsonNode note : group.path("notes")) {
                    note("service " + name, note);
                    said.add(note);
                }
            }
        }
        return table;
    }

    private Table groups() {
        Table table =
                new Table("GROUP", "APPLIER", "HAPROXY", "APPLIED", "LAST CHANGE", "BY", "OUTCOME");
        for (JsonNode group : status.path("groups")) {
            String name = text(group, "group");
            held(name, group.path("held"));
            if (group.has("withdrawnAt")) {
                attention.add(
                        "group "
                                + name
                                + " was withdrawn "
                                + age(group, "withdrawnAt")
                                + ": its appliers keep serving what they have");
            }
            if (group.path("appliers").isEmpty()) {
                table.row(name, "-", "-", "-", "-", "-", "no applier");
            }
            for (JsonNode applier : group.path("appliers")) {
                table.row(
                        name,
                        text(applier, "applier"),
                        text(applier, "haproxy"),
                        text(applier, "epoch") + "-" + text(applier, "generation"),
                        age(applier, "appliedAt"),
                        text(applier, "how"),
                        text(applier, "outcome"));
                applier(name + "/" + text(applier, "applier"), applier);
            }
        }
        return table;
    }

    private void applier(String name, JsonNode applier) {
        if (applier.has("alike")) {
            attention.add(
                    "applier "
                            + name
                            + ": appliers on hosts "
                            + joined(applier.path("alike"))
                            + " call themselves so; give each an --applier-id of its own");
        }
        if (applier.has("behind")) {
            attention.add("applier " + name + ": " + text(applier, "behind"));
        }
        for (JsonNode server : applier.path("pending")) {
            attention.add(
                    "applier "
                            + name
                            + ": server "
                            + server.asText()
                            + " does not accept connections yet");
        }
        for (JsonNode note : applier.path("leftOut")) {
            if (!said.contains(note)) {
                note("applier " + name, note);
            }
        }
    }

    private void held(String group, JsonNode held) {
        if (!held.isMissingNode()) {
            attention.add(
                    "group "
                            + group
                            + ": a change that drops "
                            + text(held, "dropping")
                            + " of "
                            + text(held, "living")
                            + " servers is held back ("
                            + text(held, "reason")
                            + "); let it pass: signalbox group accept "
                            + group);
        }
    }

    private void note(String what, JsonNode note) {
        attention.add(what + ": " + text(note, "subject") + ": " + text(note, "message"));
    }

    private void registry() {
        JsonNode registry = status.path("registry");
        if (!status.path("complete").asBoolean(true)) {
            attention.add("the registry has not read everything yet");
        }
        if (registry.has("massLoss")) {
            attention.add(
                    text(registry, "massLoss")
                            + ", which is more likely a fault here; for each that is really gone: signalbox host expire HOST");
        }
        registry.path("warnings")
                .forEach(warning -> attention.add("registry: " + warning.asText()));
        registry.path("refused")
                .properties()
                .forEach(
                        entry ->
                                attention.add(
                                        "registry: partition "
                                                + entry.getKey()
                                                + ": "
                                                + entry.getValue().asText()));
    }

    private String age(JsonNode node, String field) {
        String time = text(node, field);
        return time.isEmpty() ? "" : describe(Duration.between(Instant.parse(time), now)) + " ago";
    }

    private static String describe(Duration age) {
        long seconds = Math.max(0, age.toSeconds());
        if (seconds < 120) {
            return seconds + " s";
        }
        return seconds < 7_200
                ? seconds / 60 + " min"
                : seconds < 172_800 ? seconds / 3_600 + " h" : seconds / 86_400 + " d";
    }

    private static String text(JsonNode node, String field) {
        return node.path(field).asText("");
    }

    private static String joined(JsonNode list) {
        List<String> items = new ArrayList<>();
        list.forEach(item -> items.add(item.asText()));
        return String.join(" ", items);
    }
}
