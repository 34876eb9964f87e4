package io.signalbox.applier;

import io.signalbox.haproxy.Capabilities;
import io.signalbox.haproxy.MasterProcesses;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/** The HAProxy process that is served, its own or somebody else's. One thread at a time. */
interface Haproxy {
    /** Whether it runs. */
    boolean alive();

    /**
     * Starts it with the current configuration; returns when a worker serves.
     *
     * @throws IOException with HAProxy's own words if it does not start
     */
    void start() throws IOException, InterruptedException;

    /**
     * Makes it take over the current configuration.
     *
     * @return empty if a new worker serves, else why not
     */
    String reload(Capabilities capabilities, Duration patience)
            throws IOException, InterruptedException;

    /**
     * The old workers that still finish their requests; empty if that cannot be known. Safe for all
     * threads.
     */
    Optional<OldWorkers> oldWorkers();

    /**
     * Workers that a reload replaced and that still serve connections.
     *
     * @param oldest how long the first started of them has run, to the second
     */
    record OldWorkers(int count, Duration oldest) {
        /** None. */
        static final OldWorkers NONE = new OldWorkers(0, Duration.ZERO);

        /** Those that the master tells of. */
        static Optional<OldWorkers> of(MasterSocket master) {
            try {
                MasterProcesses processes = master.status();
                return Optional.of(
                        new OldWorkers(processes.oldWorkers().size(), processes.oldest()));
            } catch (IOException e) {
                return Optional.empty();
            }
        }
    }

    /** Ends it, and with it every request. */
    void stop() throws InterruptedException;
}
