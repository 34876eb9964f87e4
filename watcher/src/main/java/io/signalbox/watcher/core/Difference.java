package io.signalbox.watcher.core;

import io.signalbox.schemas.Container;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Names what differs between two pictures of a container, never the values. */
final class Difference {
    private Difference() {}

    static String between(@Nullable Container before, Container now) {
        if (before == null) {
            return "appeared";
        }
        List<String> names = new ArrayList<>();
        note(names, "name", before.name(), now.name());
        note(names, "image", before.image(), now.image());
        note(names, "state", before.state(), now.state());
        note(names, "health", before.health(), now.health());
        note(names, "run", before.startedAt(), now.startedAt());
        note(names, "networks", before.networks(), now.networks());
        note(names, "ports", before.published(), now.published());
        note(names, "labels", before.labels(), now.labels());
        note(names, "environment", before.environment(), now.environment());
        return names.isEmpty() ? "details" : String.join(", ", names);
    }

    private static void note(
            List<String> names, String name, @Nullable Object before, @Nullable Object now) {
        if (!Objects.equals(before, now)) {
            names.add(name);
        }
    }
}
