package io.signalbox.applier;

import io.signalbox.applier.certificates.CertificateKeeper;
import io.signalbox.applier.certificates.CertificateWatch;
import io.signalbox.applier.core.AddressChoice;
import io.signalbox.applier.core.ApplierCore;
import io.signalbox.applier.core.Desired;
import io.signalbox.applier.core.Doors;
import io.signalbox.applier.core.SnippetCheck;
import io.signalbox.applier.core.Worker;
import io.signalbox.applier.core.plan.Version;
import io.signalbox.applier.template.PebbleTemplates;
import io.signalbox.applier.users.UserLists;
import io.signalbox.applier.users.UserWatch;
import io.signalbox.haproxy.HaproxyVersion;
import io.signalbox.process.Metrics;
import io.signalbox.process.Readiness;
import io.signalbox.schemas.ConfigRecord.Note;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/**
 * An applier without the log: everything between the inputs and HAProxy, put together. Whoever
 * makes it runs its loop, its knock, its files, its certificates and its lists of users, each on a
 * thread of its own.
 */
record Assembly(
        ApplierLoop loop,
        Knock knock,
        FileFollower files,
        CertificateWatch certificates,
        UserWatch users) {

    private static final Duration CERTIFICATE_DEADLINE = Duration.ofSeconds(5);

    /**
     * Where and for whom HAProxy is served.
     *
     * @param owned whether HAProxy is Signalbox' own
     * @param allowSnippets whether it gets lines of the operator's own that come from the log
     * @param version of the HAProxy that will be started
     */
    record Site(
            Reporter.Identity identity,
            Haproxy haproxy,
            boolean owned,
            HaproxyVersion version,
            Places places,
            Deployment deployment,
            CertificateKeeper certificates,
            UserLists users,
            boolean allowSnippets) {}

    /** What the applier talks to besides HAProxy. */
    record Outside(
            Reports reports,
            ConfigLog configLog,
            Metrics metrics,
            Readiness readiness,
            InstantSource clock,
            String adoptTopic) {}

    static Assembly of(Site site, Outside outside) {
        InstantSource clock = outside.clock();
        Desired desired =
                new Desired(
                        AddressChoice.of(site.identity().reach()),
                        new SnippetCheck(site.identity().group(), site.allowSnippets()),
                        PebbleTemplates.pure());
        Worker worker = new Worker(new WorkerLink(site.places().runtimeSocket()), site.version());
        FileFollower files = new FileFollower(site.deployment());
        Mailbox mailbox = new Mailbox();
        Knock knock = knock(mailbox);
        Reporter reporter =
                new Reporter(
                        site.identity(),
                        outside.reports(),
                        new ApplierMetrics(outside.metrics(), clock),
                        outside.readiness().condition("haproxy"),
                        outside.readiness().condition("loaded"),
                        clock,
                        () -> notes(site));
        ApplierCore core =
                new ApplierCore(
                        desired,
                        worker,
                        site.owned(),
                        outside.adoptTopic(),
                        new ApplierCore.Ports(
                                new Reloading(site.haproxy(), worker, site.deployment(), desired),
                                files,
                                new DoorKnocker(knock),
                                reporter,
                                System::nanoTime));
        ApplierLoop loop =
                new ApplierLoop(
                        mailbox,
                        core,
                        site.identity(),
                        outside.reports(),
                        outside.configLog(),
                        clock);
        versions(loop, outside.metrics());
        return new Assembly(
                loop, knock, files, watch(site, mailbox, outside), users(site, mailbox, outside));
    }

    private static void versions(ApplierLoop loop, Metrics metrics) {
        metrics.gauge(
                "version.in.force",
                "1 while HAProxy serves a version of the log.",
                () -> loop.inForce().equals(Version.NONE) ? 0 : 1);
        metrics.gauge(
                "version.epoch",
                "Epoch of the version in force: it grows with each take-over of the group; -1 while there is none.",
                () -> loop.inForce().epoch());
        metrics.gauge(
                "version.generation",
                "Generation of the version in force, within its epoch; -1 while there is none.",
                () -> loop.inForce().generation());
    }

    private static List<Note> notes(Site site) {
        List<Note> notes = new ArrayList<>(site.certificates().notes());
        notes.addAll(site.users().notes());
        return notes;
    }

    private static UserWatch users(Site site, Mailbox mailbox, Outside outside) {
        outside.metrics()
                .gauge(
                        "users.lists.refused",
                        "Lists of users that services name and that are missing or not used whole.",
                        () -> site.users().refused());
        return new UserWatch(
                site.users(),
                list -> mailbox.offer(new Input.UsersWait(list)),
                () -> mailbox.offer(new Input.Noted()));
    }

    private static CertificateWatch watch(Site site, Mailbox mailbox, Outside outside) {
        CertificateMetrics metrics = new CertificateMetrics(site.certificates(), outside.metrics());
        return new CertificateWatch(
                site.certificates(),
                new RuntimeSocket(site.places().runtimeSocket(), CERTIFICATE_DEADLINE),
                new CertificateWatch.Listener() {
                    @Override
                    public void looked() {
                        metrics.update();
                    }

                    @Override
                    public void reload(String why) {
                        mailbox.offer(new Input.CertificatesWait(why));
                    }

                    @Override
                    public void noted() {
                        mailbox.offer(new Input.Noted());
                    }
                },
                outside.clock());
    }

    private static Knock knock(Mailbox mailbox) {
        try {
            return new Knock(
                    target -> {
                        if (target.key() instanceof Doors.Door(var run, String service)) {
                            mailbox.offer(new Input.Answered(run, service));
                        }
                    });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
