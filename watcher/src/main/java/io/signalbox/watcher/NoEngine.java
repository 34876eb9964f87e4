package io.signalbox.watcher;

import io.signalbox.schemas.HostIdentity;
import io.signalbox.watcher.core.Input;
import io.signalbox.watcher.core.Inspection;
import java.util.List;

/**
 * Stands where a host has no engine, or none that is to be watched: it has no container. Answers on
 * threads of its own, as the caller empties the inbox.
 */
final class NoEngine implements Source {
    private final HostIdentity identity;
    private final Inbox inbox;

    /**
     * No engine on this host.
     *
     * @param advertised the host's address
     * @param bootId what tells this machine from another one under the same host id
     */
    NoEngine(String advertised, String bootId, Inbox inbox) {
        this.identity = new HostIdentity("none, boot " + bootId, bootId, advertised, "none");
        this.inbox = inbox;
    }

    @Override
    public void openStream(long stream) {
        answer(new Input.StreamOpened(stream, identity));
    }

    @Override
    public void closeStream(long stream) {}

    @Override
    public void inspect(String container) {
        answer(new Input.Inspected(container, new Inspection.Missing()));
    }

    @Override
    public void list(long call) {
        answer(new Input.Listed(call, List.of()));
    }

    private void answer(Input input) {
        Thread.ofVirtual().start(() -> inbox.put(input));
    }

    @Override
    public void close() {}
}
