package io.signalbox.watcher;

import io.signalbox.schemas.Event;
import io.signalbox.schemas.Liveness;
import io.signalbox.watcher.core.Input;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/** A log in memory that acknowledges everything at once. */
final class RecordingFactLog implements FactLog {
    private final Inbox inbox;
    private final AtomicLong offset = new AtomicLong(100);
    private final List<Event> events = new CopyOnWriteArrayList<>();
    private final List<Liveness.HostBeat> beats = new CopyOnWriteArrayList<>();

    RecordingFactLog(Inbox inbox) {
        this.inbox = inbox;
    }

    List<Event> events() {
        return events;
    }

    List<Liveness.HostBeat> beats() {
        return beats;
    }

    @Override
    public void open(long attempt, Event opened) {
        events.add(opened);
        inbox.put(new Input.SessionAcknowledged(attempt, offset.incrementAndGet()));
    }

    @Override
    public void publish(long attempt, Event event) {
        events.add(event);
        inbox.put(new Input.FactAcknowledged(attempt, event.seq()));
    }

    @Override
    public void beat(long attempt, Liveness.HostBeat beat) {
        beats.add(beat);
        inbox.put(new Input.BeatAcknowledged(attempt));
    }

    @Override
    public void close(long attempt) {}

    @Override
    public void close() {}
}
