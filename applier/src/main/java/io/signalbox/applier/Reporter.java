package io.signalbox.applier;

import io.micrometer.core.instrument.Timer;
import io.signalbox.applier.Reloading.Ended;
import io.signalbox.applier.WorkerLink.Outcome;
import io.signalbox.applier.core.BackendNames;
import io.signalbox.applier.core.ConfigReading.Accepted;
import io.signalbox.applier.core.Desired;
import io.signalbox.applier.core.ReloadReason;
import io.signalbox.applier.core.Step;
import io.signalbox.applier.core.Step.AddEntry;
import io.signalbox.applier.core.Step.EnableServer;
import io.signalbox.applier.core.Step.SetEntry;
import io.signalbox.haproxy.MapName;
import io.signalbox.process.Metrics;
import io.signalbox.schemas.ApplyResult;
import io.signalbox.schemas.ApplyResult.How;
import io.signalbox.schemas.ApplyResult.Reach;
import io.signalbox.schemas.Cause;
import io.signalbox.schemas.ConfigRecord.Manifest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says what was made of each manifest: as results, in metrics and in the log. Owned by the loop.
 */
final class Reporter {
    private static final Logger log = LoggerFactory.getLogger(Reporter.class);

    private final Identity identity;
    private final Reports reports;
    private final Metrics metrics;
    private final InstantSource clock;
    private final Map<String, Accepted> waiting = new HashMap<>();
    private @Nullable Accepted open;
    private @Nullable Accepted last;
    private volatile int pending;
    private volatile int quarantined;
    private boolean fullyLoaded;

    /** Who the results are from. */
    record Identity(String group, String applier, Reach reach) {}

    Reporter(Identity identity, Reports reports, Metrics metrics, InstantSource clock) {
        this.identity = identity;
        this.reports = reports;
        this.metrics = metrics;
        this.clock = clock;
        metrics.gauge("pending", "Servers whose application has not answered.", () -> pending);
        metrics.gauge("quarantined", "Services that HAProxy refused.", () -> quarantined);
    }

    /** Whether a configuration of the log was put in force since the start. */
    boolean fullyLoaded() {
        return fullyLoaded;
    }

    /** A manifest is to be put in force. */
    void accepted(Accepted accepted) {
        open =
                new Accepted(
                        accepted.manifest(),
                        accepted.appendedAt(),
                        accepted.receivedAt(),
                        Map.of(),
                        accepted.whole());
    }

    /** Commands were carried out. */
    void updated(
            Outcome outcome, boolean inForce, Desired desired, Worker worker, Set<String> silent) {
        pending = silent.size();
        List<Accepted> answered = answered(outcome);
        Accepted manifest = open;
        if (manifest != null && inForce && outcome.refused().isEmpty()) {
            How how =
                    outcome.done().stream().allMatch(Reporter::isVersion) ? How.NONE : How.RUNTIME;
            applied(manifest, how, "", desired, worker, silent);
        }
        Accepted standing = last;
        if (!answered.isEmpty() && standing != null) {
            Set<Cause> causes = new LinkedHashSet<>();
            answered.forEach(waited -> causes.addAll(waited.manifest().causes()));
            publish(
                    standing,
                    new Said(ApplyResult.Outcome.APPLIED, How.RUNTIME, "answered"),
                    List.copyOf(causes),
                    desired,
                    worker,
                    silent);
        }
    }

    /** The manifests whose servers were enabled only now, because they had not answered before. */
    private List<Accepted> answered(Outcome outcome) {
        Instant now = clock.instant();
        Set<Accepted> manifests = new LinkedHashSet<>();
        for (Step step : outcome.done()) {
            Accepted waited =
                    step instanceof EnableServer enabled ? waiting.remove(enabled.server()) : null;
            if (waited != null && manifests.add(waited) && !waited.whole()) {
                waited.manifest().causes().forEach(cause -> total(cause, now));
            }
        }
        return List.copyOf(manifests);
    }

    /** A start or reload ended. */
    void ended(
            Ended ended,
            How how,
            ReloadReason reason,
            Desired desired,
            Worker worker,
            Set<String> silent) {
        metrics.counter(
                        "reloads",
                        "Starts and reloads of HAProxy.",
                        "reason",
                        reason.kind().text(),
                        "outcome",
                        ended.getClass().getSimpleName().toLowerCase(Locale.ROOT))
                .increment();
        switch (ended) {
            case Ended.Serving(Deployment.Deployed deployed) -> {
                log.atInfo()
                        .addKeyValue("epoch", deployed.saved().wanted().version().epoch())
                        .addKeyValue("generation", deployed.saved().wanted().version().generation())
                        .addKeyValue("reason", reason)
                        .addKeyValue("worker", worker.pid())
                        .log(how == How.START ? "HAProxy started" : "HAProxy reloaded");
                Accepted manifest = open == null ? last : open;
                if (manifest != null) {
                    applied(manifest, how, reason.toString(), desired, worker, silent);
                }
            }
            case Ended.Refused(String words) ->
                    failed(ApplyResult.Outcome.REJECTED, how, words, desired, worker, silent);
            case Ended.Failed(String words) ->
                    failed(ApplyResult.Outcome.FAILED, how, words, desired, worker, silent);
        }
    }

