package io.signalbox.applier;

import io.signalbox.applier.core.ConfigReading.Accepted;
import io.signalbox.applier.core.Link.Outcome;
import io.signalbox.applier.core.Proxy.Ended;
import io.signalbox.applier.core.Report;
import io.signalbox.applier.core.Worker;
import io.signalbox.applier.core.disk.Deployed;
import io.signalbox.applier.core.plan.ReloadReason;
import io.signalbox.applier.core.plan.Step;
import io.signalbox.applier.core.plan.Step.AddEntry;
import io.signalbox.applier.core.plan.Step.EnableServer;
import io.signalbox.applier.core.plan.Step.SetEntry;
import io.signalbox.haproxy.MapName;
import io.signalbox.process.Outage;
import io.signalbox.process.Readiness;
import io.signalbox.schemas.ApplyResult;
import io.signalbox.schemas.ApplyResult.How;
import io.signalbox.schemas.ApplyResult.Reach;
import io.signalbox.schemas.Cause;
import io.signalbox.schemas.ConfigRecord.Manifest;
import io.signalbox.schemas.ConfigRecord.Note;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says what was made of each manifest: as results, in metrics and in the log. Owned by the loop.
 */
final class Reporter implements Report {
    private static final Logger log = LoggerFactory.getLogger(Reporter.class);

    /** The code of the note about a server that comes and goes too often. */
    static final String DAMPED = "damped";

    /** Why there is another result: servers that were waited for serve, or wait no more. */
    private static final String ANSWERED = "answered";

    /** Why there is another result: servers are waited for that served before. */
    private static final String SILENT = "silent";

    /** Why there is another result: certificates came, went, or were refused. */
    private static final String CERTIFICATES = "certificates";

    private final Identity identity;
    private final Reports reports;
    private final ApplierMetrics metrics;
    private final InstantSource clock;
    private final Supplier<List<Note>> certificates;
    private final Map<String, Accepted> waiting = new HashMap<>();
    private @Nullable Accepted open;
    private @Nullable Accepted last;
    private volatile int pending;
    private volatile int quarantined;
    private final Outage outage;
    private final Readiness.Condition loaded;
    private boolean otherTopic;
    private Waiting said = new Waiting(Set.of(), Set.of(), List.of());

    /** Who the results are from. */
    record Identity(String group, String applier, Reach reach) {}

    /** The servers that a result says do not serve yet, and what it says of certificates. */
    private record Waiting(Set<String> silent, Set<String> held, List<Note> certificates) {
        private boolean waitsFor(Waiting later) {
            return silent.containsAll(later.silent()) && held.containsAll(later.held());
        }
    }

    private Waiting waiting(Standing standing) {
        return new Waiting(
                Set.copyOf(standing.silent()),
                Set.copyOf(standing.held().keySet()),
                certificates.get());
    }

    /**
     * A reporter that has said nothing yet.
     *
     * @param haproxy whether HAProxy serves
     * @param loaded whether a configuration of the log was put in force since the start
     * @param certificates what there is to say about certificates
     */
    Reporter(
            Identity identity,
            Reports reports,
            ApplierMetrics metrics,
            Readiness.Condition haproxy,
            Readiness.Condition loaded,
            InstantSource clock,
            Supplier<List<Note>> certificates) {
        this.identity = identity;
        this.certificates = certificates;
        this.outage = new Outage(log, haproxy, clock);
        this.loaded = loaded;
        this.reports = reports;
        this.metrics = metrics;
        this.clock = clock;
        metrics.gauge("pending", "Servers whose application has not answered.", () -> pending);
        metrics.gauge("quarantined", "Services that HAProxy refused.", () -> quarantined);
    }

    @Override
    public void accepted(Accepted accepted) {
        otherTopic = false;
        metrics.accepted(accepted);
        Accepted superseded = open;
        open =
                new Accepted(
                        superseded == null
                                ? accepted.manifest()
                                : accepted.manifest().after(superseded.manifest().causes()),
                        accepted.appendedAt(),
                        accepted.receivedAt(),
                        Map.of(),
                        accepted.whole() || (superseded != null && superseded.whole()));
    }

    @Override
    public void refused(Collection<Note> parts) {
        for (Note part : parts) {
            log.atError()
                    .addKeyValue("part", part.subject())
                    .addKeyValue("error", part.message())
                    .log("a part says what none may say: it stays at its last good version");
        }
    }

    @Override
    public void rejected(String words, Standing standing) {
        failed(ApplyResult.Outcome.REJECTED, How.NONE, words, standing);
    }

    @Override
    public void updated(Outcome outcome, boolean inForce, Standing standing) {
        metrics.commands(outcome);
        pending = standing.silent().size();
        List<Accepted> answered = answered(outcome);
        Accepted manifest = open;
        if (manifest != null && inForce && outcome.refused().isEmpty()) {
            How how =
                    outcome.done().stream().allMatch(Reporter::isVersion) ? How.NONE : How.RUNTIME;
            applied(manifest, how, "", standing);
        }
        Accepted served = last;
        if (served != null && (!answered.isEmpty() || !waiting(standing).equals(said))) {
            Set<Cause> causes = new LinkedHashSet<>();
            answered.forEach(waited -> causes.addAll(waited.manifest().causes()));
            String reason = reason(waiting(standing));
            publish(
                    served,
                    new Said(ApplyResult.Outcome.APPLIED, How.RUNTIME, reason),
                    List.copyOf(causes),
                    standing);
        }
    }

    private String reason(Waiting now) {
        boolean sameServers = said.silent().equals(now.silent()) && said.held().equals(now.held());
        if (sameServers && !said.certificates().equals(now.certificates())) {
            return CERTIFICATES;
        }
        return said.waitsFor(now) ? ANSWERED : SILENT;
    }

