package io.signalbox.process;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The values of one process' settings, read once at start. A process turns them into its own record
 * of settings; all mistakes are reported together.
 */
public final class SettingValues {
    private final Map<Setting<?>, Object> values = new HashMap<>();
    private final List<Effective> effective = new ArrayList<>();
    private KafkaProperties kafka = KafkaProperties.none();

    private SettingValues() {}

    /**
     * Reads the declared settings.
     *
     * @throws StartFailure with one line for each mistake
     */
    public static SettingValues read(
            List<Setting<?>> declared, KnownSettings known, SettingSources sources) {
        List<String> mistakes = new ArrayList<>(sources.mistakes());
        SettingValues values = new SettingValues();
        for (Setting<?> setting : declared) {
            values.read(setting, sources).ifPresent(mistakes::add);
        }
        KnownSettings all = KnownSettings.of(both(declared, known.all()));
        sources.keys().forEach(key -> all.mistake(key).ifPresent(mistakes::add));
        values.kafka = KafkaProperties.read(sources, mistakes);
        values.addKafka(sources);
        if (!mistakes.isEmpty()) {
            throw new StartFailure(mistakes);
        }
        return values;
    }

    /** The value of a declared setting. */
    @SuppressWarnings("unchecked")
    public <T> T get(Setting<T> setting) {
        Object value = values.get(setting);
        if (value == null) {
            throw new IllegalArgumentException(setting.name() + " is not declared by this process");
        }
        return (T) value;
    }

    /** The Kafka properties that are passed through. */
    public KafkaProperties kafka() {
        return kafka;
    }

    /**
     * A failure for a value that is wrong together with another one: {@code throw
     * values.mistake(LOST_AFTER, "must be longer than SIGNALBOX_SUSPECTED_AFTER")}.
     */
    public StartFailure mistake(Setting<?> setting, String rule) {
        String shown =
                effective.stream()
                        .filter(value -> value.key().equals(setting.key()))
                        .map(Effective::shown)
                        .findFirst()
                        .orElse("");
        return new StartFailure(setting.key() + " " + rule + ": " + shown);
    }

    /** What holds, in declaration order, secrets masked. */
    public List<Effective> effective() {
        return List.copyOf(effective);
    }

    private Optional<String> read(Setting<?> setting, SettingSources sources) {
        Optional<SettingSources.Given> given =
                sources.given(setting.key())
                        .or(
                                () ->
                                        setting.defaultText()
                                                .map(
                                                        text ->
                                                                new SettingSources.Given(
                                                                        text, "default")));
        if (given.isEmpty()) {
            return Optional.of(setting.key() + " must be given: " + setting.type().form());
        }
        String text = given.get().text();
        try {
            values.put(setting, setting.type().parser().apply(text));
            effective.add(new Effective(setting.key(), setting.shown(text), given.get().source()));
            return Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.of(
                    "%s %s: %s".formatted(setting.key(), e.getMessage(), setting.shown(text)));
        }
    }

    private void addKafka(SettingSources sources) {
        kafka.byName().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(
                        property -> {
                            String key = KafkaProperties.keyOf(property.getKey());
                            effective.add(
                                    new Effective(
                                            key,
                                            KafkaProperties.shown(
                                                    property.getKey(), property.getValue()),
                                            sources.given(key).orElseThrow().source()));
                        });
    }

    private static List<Setting<?>> both(List<Setting<?>> first, List<Setting<?>> second) {
        List<Setting<?>> all = new ArrayList<>(first);
        all.addAll(second);
        return all;
    }

    /**
     * One setting as it holds.
     *
     * @param shown its text, masked if it is a secret
     * @param source flag, environment, file or default
     */
    public record Effective(String key, String shown, String source) {}
}
