package io.signalbox.watcher.core;

import io.signalbox.schemas.Container;
import io.signalbox.schemas.Container.State;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Consumer;

/** A list in memory, such as a static file is: its entries come, change and go. */
final class SimulatedList {
    private static final int MOST = 6;

    private final String source;
    private final Random random;
    private final Consumer<SimulatedList> changes;
    private final Map<String, Container> entries = new TreeMap<>();

    SimulatedList(String source, Random random, Consumer<SimulatedList> changes) {
        this.source = source;
        this.random = random;
        this.changes = changes;
    }

    void act() {
        String id = source + random.nextInt(MOST);
        if (entries.remove(id) == null || random.nextBoolean()) {
            String address = "10.1.0." + (1 + random.nextInt(200));
            entries.put(id, SimulatedEngine.picture(id, State.RUNNING, Instant.EPOCH, address));
        }
        changes.accept(this);
    }

    Input.Shown whole() {
        return new Input.Shown(source, List.copyOf(entries.values()), true);
    }

    /** As after a restart, while a part of it cannot be read. */
    Input.Shown inPart() {
        return new Input.Shown(
                source,
                entries.values().stream().filter(_ -> random.nextBoolean()).toList(),
                false);
    }

    Map<String, Container> pictures() {
        return entries;
    }

    @Override
    public String toString() {
        return source + " shows " + entries.keySet();
    }
}
