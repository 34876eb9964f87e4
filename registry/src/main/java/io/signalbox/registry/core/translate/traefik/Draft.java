package io.signalbox.registry.core.translate.traefik;

import io.signalbox.registry.core.translate.Translation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What something becomes, as long as it is not sure that it is served. One thread. */
final class Draft {
    private final Map<String, Word> words = new TreeMap<>();
    private final Translation.Builder made;
    private boolean closed;

    Draft(Translation.Builder made) {
        this.made = made;
    }

    /** A native label's value and where it comes from. */
    private record Word(String value, List<Said> sources) {}

    /** Says a native label; false where another value is said already, which stays. */
    boolean put(String nativeKey, String value, List<Said> sources) {
        Word word = words.computeIfAbsent(nativeKey, _ -> new Word(value, new ArrayList<>()));
        if (!word.value().equals(value)) {
            return false;
        }
        word.sources().addAll(sources);
        return true;
    }

    /** The same for what must not be said twice in two ways: it is named, and the first counts. */
    void put(String nativeKey, String value, Said source) {
        if (!put(nativeKey, value, List.of(source))) {
            refuse(source, "twice", nativeKey + " is said in another way already", null);
        }
    }

    /** What is said; null where nothing is. */
    @Nullable String value(String nativeKey) {
        Word word = words.get(nativeKey);
        return word == null ? null : word.value();
    }

    void remove(String beginning) {
        words.keySet().removeIf(key -> key.startsWith(beginning));
    }

    void refuse(Said said, String code, String rule, @Nullable String alternative) {
        made.refuse(said.key(), said.value(), code, rule, alternative);
    }

    /** Refuses something without which the whole must not be served. */
    void close(Said said, String code, String rule, @Nullable String alternative) {
        refuse(said, code, rule, alternative);
        closed = true;
    }

    void notNeeded(Said said, String why) {
        made.notNeeded(said.key(), said.value(), why);
    }

    boolean isClosed() {
        return closed;
    }

    /** The native labels without where they come from. */
    Map<String, String> labels() {
        Map<String, String> labels = new TreeMap<>();
        words.forEach((key, word) -> labels.put(key, word.value()));
        return labels;
    }

    /** Says all of it of a set of native labels. */
    void say(String set) {
        words.forEach(
                (key, word) ->
                        word.sources()
                                .forEach(
                                        source ->
                                                made.put(
                                                        set,
                                                        key,
                                                        word.value(),
                                                        source.key(),
                                                        source.value())));
    }
}
