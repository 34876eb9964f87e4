package io.signalbox.bench.simulation;

import static io.signalbox.bench.simulation.Guard.edit;

import java.util.List;
import java.util.stream.Stream;

/** All rules whose loss the simulation must notice, along the way of a fact. */
final class Guards {
    private static final String WATCHER = "watcher:io.signalbox.watcher.core.";
    private static final String REGISTRY = "registry:io.signalbox.registry.core.";
    private static final String RENDERER = "renderer:io.signalbox.renderer.core.";
    private static final String SCHEMAS = "schemas:io.signalbox.schemas.";
    private static final String APPLIER = "applier:io.signalbox.applier.core.";

    private Guards() {}

    static Stream<Guard> all() {
        return Stream.of(
                        watcher(),
                        folds(),
                        runs(),
                        snapshots(),
                        owners(),
                        liveness(),
                        renderers(),
                        groupOwners(),
                        acceptance(),
                        appliers())
                .flatMap(List::stream);
    }

    private static Guard guard(String name, String rule, Guard.Edit... removal) {
        return new Guard(name, rule, List.of(removal), 0);
    }

    private static List<Guard> watcher() {
        return List.of(
                guard(
                        "refused_standby",
                        "a refused session is a standby, which takes over when the host is suspected",
                        edit(
                                WATCHER + "WatcherCore",
                                "} else if (said.refuses(session)) {",
                                "} else if (false) {")),
                guard(
                        "stay_adopt",
                        "a session that becomes current watches the runs that are stopping",
                        edit(
                                WATCHER + "WatcherCore",
                                "pictures.adopt(said.stopping(), turn);",
                                "")),
                guard(
                        "stop_event_run",
                        "a stop signal older than the run was for an earlier run",
                        edit(WATCHER + "Stops", "|| at.isBefore(startedAt)", "")));
    }

    private static List<Guard> folds() {
        return List.of(
                guard(
                        "session fencing",
                        "a fact of an older session changes nothing",
                        edit(
                                REGISTRY + "SessionFold",
                                "if (session < host.session || session >= at.offset()) {",
                                "if (session >= at.offset()) {")),
                guard(
                        "sequence check",
                        "a fact counts only if its number is the next",
                        edit(
                                REGISTRY + "SessionFold",
                                "if (event.seq() <= host.seq) {",
                                "if (false) {"),
                        edit(
                                REGISTRY + "SessionFold",
                                "if (event.seq() > host.seq + 1) {",
                                "if (false) {")));
    }

    private static List<Guard> runs() {
        return List.of(
                guard(
                        "run check of the stop fact",
                        "a stop concerns the run that it names and no other",
                        edit(
                                REGISTRY + "InstanceFold",
                                "|| !Instances.isRun(before, startedAt)",
                                "")),
                guard(
                        "other_run",
                        "a later run is one that began at another time, not at a later one",
                        edit(
                                REGISTRY + "Instances",
                                "return Objects.equals(instance.startedAt(), startedAt);",
                                """
                                Instant known = instance.startedAt();
                                return startedAt != null && known != null && !startedAt.isAfter(known);
                                """)),
                guard(
                        "stop_gone",
                        "a stop sticks when nobody saw the container any more",
                        edit(
                                REGISTRY + "InstanceFold",
                                "Instances.gone(before, before.stopping(), cause, last)",
                                "Instances.gone(before, false, cause, last)")),
                guard(
                        "fold_src",
                        "what is at or beyond a fact's offset was folded by an owner that was further",
                        edit(
                                REGISTRY + "SessionFold",
                                "FoldResult apply(PartitionState state, At at, Fact.Watched fact) { HostState host = state.hostOrNew(at.event().subject()); if (at.offset() <= host.offset) {",
                                "FoldResult apply(PartitionState state, At at, Fact.Watched fact) { HostState host = state.hostOrNew(at.event().subject()); if (false) {"),
                        edit(
                                REGISTRY + "InstanceFold",
                                "return instance != null && instance.cause().offset() >= at.offset();",
                                "return false;")));
    }

