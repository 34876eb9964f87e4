package io.signalbox.applier;

import io.signalbox.applier.core.AddressChoice;
import io.signalbox.applier.core.Desired;
import io.signalbox.applier.core.Doors;
import io.signalbox.haproxy.HaproxyVersion;
import io.signalbox.process.Metrics;
import io.signalbox.process.Outage;
import io.signalbox.process.Readiness;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.InstantSource;
import org.slf4j.LoggerFactory;

/**
 * An applier without the log: everything between the inputs and HAProxy, put together. Whoever
 * makes it runs its loop, its knock and its files, each on a thread of its own.
 */
record Assembly(ApplierLoop loop, Knock knock, FileFollower files) {

    /**
     * Where and for whom HAProxy is served.
     *
     * @param owned whether HAProxy is Signalbox' own
     * @param version of the HAProxy that will be started
     */
    record Site(
            Reporter.Identity identity,
            Haproxy haproxy,
            boolean owned,
            HaproxyVersion version,
            Places places,
            Deployment deployment) {}

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
        Desired desired = new Desired(new AddressChoice(site.identity().reach(), true));
        Worker worker = new Worker(new WorkerLink(site.places().runtimeSocket()), site.version());
        Reloading reloading = new Reloading(site.haproxy(), worker, site.deployment(), desired);
        Reporter reporter =
                new Reporter(site.identity(), outside.reports(), outside.metrics(), clock);
        FileFollower files = new FileFollower(site.deployment());
        Mailbox mailbox = new Mailbox();
        Knock knock = knock(mailbox);
        Knocking knocking = new Knocking(knock);
        Convergence convergence =
                new Convergence(desired, worker, reloading, knocking, files, reporter, clock);
        Supervision supervision =
                new Supervision(
                        new Supervision.Watched(site.haproxy(), site.owned(), worker),
                        site.deployment(),
                        reloading,
                        convergence,
                        desired,
                        reporter,
                        new Outage(
                                LoggerFactory.getLogger(Supervision.class),
                                outside.readiness().condition("haproxy"),
                                clock));
        ApplierLoop.Parts parts =
                new ApplierLoop.Parts(
                        site.identity(),
                        desired,
                        worker,
                        supervision,
                        convergence,
                        reporter,
                        outside.reports(),
                        outside.configLog(),
                        outside.readiness().condition("loaded"));
        return new Assembly(
                new ApplierLoop(mailbox, parts, outside.adoptTopic(), clock), knock, files);
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
