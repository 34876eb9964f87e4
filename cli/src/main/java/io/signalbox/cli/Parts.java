package io.signalbox.cli;

import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is open, closed newest first. One thread at a time. */
final class Parts implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Parts.class);

    private final Deque<AutoCloseable> open = new ArrayDeque<>();

    /** Takes one more part. */
    <T extends AutoCloseable> T open(T part) {
        open.push(part);
        return part;
    }

    /** Closes all; one that fails to close is logged and keeps none of the others open. */
    @Override
    public void close() {
        while (!open.isEmpty()) {
            try {
                open.pop().close();
            } catch (Exception e) {
                log.atWarn().addKeyValue("error", e).log("a part failed to close");
            }
        }
    }
}