    private void failed(
            ApplyResult.Outcome outcome,
            How how,
            String words,
            Desired desired,
            Worker worker,
            Set<String> silent) {
        log.atError()
                .addKeyValue("outcome", outcome)
                .addKeyValue("error", words)
                .log("the configuration was not put in force: the last good one serves");
        metrics.counter("rejects", "Configurations not put in force.", "outcome", word(outcome))
                .increment();
        Accepted manifest = open == null ? last : open;
        if (manifest != null) {
            publish(
                    manifest,
                    new Said(outcome, how, words),
                    manifest.manifest().causes(),
                    desired,
                    worker,
                    silent);
        }
    }

    /** The parts in the topic match no manifest. */
    void incomplete(Manifest manifest, Desired desired, Worker worker, Set<String> silent) {
        log.atError()
                .addKeyValue("epoch", manifest.epoch())
                .addKeyValue("generation", manifest.generation())
                .log("the topic's parts match no manifest: the last configuration serves");
        Instant now = clock.instant();
        publish(
                new Accepted(manifest, now, now, Map.of(), false),
                new Said(
                        ApplyResult.Outcome.INCOMPLETE,
                        How.NONE,
                        "the parts in the topic match no manifest, also when read again"),
                manifest.causes(),
                desired,
                worker,
                silent);
    }

    private void applied(
            Accepted manifest,
            How how,
            String reason,
            Desired desired,
            Worker worker,
            Set<String> silent) {
        open = null;
        last = manifest;
        fullyLoaded = true;
        silent.forEach(server -> waiting.putIfAbsent(server, manifest));
        waiting.keySet().retainAll(silent);
        metrics.counter(
                        "applies",
                        "Manifests put in force.",
                        "how",
                        how.name().toLowerCase(Locale.ROOT))
                .increment();
        Instant now = clock.instant();
        if (!manifest.whole()) {
            manifest.manifest().causes().forEach(cause -> hops(cause, manifest, now));
        }
        publish(
                manifest,
                new Said(ApplyResult.Outcome.APPLIED, how, reason),
                manifest.manifest().causes(),
                desired,
                worker,
                silent);
    }

    private record Said(ApplyResult.Outcome outcome, How how, String reason) {}

    private void publish(
            Accepted manifest,
            Said said,
            List<Cause> causes,
            Desired desired,
            Worker worker,
            Set<String> silent) {
        quarantined = desired.quarantined().size();
        reports.result(
                new ApplyResult(
                        identity.group(),
                        identity.applier(),
                        identity.reach().host(),
                        manifest.manifest().epoch(),
                        manifest.manifest().generation(),
                        said.outcome(),
                        said.how(),
                        said.reason(),
                        worker.version().toString(),
                        identity.reach(),
                        worker.textHash(),
                        backends(worker),
                        List.copyOf(new TreeSet<>(silent)),
                        desired.leftOut(),
                        causes,
                        manifest.appendedAt(),
                        manifest.receivedAt(),
                        clock.instant()));
    }

    /** Services that a spare backend serves; all others have one of their own name. */
    private static Map<String, String> backends(Worker worker) {
        if (!worker.known()) {
            return Map.of();
        }
        Map<String, String> spares = new TreeMap<>();
        worker.running()
                .entries(MapName.SERVICES)
                .forEach(
                        (service, backend) -> {
                            if (!backend.equals(BackendNames.own(service))) {
                                spares.put(service, backend);
                            }
                        });
        return spares;
    }

    private static boolean isVersion(Step step) {
        return (step instanceof SetEntry set && set.map() == MapName.VERSION)
                || (step instanceof AddEntry add && add.map() == MapName.VERSION);
    }

    private void hops(Cause cause, Accepted manifest, Instant appliedAt) {
        hop("engine", cause.dockerTime(), cause.observedAt());
        hop("publish", cause.observedAt(), cause.eventAppendedAt());
        hop("fold", cause.eventAppendedAt(), cause.stateAppendedAt());
        hop("render", cause.stateAppendedAt(), manifest.appendedAt());
        hop("receive", manifest.appendedAt(), manifest.receivedAt());
        hop("apply", manifest.receivedAt(), appliedAt);
        total(cause, appliedAt);
    }

    private void total(Cause cause, Instant appliedAt) {
        hop("total", cause.dockerTime(), appliedAt);
    }

    private void hop(String name, @Nullable Instant from, @Nullable Instant to) {
        if (from != null && to != null) {
            Duration took = Duration.between(from, to);
            Timer timer =
                    metrics.timer(
                            "propagation", "From the engine's event to HAProxy.", "hop", name);
            timer.record(took.isNegative() ? Duration.ZERO : took);
        }
    }

    private static String word(ApplyResult.Outcome outcome) {
        return outcome.name().toLowerCase(Locale.ROOT);
    }

    /** Something in HAProxy was not as it was left. */
    void drift(Collection<String> where) {
        metrics.counter("drift", "Differences found in HAProxy and repaired.")
                .increment(where.size());
        log.atWarn()
                .addKeyValue("where", where)
                .log("HAProxy differs from what was left: repaired");
    }
}
