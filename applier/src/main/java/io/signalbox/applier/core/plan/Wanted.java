package io.signalbox.applier.core.plan;

import io.signalbox.schemas.ConfigRecord.Frame;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Everything that HAProxy here shall be: a manifest's parts with an address chosen for each server.
 *
 * @param services by name
 */
public record Wanted(Version version, Frame frame, SortedMap<String, WantedService> services) {
    public Wanted {
        services = Collections.unmodifiableSortedMap(new TreeMap<>(services));
    }

    /** The same with other services. */
    public Wanted withServices(Map<String, WantedService> other) {
        return new Wanted(version, frame, new TreeMap<>(other));
    }
}
