package io.signalbox.cli.export;

import io.signalbox.applier.core.AddressChoice;
import io.signalbox.applier.core.template.TemplateData;
import io.signalbox.cli.export.core.Debounce;
import io.signalbox.process.Backoff;
import io.signalbox.process.CommonSettings;
import io.signalbox.schemas.ConfigRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps files in step with a group's configuration: after each change, after one of a template, at
 * intervals where one is set, and with growing pauses while one fails. One failing file holds up no
 * other. The thread in {@link #follow} or {@link #once} owns everything; {@link #stop} is for all.
 */
final class ExportLoop {
    private static final Logger log = LoggerFactory.getLogger(ExportLoop.class);
    private static final Duration LOOK = Duration.ofSeconds(1);

    private final String group;
    private final AddressChoice choice;
    private final GroupFollower follower;
    private final List<Job> jobs;
    private final Debounce changes;
    private final Optional<Duration> interval;
    private final InstantSource clock;
    private SortedSet<String> unreachable = new TreeSet<>();
    private @Nullable TemplateData data;
    private Instant nextRound = Instant.MAX;
    private volatile boolean stopped;

    ExportLoop(
            String group,
            AddressChoice choice,
            GroupFollower follower,
            List<FileExport> exports,
            Pace pace,
            InstantSource clock) {
        this.group = group;
        this.choice = choice;
        this.follower = follower;
        this.jobs = exports.stream().map(Job::new).toList();
        this.changes = new Debounce(pace.quiet());
        this.interval = pace.interval();
        this.clock = clock;
    }

    /**
     * When files are made.
     *
     * @param quiet how long nothing else must have changed before a change is acted on
     * @param interval how often they are made without a change; empty for never
     */
    record Pace(Duration quiet, Optional<Duration> interval) {}

    /** One file, and when it is to be tried again. */
    private static final class Job {
        private final FileExport export;
        private final Backoff backoff = Backoff.random();
        private Optional<Instant> retryAt = Optional.empty();
        private String template = "";
        private String failure = "";

        Job(FileExport export) {
            this.export = export;
        }

        /** Whether the template's file is another one than when this was asked last. */
        boolean isTemplateChanged() {
            String before = template;
            try {
                var file = export.resource().template();
                template = Files.getLastModifiedTime(file) + " " + Files.size(file);
            } catch (IOException e) {
                template = e.toString();
            }
            return !before.isEmpty() && !before.equals(template);
        }
    }

    /** Ends {@link #follow} after what is under way. */
    void stop() {
        stopped = true;
        follower.wakeup();
    }

    /** Keeps the files in step until stopped. */
    void follow() throws InterruptedException {
        while (!stopped) {
            Instant now = clock.instant();
            follower.poll(untilDue(now), now).ifPresent(this::take);
            now = clock.instant();
            for (Job job : jobs) {
                if (job.isTemplateChanged()) {
                    changes.changed(now);
                }
            }
            TemplateData known = data;
            if (known == null || stopped) {
                continue;
            }
            boolean all = changes.take(now) || !now.isBefore(nextRound);
            if (all) {
                Instant round = now;
                nextRound = interval.map(round::plus).orElse(Instant.MAX);
            }
            for (Job job : jobs) {
                if (!stopped && (all || isDue(job, now))) {
                    attempt(job, known);
                }
            }
        }
    }

    /**
     * Makes every file once.
     *
     * @param patience how long to wait for a complete configuration
     * @return what failed, in words
     */
    List<String> once(Duration patience) throws InterruptedException {
        TemplateData known = await(patience);
        if (known == null) {
            return List.of(nothingRead(patience));
        }
        List<String> failures = new ArrayList<>();
        for (Job job : jobs) {
            if (stopped) {
                failures.add("stopped before " + job.export.resource().destination() + " was made");
            } else {
                try {
                    job.export.run(known);
                } catch (ExportFailed e) {
                    failures.add(String.valueOf(e.getMessage()));
                }
            }
        }
        return failures;
    }

    /**
     * How every file differs from what it would become.
     *
     * @param patience how long to wait for a complete configuration
     * @param failures takes what failed, in words
     */
    List<String> differences(Duration patience, List<String> failures) throws InterruptedException {
        List<String> lines = new ArrayList<>();
        TemplateData known = await(patience);
        if (known == null) {
            failures.add(nothingRead(patience));
            return lines;
        }
        for (Job job : jobs) {
            try {
                lines.addAll(job.export.difference(known));
            } catch (ExportFailed e) {
                failures.add(String.valueOf(e.getMessage()));
            }
        }
        return lines;
    }

    private @Nullable TemplateData await(Duration patience) throws InterruptedException {
        Instant end = clock.instant().plus(patience);
        while (data == null && !stopped && clock.instant().isBefore(end)) {
            follower.poll(LOOK, clock.instant()).ifPresent(this::take);
        }
        return data;
    }

    private String nothingRead(Duration patience) {
        return "within %d s no complete configuration of the group %s was read%s; files stay as they are"
                .formatted(
                        patience.toSeconds(),
                        group,
                        follower.isReading()
                                ? ", though all of its topic was: does a renderer run?"
                                : ": does a broker answer at %s (%s)?"
                                        .formatted(
                                                follower.brokers(),
                                                CommonSettings.BOOTSTRAP_SERVERS.flag()));
    }

    private void take(List<ConfigRecord.Service> services) {
        GroupData now = GroupData.of(group, choice, services);
        SortedSet<String> news = new TreeSet<>(now.unreachable());
        news.removeAll(unreachable);
        if (!news.isEmpty()) {
            log.atWarn()
                    .addKeyValue("servers", news)
                    .addKeyValue("host", choice.reach().host())
                    .log("no address can be reached from this host: left out (--host-id)");
        }
        unreachable = now.unreachable();
        if (!now.data().equals(data)) {
            data = now.data();
            changes.changed(clock.instant());
        }
    }

    private Duration untilDue(Instant now) {
        Instant due = data == null ? now.plus(LOOK) : changes.due().orElse(now.plus(LOOK));
        due = due.isBefore(nextRound) ? due : nextRound;
        for (Job job : jobs) {
            Instant retry = job.retryAt.orElse(due);
            due = data != null && retry.isBefore(due) ? retry : due;
        }
        Duration wait = Duration.between(now, due);
        return wait.isNegative() ? Duration.ZERO : wait.compareTo(LOOK) > 0 ? LOOK : wait;
    }

    private static boolean isDue(Job job, Instant now) {
        return job.retryAt.filter(at -> !now.isBefore(at)).isPresent();
    }

    private void attempt(Job job, TemplateData known) throws InterruptedException {
        try {
            job.export.run(known);
            if (!job.failure.isEmpty()) {
                log.atInfo()
                        .addKeyValue("file", job.export.resource().destination())
                        .log("in order again");
            }
            job.failure = "";
            job.retryAt = Optional.empty();
            job.backoff.reset();
        } catch (ExportFailed e) {
            String words = String.valueOf(e.getMessage());
            if (!words.equals(job.failure)) {
                job.backoff.reset();
                log.atError().addKeyValue("error", words).log("failed, tried again until it works");
            }
            job.failure = words;
            job.retryAt = Optional.of(clock.instant().plus(job.backoff.next()));
        }
    }
}
