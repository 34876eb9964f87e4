package io.signalbox.applier.core.plan;

import io.signalbox.applier.core.plan.Step.AddEntry;
import io.signalbox.applier.core.plan.Step.DeleteEntry;
import io.signalbox.applier.core.plan.Step.OfEntry;
import io.signalbox.applier.core.plan.Step.ReplaceMap;
import io.signalbox.applier.core.plan.Step.SetEntry;
import io.signalbox.haproxy.MapName;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Makes of many changes to one map its replacement: a worker looks through the whole map for each
 * entry that it sets or deletes, and shows requests every state in between. One thread, for one
 * plan.
 */
final class MapChanges {
    /** More changes than that to one map at once replace it. */
    static final int MOST = 200;

    private final Running running;
    private final Map<MapName, List<OfEntry>> soFar = new EnumMap<>(MapName.class);

    MapChanges(Running running) {
        this.running = running;
    }

    /** The way to carry these changes out after those asked for before. */
    List<Step> of(List<OfEntry> changes) {
        Map<MapName, List<OfEntry>> byMap = new EnumMap<>(MapName.class);
        for (OfEntry change : changes) {
            byMap.computeIfAbsent(change.map(), map -> new ArrayList<>()).add(change);
        }
        List<Step> steps = new ArrayList<>();
        byMap.forEach(
                (map, ofMap) -> {
                    List<OfEntry> all = soFar.computeIfAbsent(map, name -> new ArrayList<>());
                    all.addAll(ofMap);
                    if (ofMap.size() > MOST) {
                        steps.add(replacement(map, all));
                    } else {
                        steps.addAll(ofMap);
                    }
                });
        return steps;
    }

    private Step replacement(MapName map, List<OfEntry> changes) {
        TreeMap<String, String> entries = new TreeMap<>(running.entries(map));
        for (OfEntry change : changes) {
            switch (change) {
                case AddEntry(MapName _, String key, String value) -> entries.put(key, value);
                case SetEntry(MapName _, String key, String value) -> entries.put(key, value);
                case DeleteEntry(MapName _, String key) -> entries.remove(key);
            }
        }
        return new ReplaceMap(map, entries);
    }
}
