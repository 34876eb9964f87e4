package io.signalbox.watcher;

import io.signalbox.schemas.Event;
import io.signalbox.schemas.Liveness;

/**
 * Where facts and beats go. Calls return at once; acknowledgements and failures come as {@link
 * io.signalbox.watcher.core.Input}s from the log's own threads, those of facts in their order.
 */
interface FactLog extends AutoCloseable {
    /** Begins an attempt with a producer of its own and its {@code SessionOpened}. */
    void open(long attempt, Event opened);

    /** Sends a fact of an attempt whose session is open. */
    void publish(long attempt, Event event);

    /** Sends a beat. */
    void beat(long attempt, Liveness.HostBeat beat);

    /** Ends an attempt; what was not sent is dropped. */
    void close(long attempt);

    @Override
    void close();
}
