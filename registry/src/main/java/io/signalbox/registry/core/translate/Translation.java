package io.signalbox.registry.core.translate;

import io.signalbox.schemas.Dialect;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a container that speaks a foreign dialect would say in native labels.
 *
 * @param services one set of labels for each service that needs a policy of its own, in stable
 *     order; none where nothing is to be served
 * @param lines what became of each label and variable, in the order in which they were read
 */
public record Translation(Dialect dialect, List<NativeLabels> services, List<Line> lines) {

    public Translation {
        services = List.copyOf(services);
        lines = List.copyOf(lines);
    }

    /** A native label and the foreign one that it comes from. */
    public record Word(String value, String source) {}

    /**
     * Native labels that make one service.
     *
     * @param words by their whole key, as {@code signalbox.host}
     */
    public record NativeLabels(SortedMap<String, Word> words) {

        /** The labels without where they come from. */
        public SortedMap<String, String> labels() {
            SortedMap<String, String> labels = new TreeMap<>();
            words.forEach((key, word) -> labels.put(key, word.value()));
            return labels;
        }
    }

    /** What became of a foreign label. */
    public sealed interface Line {

        /** The label or variable as it was written. */
        String key();

        /** What it said. */
        String value();

        /** It became a native label; of one that became several there are several lines. */
        record Became(String key, String value, String nativeKey, String nativeValue)
                implements Line {}

        /** It is not followed, and that is said where people look for the reason. */
        record Refused(
                String key, String value, String code, String rule, @Nullable String alternative)
                implements Line {}

        /** It needs no following: what it asks for is always so, or does not exist here. */
        record NotNeeded(String key, String value, String why) implements Line {}
    }

    /** Collects a translation. One thread. */
    public static final class Builder {
        private final Dialect dialect;
        private final Map<String, SortedMap<String, Word>> services = new LinkedHashMap<>();
        private final Set<Line> lines = new LinkedHashSet<>();

        /** Nothing yet. */
        public Builder(Dialect dialect) {
            this.dialect = dialect;
        }

        /**
         * Says a native label of one service.
         *
         * @param set names the set of labels among this container's: the same for all labels of a
         *     service
         * @param nativeKey the whole key
         * @param source the label or variable that says so
         * @param said what that says
         */
        public Builder put(
                String set, String nativeKey, String nativeValue, String source, String said) {
            services.computeIfAbsent(set, _ -> new TreeMap<>())
                    .put(nativeKey, new Word(nativeValue, source));
            return add(new Line.Became(source, said, nativeKey, nativeValue));
        }

        /** Does not follow a label. */
        public Builder refuse(
                String key, String value, String code, String rule, @Nullable String alternative) {
            return add(new Line.Refused(key, value, code, rule, alternative));
        }

        /** Passes over a label that asks for nothing that is not so anyway. */
        public Builder notNeeded(String key, String value, String why) {
            return add(new Line.NotNeeded(key, value, why));
        }

        /** Takes a whole service back, because something was wrong that must not make it wider. */
        public Builder drop(String set) {
            services.remove(set);
            return this;
        }

        /** What was collected. */
        public Translation build() {
            List<NativeLabels> all = new ArrayList<>();
            services.values().forEach(words -> all.add(new NativeLabels(words)));
            return new Translation(dialect, all, List.copyOf(lines));
        }

        private Builder add(Line line) {
            lines.add(line);
            return this;
        }
    }
}
