package io.signalbox.applier.core;

import io.signalbox.schemas.ConfigRecord;
import io.signalbox.schemas.ConfigRecord.Claim;
import io.signalbox.schemas.ConfigRecord.Frame;
import io.signalbox.schemas.ConfigRecord.Manifest;
import io.signalbox.schemas.ConfigRecord.Part;
import io.signalbox.schemas.GroupDefinition.EntryPoint;
import io.signalbox.schemas.GroupDefinition.Listen;
import io.signalbox.schemas.ManifestHash;
import io.signalbox.schemas.PartHash;
import java.time.Instant;
import java.util.List;

/** A group's topic of frames without services, as one owner writes it and an applier reads it. */
final class GroupLog {
    private final ApplierCore reader;
    private final ManifestHash hash = new ManifestHash();
    private long offset;
    private long epoch;
    private long generation;

    GroupLog(ApplierCore reader) {
        this.reader = reader;
    }

    /** The owner claims the group; its epoch is the claim's offset. */
    void claim(long atOffset, Instant now) {
        offset = atOffset;
        epoch = atOffset;
        read("claim", new Claim("renderer"), now);
    }

    /** There is another entry point. */
    void frame(int port, Instant now) {
        Frame frame =
                new Frame(
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(new EntryPoint("http", new Listen("", port))),
                        null,
                        "2.6",
                        true);
        generation++;
        hash.put("frame", PartHash.of(frame));
        read("part/frame", new Part("frame", epoch, generation, frame), now);
        read(
                "manifest/" + epoch,
                new Manifest(
                        "default",
                        epoch,
                        generation,
                        hash.value(),
                        "test",
                        "events",
                        List.of(0L),
                        0,
                        List.of()),
                now);
    }

    private void read(String key, ConfigRecord value, Instant now) {
        reader.read(offset++, key, value, now, now);
    }
}
