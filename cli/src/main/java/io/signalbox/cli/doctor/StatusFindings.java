package io.signalbox.cli.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.haproxy.HaproxyVersion;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the registry's answer to {@code /v1/status} says of registry, hosts, services, groups and
 * appliers.
 */
final class StatusFindings {

    /** Beats come once a second; clocks may differ, and so a little more is not silence yet. */
    private static final Duration SILENT = Duration.ofSeconds(15);

    /** What is said of one of whom there is no beat: the log keeps them for so long. */
    private static final String LONG_SILENT = "silent for an hour or more";

    private static final int MUCH = 1_000;
    private static final int SHORT_ID = 12;
    private static final String LOG = "see its log, and whether it reaches the broker";

    private final JsonNode status;
    private final Instant now;

    /**
     * Judges that answer.
     *
     * @param now by the clock of this machine
     */
    StatusFindings(JsonNode status, Instant now) {
        this.status = status;
        this.now = now;
    }

    List<Finding> registry() {
        List<Finding> findings = new ArrayList<>();
        JsonNode registry = status.path("registry");
        long lag = registry.path("lag").asLong();
        String folds =
                "folds %d partitions, %d facts behind"
                        .formatted(registry.path("folding").size(), lag);
        findings.add(
                lag > MUCH
                        ? Finding.warn("registry", folds, "should be below " + MUCH, LOG)
                        : Finding.ok("registry", folds));
        if (!isComplete()) {
            findings.add(
                    Finding.warn(
                            "registry",
                            "has not read everything yet",
                            "",
                            "wait a moment and ask again"));
        }
        if (registry.has("massLoss")) {
            findings.add(
                    Finding.fail(
                            "hosts",
                            text(registry, "massLoss"),
                            "more likely a fault of the broker or the registries",
                            "for each host that is really gone: signalbox host expire HOST"));
        }
        registry.path("warnings")
                .forEach(
                        warning ->
                                findings.add(Finding.warn("registry", warning.asText(), "", "")));
        registry.path("refused")
                .properties()
                .forEach(
                        one ->
                                findings.add(
                                        Finding.fail(
                                                "partition "
                                                        + one.getKey()
                                                        + " of container-events",
                                                one.getValue().asText(),
                                                "",
                                                "if its facts are lost for good: signalbox topics"
                                                        + " --adopt container-events")));
        return findings;
    }

    List<Finding> hosts() {
        List<Finding> findings = new ArrayList<>();
        for (JsonNode host : status.path("hosts")) {
            String name = "host " + text(host, "host");
            findings.add(host(name, host));
            if (host.has("refusedSession")) {
                findings.add(
                        Finding.fail(
                                name,
                                "a watcher of another engine is refused under this id",
                                "each host needs an id of its own",
                                "give one of them another --host-id"));
            }
            if (host.has("resyncWanted")) {
                findings.add(
                        Finding.warn(
                                name, "its watcher was asked to say everything again", "", LOG));
            }
        }
        if (findings.isEmpty()) {
            return List.of(Finding.skipped("hosts", "no watcher ever spoke"));
        }
        return findings;
    }

    private Finding host(String name, JsonNode host) {
        String state = text(host, "status");
        String since = state + " since " + text(host, "since");
        return switch (state) {
            case "up" ->
                    silence(host)
                            .or(
                                    () ->
                                            isLongSilent(host)
                                                    ? Optional.of(LONG_SILENT)
                                                    : Optional.empty())
                            .map(silence -> Finding.warn(name, "up, but " + silence, "", LOG))
                            .orElseGet(
                                    () ->
                                            Finding.ok(
                                                    name,
                                                    "%s, %s containers, engine %s"
                                                            .formatted(
                                                                    since,
                                                                    text(host, "containers"),
                                                                    text(host, "engine"))));
            case "suspected" ->
                    Finding.warn(name, since, "its watcher should beat every second", LOG);
            case "expired" ->
                    Finding.warn(
                            name,
                            since + ": its servers are gone",
                            "",
                            "start its watcher, or nothing if the host is really gone");
            default ->
                    Finding.fail(
                            name,
                            since + ": its servers are kept",
                            "its watcher should beat every second",
                            "start its watcher, or say that it is gone: signalbox host expire "
                                    + text(host, "host"));
        };
    }

    /** Services that nothing serves. */
    List<Finding> services() {
        List<Finding> lost = new ArrayList<>();
        int all = 0;
        for (JsonNode service : status.path("services")) {
            all++;
            String name = text(service, "service");
            if (service.path("groups").isEmpty() && service.path("containers").asInt() > 0) {
                lost.add(
                        Finding.warn(
                                "service " + name,
                                "is in no group's configuration",
                                "",
                                "signalbox why " + name));
            }
        }
        List<Finding> findings = new ArrayList<>(Several.of(lost, "signalbox status"));
        findings.add(Finding.ok("services", (all - lost.size()) + " of " + all + " in a group"));
        return findings;
    }

    List<Finding> groups() {
        List<Finding> findings = new ArrayList<>();
        for (JsonNode group : status.path("groups")) {
            String name = text(group, "group");
            String subject = "group " + name;
            switch (text(group, "definition")) {
                case "withdrawn" ->
                        findings.add(
                                Finding.warn(
                                        subject,
                                        "withdrawn " + text(group, "withdrawnAt"),
                                        "its appliers keep serving what they have",
                                        "end them, or signalbox group apply"));
                case "none" ->
                        findings.add(
                                Finding.warn(
                                        subject, "is not defined", "", "signalbox group apply"));
                default -> findings.addAll(group(name, subject, group));
            }
        }
        return findings.isEmpty() ? List.of(Finding.skipped("groups", "there are none")) : findings;
    }

