package io.signalbox.applier;

import io.signalbox.haproxy.Capabilities;
import java.io.IOException;
import java.time.Duration;
import java.util.OptionalLong;

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

    /** How many old workers still finish their requests; empty if that cannot be known. */
    OptionalLong oldWorkers();

    /** Ends it, and with it every request. */
    void stop() throws InterruptedException;
}
