package io.signalbox.registry;

import io.signalbox.schemas.ApplyResult;
import io.signalbox.schemas.Codec;
import io.signalbox.schemas.ConfigRecord;
import io.signalbox.schemas.Event;
import io.signalbox.schemas.GroupRecord;
import io.signalbox.schemas.Liveness;
import io.signalbox.schemas.LogCodecs;
import io.signalbox.schemas.ServiceState;
import io.signalbox.schemas.WatcherControl;
import java.util.function.Function;

/** The codecs of the topics that the registry reads and writes. */
record Codecs(
        Codec<Event> events,
        Codec<ServiceState> state,
        Codec<Liveness> liveness,
        Codec<WatcherControl> control,
        Codec<GroupRecord> groups,
        Codec<ApplyResult> results,
        Function<String, Codec<ConfigRecord>> configs) {

    static Codecs of(LogCodecs log) {
        return new Codecs(
                log.events(),
                log.serviceState(),
                log.liveness(),
                log.control(),
                log.groups(),
                log.results(),
                log::configs);
    }
}