    private List<Finding> group(String name, String subject, JsonNode group) {
        List<Finding> findings = new ArrayList<>();
        if (!group.has("epoch")) {
            findings.add(
                    Finding.fail(
                            subject,
                            "was never rendered",
                            "",
                            "start a signalbox renderer, or see its log"));
        } else {
            findings.add(
                    Finding.ok(
                            subject,
                            "%s, configuration %s-%s: %s services, %s servers"
                                    .formatted(
                                            text(group, "definition"),
                                            text(group, "epoch"),
                                            text(group, "generation"),
                                            text(group, "services"),
                                            text(group, "servers"))));
        }
        JsonNode held = group.path("held");
        if (!held.isMissingNode()) {
            findings.add(
                    Finding.fail(
                            subject,
                            "a change that drops %s of %s servers is held back (%s)"
                                    .formatted(
                                            text(held, "dropping"),
                                            text(held, "living"),
                                            text(held, "reason")),
                            "",
                            "if it is right: signalbox group accept " + name));
        }
        if (group.path("appliers").isEmpty() && !isUnused(group)) {
            findings.add(
                    Finding.warn(
                            subject,
                            "no applier ever applied it",
                            "",
                            "start a signalbox applier"));
        }
        return findings;
    }

    /** Whether it is the group that is there without being asked for, and nobody has use for it. */
    private boolean isUnused(JsonNode group) {
        return text(group, "definition").equals("built-in")
                && group.path("services").asInt() == 0
                && status.path("groups")
                        .valueStream()
                        .anyMatch(other -> !other.path("appliers").isEmpty());
    }

    List<Finding> appliers() {
        List<Finding> findings = new ArrayList<>();
        for (JsonNode group : status.path("groups")) {
            for (JsonNode applier : group.path("appliers")) {
                String subject = "applier " + text(group, "group") + "/" + text(applier, "applier");
                findings.add(applier(subject, applier));
                findings.addAll(leftOut(subject, applier));
                HaproxyVersion.find(text(applier, "haproxy"))
                        .ifPresent(version -> findings.addAll(HaproxyAdvice.of(subject, version)));
            }
        }
        return findings.isEmpty()
                ? List.of(Finding.skipped("appliers", "none ever applied anything"))
                : findings;
    }

    private Finding applier(String subject, JsonNode applier) {
        if (isLongSilent(applier)) {
            return Finding.warn(
                    subject,
                    LONG_SILENT,
                    "it should beat every second; its HAProxy serves on",
                    "start it, or nothing if it is gone for good");
        }
        var silence = silence(applier);
        if (silence.isPresent()) {
            return Finding.fail(
                    subject,
                    silence.get(),
                    "it should beat every second; its HAProxy serves on",
                    "start it: " + LOG + "; or nothing if it was removed");
        }
        if (applier.has("alike")) {
            return Finding.fail(
                    subject,
                    "appliers on several hosts call themselves so: " + applier.path("alike"),
                    "what one of them reports hides the other",
                    "give each an --applier-id of its own");
        }
        if (applier.has("behind")) {
            boolean late = text(applier, "outcome").equals("applied");
            String remedy = late ? "wait a moment and ask again, then " + LOG : LOG;
            return late
                    ? Finding.warn(subject, text(applier, "behind"), "", remedy)
                    : Finding.fail(subject, text(applier, "behind"), "", remedy);
        }
        return Finding.ok(
                subject,
                "%s-%s applied by %s, %d servers do not accept connections yet"
                        .formatted(
                                text(applier, "epoch"),
                                text(applier, "generation"),
                                text(applier, "how"),
                                applier.path("pending").size()));
    }

    private static List<Finding> leftOut(String applier, JsonNode node) {
        List<Finding> findings = new ArrayList<>();
        for (JsonNode note : node.path("leftOut")) {
            String code = text(note, "code");
            if (code.equals("quarantined") || code.equals("unreachable")) {
                findings.add(
                        Finding.warn(
                                applier,
                                "%s is %s: %s"
                                        .formatted(
                                                text(note, "subject"), code, text(note, "message")),
                                "",
                                "signalbox why " + known(text(note, "subject"))));
            }
        }
        return Several.of(findings, "signalbox status");
    }

    /** A container's short id, where the subject is a container of a host. */
    private static String known(String subject) {
        String last = subject.substring(subject.lastIndexOf('/') + 1);
        return last.matches("[0-9a-f]{64}") ? last.substring(0, SHORT_ID) : subject;
    }

    /** A registry that has not read everything yet knows the newest beats last. */
    private boolean isComplete() {
        return status.path("complete").asBoolean(true);
    }

    private boolean isLongSilent(JsonNode node) {
        return isComplete() && !node.has("lastBeat");
    }

    private Optional<String> silence(JsonNode node) {
        String beat = text(node, "lastBeat");
        if (beat.isEmpty() || !isComplete()) {
            return Optional.empty();
        }
        Duration since = Duration.between(Instant.parse(beat), now);
        return since.compareTo(SILENT) > 0
                ? Optional.of("silent for " + since.toSeconds() + " s")
                : Optional.empty();
    }

    private static String text(JsonNode node, String field) {
        return node.path(field).asText("");
    }
}