    private static List<Guard> snapshots() {
        return List.of(
                guard(
                        "sweep only at snapshot end",
                        "a snapshot removes what it did not see when it ends, not before",
                        edit(
                                REGISTRY + "SessionFold",
                                "return FoldResult.signal(new Signal.SessionCurrent(host.id, session));",
                                """
                                return new FoldResult(
                                        InstanceFold.allGone(host, at, _ -> true).changed(),
                                        java.util.List.of(new Signal.SessionCurrent(host.id, session)));
                                """)),
                guard(
                        "pend_opened",
                        "SnapshotBegan repeats what SessionOpened said of engine and address",
                        edit(
                                REGISTRY + "HostState",
                                "final Map<String, Instance> instances = new HashMap<>();",
                                """
                                final Map<String, Instance> instances = new HashMap<>();
                                final Map<Long, HostIdentity> opened = new HashMap<>();
                                """),
                        edit(
                                REGISTRY + "SessionFold",
                                "if (fact instanceof Fact.SessionOpened) {",
                                """
                                if (fact instanceof Fact.SessionOpened opened) {
                                    host.opened.put(at.offset(), opened.identity());
                                """),
                        edit(
                                REGISTRY + "SessionFold",
                                "host.become(session, at.event().seq(), began.identity(), at.appendedAt());",
                                """
                                HostIdentity said = host.opened.get(session);
                                host.become(
                                        session,
                                        at.event().seq(),
                                        said == null ? new HostIdentity("", "", "", "") : said,
                                        at.appendedAt());
                                """)),
                guard(
                        "snap_unknown",
                        "what an owner does not know of an open snapshot is not taken for gone",
                        edit(REGISTRY + "HostState", "open.seen());", "List.of());"),
                        edit(REGISTRY + "SessionFold", "|| open.seen.size() != ended.count()", "")),
                guard(
                        "snap_seen",
                        "a new owner ends an open snapshot like any other",
                        edit(REGISTRY + "HostState", "open.seen());", "List.of());")));
    }

    private static List<Guard> owners() {
        return List.of(
                guard(
                        "checkpoint order",
                        "the checkpoint is written behind all that it stands for",
                        edit(
                                REGISTRY + "PartitionOwner",
                                "for (ServiceState value : result.changed()) {",
                                """
                                sink.write(partition, new Checkpoint(eventsTopicId, offset + 1), null);
                                for (ServiceState value : result.changed()) {
                                """)),
                guard(
                        "zombie repair",
                        "an owner writes again what a late record overwrote",
                        edit(
                                REGISTRY + "PartitionOwner",
                                "ServiceState accepted = view.accepted(key);",
                                "ServiceState accepted = null; if (accepted == null) { return; }")),
                guard(
                        "load_repair, registry",
                        "a new owner writes every key again whose last record is not the accepted one",
                        edit(
                                REGISTRY + "PartitionOwner",
                                "view.overwritten().forEach(owner::repair);",
                                "")),
                guard(
                        "ctl_takeover",
                        "a new owner tells the watchers of every host where they stand",
                        edit(
                                REGISTRY + "PartitionOwner",
                                "owner.desk.takeOver(owner.state).forEach(sink::tell);",
                                "owner.desk.takeOver(owner.state);")),
                guard(
                        "resync_ack",
                        "a wanted resync is said again at each beat until it is followed",
                        edit(
                                REGISTRY + "ControlDesk",
                                "session == control.resyncSession() || (session",
                                "(session")));
    }

    private static List<Guard> liveness() {
        return List.of(
                guard(
                        "beat_session",
                        "only beats of the current session break its silence",
                        edit(
                                REGISTRY + "LivenessJudge",
                                "if (watch == null || watch.record.session() != beat.session()) {",
                                "if (watch == null) {")),
                guard(
                        "judge_live",
                        "an owner decides nothing from records older than its take-over",
                        edit(
                                REGISTRY + "LivenessJudge",
                                "return ends != null && offset >= ends.get(livenessPartition);",
                                "return ends != null;")));
    }

    private static List<Guard> renderers() {
        return List.of(
                guard(
                        "whole_fact",
                        "a mark completes the facts before it and no others",
                        edit(
                                RENDERER + "ServiceView",
                                "if (entry.cause().offset() >= nextOffset) {",
                                "if (false) {")),
                guard(
                        "read-to-end barrier",
                        "nothing is said before all inputs were read to their end",
                        edit(RENDERER + "ReadBarrier", "return ends.isEmpty();", "return true;")),
                guard(
                        "shrink guard",
                        "many servers do not go at once without a fact, and none that is ahead of the state",
                        edit(
                                RENDERER + "GroupRenderer",
                                "(behind || ShrinkGuard.holds(dropping, living))",
                                "false && ShrinkGuard.holds(dropping, living) && behind")));
    }

