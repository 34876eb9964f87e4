package io.signalbox.bench;

import io.signalbox.bench.Poller.Answer;
import io.signalbox.cli.EphemeralSignalbox;
import io.signalbox.cli.load.ApplyFeed.Effect;
import io.signalbox.cli.load.Containers;
import io.signalbox.schemas.ApplyResult.How;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Changes one container at a time and measures each change from the engine's own time of it. Used
 * by one thread.
 */
final class LatencyBench {

    private static final String IMAGE = "signalbox/sample:1";
    private static final long PATIENCE_MS = 10_000;
    private static final Duration OTHERS_PATIENCE = Duration.ofSeconds(60);
    private static final Pattern LAST = Pattern.compile("\"last_ns\"\\s*:\\s*(\\d+)");

    private final EphemeralSignalbox signalbox;
    private final Containers docker;
    private final EngineTimes engine;
    private final ServerCounters counters;
    private int made;
    private boolean begun;

    LatencyBench(EphemeralSignalbox signalbox, Containers docker, EngineTimes engine) {
        this.signalbox = signalbox;
        this.docker = docker;
        this.engine = engine;
        this.counters = new ServerCounters(signalbox.runtimeSocket());
    }

    /** What one run measured; {@code faults} must be empty. */
    record Run(Series known, Series stop, Series fresh, List<String> faults) {}

    /**
     * Starts containers that are routed and asked for nothing, ten for each service, and waits
     * until they are served.
     */
    void startOthers(int count) throws InterruptedException {
        String last = "";
        Instant began = Instant.now();
        for (int i = 0; i < count; i++) {
            last = docker.create(IMAGE, name("other"), labels("other-" + i / 10), List.of());
            docker.start(last);
        }
        if (signalbox.feed().await(last, began, OTHERS_PATIENCE).isEmpty()) {
            throw new NotReady(
                    "the %d other containers are not served after %d s"
                            .formatted(count, OTHERS_PATIENCE.toSeconds()),
                    "give fewer --others, or a machine that does nothing else");
        }
    }

    Run run(int changes) throws Exception {
        Run run = new Run(new Series(), new Series(), new Series(), new ArrayList<>());
        if (!begun) {
            String base = docker.create(IMAGE, name("known"), labels("known"), List.of());
            docker.start(base);
            try (Poller poller =
                    Poller.start(
                            signalbox.proxy(), "known.bench", answer -> answer.status() == 200)) {
                require(
                        poller.awaitFirst(PATIENCE_MS),
                        "the first container of the known service is not served");
            }
            begun = true;
        }
        for (int i = 0; i < changes; i++) {
            changeKnown(run);
        }
        for (int i = 0; i < changes; i++) {
            changeNew(run);
        }
        return run;
    }

    private void changeKnown(Run run) throws Exception {
        String id = docker.create(IMAGE, name("known"), labels("known"), List.of());
        String server = id.substring(0, 12);
        try (Poller poller =
                Poller.start(
                        signalbox.proxy(),
                        "known.bench",
                        answer -> answer.server().equals(server))) {
            poller.awaitMore(5);
            docker.start(id);
            Instant started = engine.await("start", id);
            Instant first =
                    require(
                            poller.awaitFirst(PATIENCE_MS),
                            "container " + server + " is not served");
            run.known.add(started, first, effect(id, started));
            poller.awaitMore(20);
            run.faults.addAll(counters.faults(server));
            docker.stop(id);
            Instant killed = engine.await("kill", id);
            Instant last = lastArrival(docker.output(id));
            run.stop.add(killed, last.isBefore(killed) ? killed : last, effect(id, killed));
            if (poller.wrongAfterFirst() > 0) {
                run.faults.add(
                        poller.wrongAfterFirst()
                                + " wrong answers of the known service: "
                                + poller.wrong());
            }
        }
        docker.remove(id);
    }

    private void changeNew(Run run) throws Exception {
        String service = "new-" + ++made;
        String id = docker.create(IMAGE, name("new"), labels(service), List.of());
        try (Poller poller =
                Poller.start(
                        signalbox.proxy(), service + ".bench", answer -> answer.status() == 200)) {
            poller.awaitMore(5);
            docker.start(id);
            Instant started = engine.await("start", id);
            Instant first =
                    require(
                            poller.awaitFirst(PATIENCE_MS),
                            "new service " + service + " is not served");
            Effect effect = effect(id, started);
            run.fresh.add(started, first, effect);
            if (effect != null && effect.result().how() == How.RELOAD) {
                run.faults.add(
                        "new service " + service + " needed a reload: " + effect.result().reason());
            }
            poller.awaitMore(50);
            run.faults.addAll(counters.faults(id.substring(0, 12)));
            if (poller.wrongAfterFirst() > 0) {
                run.faults.add(
                        poller.wrongAfterFirst()
                                + " wrong answers of "
                                + service
                                + ": "
                                + poller.wrong());
            }
        }
        docker.stop(id);
        docker.remove(id);
        try (Poller gone =
                Poller.start(signalbox.proxy(), service + ".bench", LatencyBench::isUnknown)) {
            require(
                    gone.awaitFirst(PATIENCE_MS),
                    "the removed service " + service + " is still known");
        }
    }

    private static boolean isUnknown(Answer answer) {
        return answer.status() == 404;
    }

    private @Nullable Effect effect(String id, Instant since) throws InterruptedException {
        return signalbox.feed().await(id, since, Duration.ofMillis(PATIENCE_MS)).orElse(null);
    }

    /** When the application's last request arrived, as it says at its end. */
    private static Instant lastArrival(String output) {
        Matcher matcher = LAST.matcher(output);
        if (!matcher.find()) {
            throw new IllegalStateException(
                    "the application did not say when its last request arrived: '" + output + "'");
        }
        return Instant.ofEpochSecond(0, Long.parseLong(matcher.group(1)));
    }

    private String name(String purpose) {
        return "signalbox-bench-" + purpose + "-" + ++made;
    }

    private static Map<String, String> labels(String service) {
        return Map.of(
                "signalbox.enable",
                "true",
                "signalbox.service",
                service,
                "signalbox.host",
                service + ".bench");
    }

    private static Instant require(@Nullable Instant time, String otherwise) {
        if (time == null) {
            throw new IllegalStateException(otherwise);
        }
        return time;
    }
}
