package io.signalbox.cli.export;

import io.signalbox.applier.core.AddressChoice;
import io.signalbox.applier.core.template.Templates;
import io.signalbox.applier.template.PebbleTemplates;
import io.signalbox.process.KafkaClients;
import io.signalbox.schemas.ApplyResult.Reach;
import io.signalbox.schemas.LogCodecs;
import io.signalbox.schemas.Topic;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Wires an export and runs it in one of its three ways, each of which ends it. One thread. */
public final class Export {
    private static final Duration LAST_PATIENCE = Duration.ofSeconds(15);

    private final LogCodecs codecs;
    private final GroupFollower follower;
    private final ExportLoop loop;
    private final Rules rules;
    private volatile int exitCode = 1;

    /**
     * How it goes about it.
     *
     * @param commandTimeout when a command is ended by force
     * @param quiet how long nothing else must have changed before a change is acted on
     * @param interval how often files are made without a change; empty for never
     * @param patience how long to wait for a complete configuration where it does not follow
     * @param keepStaged whether staged files that are not used are left
     */
    public record Rules(
            Duration commandTimeout,
            Duration quiet,
            Optional<Duration> interval,
            Duration patience,
            boolean keepStaged) {}

    /**
     * An export of these files.
     *
     * @param reach from where the servers' addresses must be reached
     */
    public Export(
            KafkaClients clients,
            LogCodecs codecs,
            String topicPrefix,
            String group,
            Reach reach,
            List<TemplateResource> resources,
            Rules rules) {
        this.codecs = codecs;
        this.rules = rules;
        this.follower =
                new GroupFollower(
                        clients,
                        codecs.configs(group),
                        Topic.PROXY_CONFIGS.topicName(topicPrefix, group));
        Templates templates = PebbleTemplates.of(new ThisMachine());
        this.loop =
                new ExportLoop(
                        group,
                        AddressChoice.of(reach),
                        follower,
                        resources.stream()
                                .map(
                                        one ->
                                                new FileExport(
                                                        one,
                                                        templates,
                                                        rules.commandTimeout(),
                                                        rules.keepStaged()))
                                .toList(),
                        new ExportLoop.Pace(rules.quiet(), rules.interval()),
                        Clock.systemUTC());
    }

    /** Keeps the files in step until SIGTERM or Ctrl-C, and answers the exit code. */
    public int follow() throws InterruptedException {
        return run(
                () -> {
                    loop.follow();
                    return 0;
                });
    }

    /** Ends {@link #follow} after what is under way. Safe for all threads. */
    public void stop() {
        loop.stop();
    }

    /** Makes every file once, and answers the exit code. */
    public int once(PrintWriter err) throws InterruptedException {
        return run(() -> said(loop.once(rules.patience()), err));
    }

    /** Shows how the files would change, and answers the exit code. */
    public int dryRun(PrintWriter out, PrintWriter err) throws InterruptedException {
        return run(
                () -> {
                    List<String> failures = new ArrayList<>();
                    loop.differences(rules.patience(), failures).forEach(out::println);
                    out.flush();
                    return said(failures, err);
                });
    }

    private static int said(List<String> failures, PrintWriter err) {
        failures.forEach(failure -> err.println("signalbox export: " + failure));
        err.flush();
        return failures.isEmpty() ? 0 : 1;
    }

    private interface Work {
        int run() throws InterruptedException;
    }

    /**
     * A signal lets what is under way come to its end; what does not is left for the next start.
     */
    private int run(Work work) throws InterruptedException {
        CountDownLatch ended = new CountDownLatch(1);
        Thread worker = Thread.currentThread();
        Thread hook = new Thread(() -> end(ended, worker), "export-signal");
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            exitCode = work.run();
            return exitCode;
        } finally {
            follower.close();
            codecs.close();
            ended.countDown();
            try {
                Runtime.getRuntime().removeShutdownHook(hook);
            } catch (IllegalStateException e) {
                // The JVM is on its way down already, and the hook waits for this.
            }
        }
    }

    private void end(CountDownLatch ended, Thread worker) {
        loop.stop();
        try {
            if (!ended.await(LAST_PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                worker.interrupt();
                var _ = ended.await(1, TimeUnit.SECONDS);
            }
            Runtime.getRuntime().halt(exitCode);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