    private static List<Guard> groupOwners() {
        return List.of(
                guard(
                                "load_repair, renderer",
                                "a new owner writes every part again that a late record overwrote",
                                edit(
                                        RENDERER + "GroupOwner",
                                        "repairs.addAll(log.overwritten());",
                                        ""))
                        .from(280),
                guard(
                                "follow_parts",
                                "the owner writes a part again that a late record overwrote",
                                edit(
                                        RENDERER + "GroupOwner",
                                        "if (phase == Phase.OWNING && (key.equals(Keys.HELD)",
                                        "if (false && (key.equals(Keys.HELD)"))
                        .from(215),
                guard(
                        "any_claim",
                        "any claim above the own epoch counts, also a late one of its own",
                        edit(
                                RENDERER + "GroupOwner",
                                "private final GroupView log = new GroupView();",
                                """
                                private final GroupView log = new GroupView();
                                private long foreign = GroupView.NO_EPOCH;
                                """),
                        edit(
                                RENDERER + "GroupOwner",
                                "case GroupView.ClaimRead _, GroupView.ManifestRead _, GroupView.HeldRead _ -> {",
                                """
                                case GroupView.ClaimRead(long at, String who) ->
                                    foreign = who.equals(renderer) ? foreign : at;
                                case GroupView.ManifestRead _, GroupView.HeldRead _ -> {
                                """),
                        edit(RENDERER + "GroupOwner", "log.claim() > epoch", "foreign > epoch")),
                guard(
                        "reclaim_full",
                        "who is overtaken takes over as a whole again",
                        edit(
                                RENDERER + "GroupOwner",
                                "phase = Phase.CLAIMING; rendering = null; repairs.clear();",
                                "phase = Phase.CLAIMING;"),
                        edit(
                                RENDERER + "GroupOwner",
                                "phase = Phase.READING;",
                                "phase = rendering == null ? Phase.READING : Phase.OWNING;")));
    }

    private static List<Guard> acceptance() {
        return List.of(
                guard(
                        "manifest acceptance",
                        "a manifest counts only with the very parts that it speaks of",
                        edit(
                                SCHEMAS + "GroupView",
                                "boolean matches = hash.value().equals(read.hash());",
                                "boolean matches = true;")),
                guard(
                                "epoch fencing",
                                "a record of an older epoch behind a claim changes nothing",
                                edit(
                                        SCHEMAS + "GroupView",
                                        "part.epoch() < claim ? fenced(key, part.epoch()) : part(key, part)",
                                        "part(key, part)"),
                                edit(
                                        SCHEMAS + "GroupView",
                                        "read.epoch() < claim ? fenced(key, read.epoch()) : manifest(key, read)",
                                        "manifest(key, read)"))
                        .from(740));
    }

    private static List<Guard> appliers() {
        return List.of(
                guard(
                        "applier_end",
                        "an applier reads to the end before it acts",
                        edit(
                                APPLIER + "ConfigReading",
                                "if (newest == null || !atEnd) {",
                                "if (newest == null) {")),
                guard(
                        "no lower version",
                        "an applier never goes back to a lower epoch or generation",
                        edit(
                                APPLIER + "ConfigReading",
                                "if (accepted.version().compareTo(applied) < 0) {",
                                "if (false) {")),
                guard(
                        "no way back",
                        "what an HAProxy that is taken over has already is not undone",
                        edit(APPLIER + "Goal", "return !heard;", "return false;"),
                        edit(
                                APPLIER + "Goal",
                                "? worker.running().reached().compareTo(target) > 0",
                                "? false")),
                guard(
                        "rest",
                        "a server that was given requests rests before it is deleted",
                        edit(APPLIER + "Leaving", "if (unused.contains(place)) {", "if (true) {")),
                guard(
                        "re-diff after reload",
                        "another worker is compared as a whole with what is wanted",
                        edit(
                                APPLIER + "plan.Touched",
                                "everything = true;",
                                "everything = false;")),
                guard(
                        "last-known-good",
                        "where the current file is torn, the newest whole one is served",
                        edit(
                                APPLIER + "disk.LastKnownGood",
                                "return usable.isPresent() ? usable : newestFirst.stream().filter(whole).findFirst();",
                                "return usable;")));
    }
}
