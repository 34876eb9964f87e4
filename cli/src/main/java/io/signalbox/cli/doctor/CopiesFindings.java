package io.signalbox.cli.doctor;

import io.signalbox.cli.doctor.Topics.Copies;
import java.util.List;
import java.util.Optional;

/** What is to be said of the copies of a topic's records. */
final class CopiesFindings {

    /** What Kafka recommends, and {@code signalbox topics} asks for by default. */
    private static final int WANTED = 3;

    private CopiesFindings() {}

    /**
     * Judges them.
     *
     * @param right whether the topic is well otherwise; only then it is said to be
     */
    static List<Finding> of(String subject, int partitions, Copies copies, boolean right) {
        if (copies.leaderless() > 0) {
            return List.of(
                    Finding.fail(
                            subject,
                            copies.leaderless() + " partitions have no leader",
                            "none can be read or written",
                            "start the brokers that hold them"));
        }
        if (copies.inSync() < copies.minInsync()) {
            return List.of(
                    Finding.fail(
                            subject,
                            "%d copies are up to date".formatted(copies.inSync()),
                            "below min.insync.replicas %d nothing can be written"
                                    .formatted(copies.minInsync()),
                            "start the brokers that are away"));
        }
        if (copies.inSync() < copies.least()) {
            return List.of(
                    Finding.warn(
                            subject,
                            "%d of %d copies are up to date"
                                    .formatted(copies.inSync(), copies.least()),
                            "",
                            "start the brokers that are away, or wait until they have caught up"));
        }
        Optional<Finding> risk = risk(subject, copies);
        if (risk.isPresent()) {
            return List.of(risk.get());
        }
        return right
                ? List.of(
                        Finding.ok(
                                subject,
                                "%d partitions, %d copies, min.insync.replicas %d"
                                        .formatted(partitions, copies.least(), copies.minInsync())))
                : List.of();
    }

    /** What does no harm as long as every broker is there. */
    private static Optional<Finding> risk(String subject, Copies copies) {
        int possible = Math.min(WANTED, copies.brokers());
        if (copies.least() < possible) {
            return Optional.of(
                    Finding.warn(
                            subject,
                            "%d copies on %d brokers".formatted(copies.least(), copies.brokers()),
                            "should have " + possible,
                            "add replicas: kafka-reassign-partitions.sh"));
        }
        return copies.minInsync() > 1 && copies.minInsync() == copies.least()
                ? Optional.of(
                        Finding.warn(
                                subject,
                                "min.insync.replicas is the number of copies, " + copies.least(),
                                "nothing can be written while one broker is away",
                                "lower it by one"))
                : Optional.empty();
    }
}