    /** The manifests whose servers were enabled only now, because they had not answered before. */
    private List<Accepted> answered(Outcome outcome) {
        Instant now = clock.instant();
        Set<Accepted> manifests = new LinkedHashSet<>();
        for (Step step : outcome.done()) {
            Accepted waited =
                    step instanceof EnableServer enabled ? waiting.remove(enabled.server()) : null;
            if (waited != null && manifests.add(waited) && !waited.whole()) {
                waited.manifest().causes().forEach(cause -> metrics.total(cause, now));
            }
        }
        return List.copyOf(manifests);
    }

    @Override
    public void ended(Ended ended, How how, ReloadReason reason, Standing standing) {
        metrics.ended(ended, reason.kind());
        switch (ended) {
            case Ended.Serving(Deployed deployed) -> {
                log.atInfo()
                        .addKeyValue("epoch", deployed.saved().wanted().version().epoch())
                        .addKeyValue("generation", deployed.saved().wanted().version().generation())
                        .addKeyValue("reason", reason)
                        .addKeyValue("worker", standing.worker().pid())
                        .log(how == How.START ? "HAProxy started" : "HAProxy reloaded");
                Accepted manifest = open == null ? last : open;
                if (manifest != null) {
                    applied(manifest, how, reason.toString(), standing);
                }
            }
            case Ended.Refused(String words) ->
                    failed(ApplyResult.Outcome.REJECTED, how, words, standing);
            case Ended.Failed(String words) ->
                    failed(ApplyResult.Outcome.FAILED, how, words, standing);
        }
    }

    private void failed(ApplyResult.Outcome outcome, How how, String words, Standing standing) {
        log.atError()
                .addKeyValue("outcome", outcome)
                .addKeyValue("error", words)
                .log("the configuration was not put in force: the last good one serves");
        metrics.rejected(outcome, clock.instant());
        Accepted manifest = open == null ? last : open;
        if (manifest != null) {
            publish(
                    manifest,
                    new Said(outcome, how, words),
                    manifest.manifest().causes(),
                    standing);
        }
    }

    @Override
    public void incomplete(Manifest manifest, Standing standing) {
        log.atError()
                .addKeyValue("epoch", manifest.epoch())
                .addKeyValue("generation", manifest.generation())
                .log("the topic's parts match no manifest: the last configuration serves");
        Instant now = clock.instant();
        metrics.rejected(ApplyResult.Outcome.INCOMPLETE, now);
        publish(
                new Accepted(manifest, now, now, Map.of(), false),
                new Said(
                        ApplyResult.Outcome.INCOMPLETE,
                        How.NONE,
                        "the parts in the topic match no manifest, also when read again"),
                manifest.causes(),
                standing);
    }

    private void applied(Accepted manifest, How how, String reason, Standing standing) {
        open = null;
        last = manifest;
        if (!otherTopic) {
            loaded.holds();
        }
        standing.silent().forEach(server -> waiting.putIfAbsent(server, manifest));
        waiting.keySet().retainAll(standing.silent());
        metrics.applied(manifest, how, clock.instant());
        publish(
                manifest,
                new Said(ApplyResult.Outcome.APPLIED, how, reason),
                manifest.manifest().causes(),
                standing);
    }

    private record Said(ApplyResult.Outcome outcome, How how, String reason) {}

    private void publish(Accepted manifest, Said about, List<Cause> causes, Standing standing) {
        this.said = waiting(standing);
        quarantined = standing.desired().quarantined().size();
        reports.result(
                new ApplyResult(
                        identity.group(),
                        identity.applier(),
                        identity.reach().host(),
                        manifest.manifest().epoch(),
                        manifest.manifest().generation(),
                        about.outcome(),
                        about.how(),
                        about.reason(),
                        standing.worker().version().toString(),
                        identity.reach(),
                        standing.worker().textHash(),
                        Standings.backends(standing.worker()),
                        List.copyOf(new TreeSet<>(standing.silent())),
                        Standings.leftOut(standing, certificates.get()),
                        causes,
                        manifest.appendedAt(),
                        manifest.receivedAt(),
                        clock.instant()));
    }

    private static boolean isVersion(Step step) {
        return (step instanceof SetEntry set && set.map() == MapName.VERSION)
                || (step instanceof AddEntry add && add.map() == MapName.VERSION);
    }

    @Override
    public void damped(Set<String> servers) {
        if (servers.isEmpty()) {
            return;
        }
        metrics.damped(servers.size());
        log.atWarn()
                .addKeyValue("server", servers)
                .log("a server comes and goes too often: it is held back for a moment");
    }

    @Override
    public void drift(Collection<String> where) {
        metrics.drift(where.size());
        log.atWarn()
                .addKeyValue("where", where)
                .log("HAProxy differs from what was left: repaired");
    }

    @Override
    public void otherTopic(String known, String now) {
        String line =
                "the group's topic was created again: its id was %s and is %s; nothing is applied until the applier is started with --adopt-topic %s"
                        .formatted(known, now, now);
        otherTopic = true;
        loaded.fails(line);
        log.atError().log(line);
    }

    @Override
    public void tookOver(Worker worker) {
        log.atInfo()
                .addKeyValue("worker", worker.pid())
                .addKeyValue("version", worker.version())
                .log("took over the HAProxy that serves");
    }

    @Override
    public void away(String words) {
        outage.away(words);
    }

    @Override
    public void back() {
        outage.back();
    }

    @Override
    public void mishap(String what, String error) {
        log.atWarn().addKeyValue("error", error).log(what);
    }
}
