package io.signalbox.applier.core.plan;

import io.signalbox.applier.core.plan.WantedServer.Run;

/** What a plan does not do yet, although it is wanted. */
public interface Waits {
    /** Whether that start of an application may be given requests: it has answered. */
    boolean answered(Run run);

    /** Whether the requests of a service that has lost its last server are still held there. */
    boolean holds(String backend);

    /** Whether a server in maintenance must not be deleted yet. */
    boolean rests(String backend, String server);
}
