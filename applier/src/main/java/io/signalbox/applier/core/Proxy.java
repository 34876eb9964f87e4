package io.signalbox.applier.core;

import io.signalbox.applier.core.disk.Deployed;
import io.signalbox.applier.core.disk.Saved;
import io.signalbox.haproxy.ConfigPath;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Supplier;

/** The HAProxy that is served: its life, and the configurations that it is started with. */
public interface Proxy {

    /** How a start or a reload ended. */
    sealed interface Ended {
        /** A worker serves it. */
        record Serving(Deployed deployed) implements Ended {}

        /** HAProxy refuses it, and no single service is at fault. */
        record Refused(String words) implements Ended {}

        /** It was accepted, but does not come up; the old one serves. */
        record Failed(String words) implements Ended {}
    }

    /** Whether it runs; one that is not ours to start counts as running. */
    boolean alive();

    /** The newest configuration on the disk that is whole. */
    Optional<Deployed> lastKnownGood() throws IOException;

    /** What lies there; empty if it is not whole. */
    Optional<Saved> read(ConfigPath directory);

    /** That configuration is in force: what fails goes back to it. */
    void isGood(Deployed deployed);

    /** A worker serves that was started with the configuration there. */
    void serves(ConfigPath directory);

    /** Starts it with a configuration as it lies on the disk. */
    void startFrom(Deployed deployed) throws IOException, InterruptedException;

    /**
     * Begins to put what the supplier gives in force, by a start or a reload; it is asked again
     * after a service was held back. Until {@link #ended} says how it went, nothing else is asked.
     */
    void bring(Supplier<Saved> wanted) throws InterruptedException;

    /** How what was begun ended, once; empty as long as it has not. */
    Optional<Ended> ended();

    /** Ends it, and with it every request. */
    void stop() throws InterruptedException;
}
