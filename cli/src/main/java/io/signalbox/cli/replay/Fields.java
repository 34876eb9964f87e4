package io.signalbox.cli.replay;

import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Optional;

/** Finds the first field in which two values differ. */
final class Fields {
    private static final int MOST_CHARACTERS = 120;

    private Fields() {}

    /**
     * The first difference, such as {@code servers[2].weight: recorded 1, replayed 2}; empty when
     * the values are equal.
     */
    static Optional<String> firstDifference(Object recorded, Object replayed) {
        return recorded.equals(replayed)
                ? Optional.empty()
                : Optional.of(difference("", recorded, replayed));
    }

    private static String difference(String path, Object recorded, Object replayed) {
        if (recorded instanceof Record && recorded.getClass() == replayed.getClass()) {
            return ofRecords(path, recorded, replayed);
        }
        if (recorded instanceof List<?> one && replayed instanceof List<?> other) {
            return ofLists(path, one, other);
        }
        return path
                + (path.isEmpty() ? "" : ": ")
                + "recorded "
                + text(recorded)
                + ", replayed "
                + text(replayed);
    }

    private static String ofRecords(String path, Object recorded, Object replayed) {
        for (RecordComponent component : recorded.getClass().getRecordComponents()) {
            Object one = value(component, recorded);
            Object other = value(component, replayed);
            if (!one.equals(other)) {
                String inner =
                        path.isEmpty() ? component.getName() : path + "." + component.getName();
                return difference(inner, one, other);
            }
        }
        return path + " differs";
    }

    private static String ofLists(String path, List<?> recorded, List<?> replayed) {
        for (int at = 0; at < Math.min(recorded.size(), replayed.size()); at++) {
            if (!recorded.get(at).equals(replayed.get(at))) {
                return difference(path + "[" + at + "]", recorded.get(at), replayed.get(at));
            }
        }
        boolean longer = recorded.size() > replayed.size();
        Object extra = longer ? recorded.get(replayed.size()) : replayed.get(recorded.size());
        return "%s: recorded %d of them, replayed %d; only %s: %s"
                .formatted(
                        path,
                        recorded.size(),
                        replayed.size(),
                        longer ? "recorded" : "replayed",
                        text(extra));
    }

    /** The component's value; a text that says so for an absent one. */
    private static Object value(RecordComponent component, Object of) {
        try {
            var accessor = component.getAccessor();
            accessor.setAccessible(true);
            Object value = accessor.invoke(of);
            return value == null ? "(none)" : value;
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("a record hides " + component.getName(), e);
        }
    }

    private static String text(Object value) {
        String text = String.valueOf(value);
        return text.length() > MOST_CHARACTERS ? text.substring(0, MOST_CHARACTERS) + "…" : text;
    }
}
