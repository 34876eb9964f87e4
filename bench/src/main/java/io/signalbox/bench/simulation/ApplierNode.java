package io.signalbox.bench.simulation;

import io.signalbox.applier.core.ConfigReading;
import io.signalbox.applier.core.ConfigReading.Accepted;
import io.signalbox.applier.core.Version;
import io.signalbox.schemas.ConfigRecord;
import io.signalbox.schemas.ConfigRecord.Manifest;
import io.signalbox.schemas.ConfigRecord.Part;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** An applier. */
final class ApplierNode extends Node {
    final String host;
    private ConfigReading reading = new ConfigReading();
    private final TreeMap<String, Part> parts = new TreeMap<>();
    private long position;
    private long endAtStart;
    private Version applied = Version.NONE;

    ApplierNode(World world, String name, String host) {
        super(world, name);
        this.host = host;
    }

    @Override
    void boot() {
        reading = new ConfigReading();
        readFromBeginning();
    }

    private void readFromBeginning() {
        reading.begin();
        position = 0;
        endAtStart = world.group.end();
    }

    @Override
    void step() {
        read();
        reading.take(applied).ifPresent(this::accept);
        switch (reading.remedy(world.now)) {
            case NONE -> {}
            case READ_AGAIN -> readFromBeginning();
            case SAY_INCOMPLETE -> world.note(() -> name + " is incomplete");
        }
    }

    private void read() {
        int most = position == 0 ? 20 : 1 + world.below(5);
        for (Log.Entry<ConfigRecord> entry : world.read(world.group, position, most)) {
            position = entry.offset() + 1;
            reading.read(entry.offset(), entry.key(), entry.value(), entry.at(), world.now);
        }
        if (!world.paused() && position >= endAtStart) {
            reading.reachedEnd();
        }
    }

    private void accept(Accepted accepted) {
        if (accepted.whole()) {
            parts.clear();
        }
        parts.putAll(accepted.parts());
        Manifest manifest = accepted.manifest();
        if (accepted.version().compareTo(applied) < 0) {
            throw new Violation(
                    "older-version", name + " applies " + accepted.version() + " after " + applied);
        }
        applied = accepted.version();
        world.note(() -> name + " applies " + applied);
        Set<Justified> wanted = new TreeSet<>();
        Set<Justified> shown = Checks.servers(parts.values());
        for (int partition = 0; partition < manifest.eventsPositions().size(); partition++) {
            wanted.addAll(world.ledger.at(partition, manifest.eventsPositions().get(partition)));
        }
        Checks.same("not-a-prefix", name + " at " + manifest.eventsPositions(), wanted, shown);
    }

    Set<Justified> shown() {
        return Checks.servers(parts.values());
    }
}
