package io.signalbox.process;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.TreeMap;

/**
 * Every setting of every process on the class path, by key. All processes may share one
 * environment, so a key is a mistake only if none of them declares it.
 */
public final class KnownSettings {
    /**
     * Of the launcher script, of the tests, and of the operator, for whom {@code up} writes them
     * beside what all need: they reach every process and mean nothing to it.
     */
    private static final List<String> NOT_OURS =
            List.of(
                    "SIGNALBOX_MAVEN_DIR",
                    "SIGNALBOX_TEST_",
                    "SIGNALBOX_API_URL",
                    "SIGNALBOX_API_TOKEN_FILE");

    private final TreeMap<String, Setting<?>> byKey = new TreeMap<>();

    private KnownSettings(Collection<? extends Setting<?>> settings) {
        settings.forEach(setting -> byKey.putIfAbsent(setting.key(), setting));
    }

    /** The settings of all {@link ProcessDefinition} services on the class path, and some more. */
    public static KnownSettings load(Collection<? extends Setting<?>> more) {
        List<Setting<?>> all = new ArrayList<>(more);
        ServiceLoader.load(ProcessDefinition.class, KnownSettings.class.getClassLoader())
                .forEach(definition -> all.addAll(definition.settings()));
        return new KnownSettings(all);
    }

    /** Exactly these settings. */
    public static KnownSettings of(Collection<? extends Setting<?>> settings) {
        return new KnownSettings(settings);
    }

    /** All of them, sorted by key. */
    public List<Setting<?>> all() {
        return List.copyOf(byKey.values());
    }

    /** What is wrong with a key, if anything is. */
    Optional<String> mistake(String key) {
        if (byKey.containsKey(key)
                || key.startsWith(KafkaProperties.KEY_PREFIX)
                || NOT_OURS.stream().anyMatch(key::startsWith)) {
            return Optional.empty();
        }
        String hint =
                Spelling.nearest(key, byKey.keySet())
                        .map(near -> ", did you mean " + near + "?")
                        .orElse("");
        return Optional.of(key + " is not a setting" + hint);
    }
}
