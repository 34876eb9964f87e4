package io.signalbox.process;

import java.util.Locale;
import java.util.Optional;

/**
 * One declared setting: its name, what a value looks like, its default and its doc, side by side.
 *
 * <p>The name {@code topic-prefix} is the flag {@code --topic-prefix} and the key {@code
 * SIGNALBOX_TOPIC_PREFIX} of the environment and the file. An empty value counts as not given.
 *
 * @param name lower case with hyphens
 * @param defaultText the value's text when none is given; absent when one must be given
 * @param doc one sentence on what it does
 * @param secret whether its value is never shown
 */
public record Setting<T>(
        String name,
        SettingType<T> type,
        Optional<String> defaultText,
        String doc,
        boolean secret) {
    /** What every key of a setting begins with. */
    public static final String KEY_PREFIX = "SIGNALBOX_";

    /** Checks the name's form. */
    public Setting {
        if (!name.matches("[a-z][a-z0-9]*(-[a-z0-9]+)*")) {
            throw new IllegalArgumentException(
                    "a setting's name is lower case with hyphens: " + name);
        }
    }

    /** A setting with a default. */
    public static <T> Setting<T> of(
            String name, SettingType<T> type, String defaultText, String doc) {
        return new Setting<>(name, type, Optional.of(defaultText), doc, false);
    }

    /** A setting that must be given. */
    public static <T> Setting<T> required(String name, SettingType<T> type, String doc) {
        return new Setting<>(name, type, Optional.empty(), doc, false);
    }

    /** A setting that may be absent. */
    public static <T> Setting<Optional<T>> optional(String name, SettingType<T> type, String doc) {
        return new Setting<>(name, type.optional(), Optional.of(""), doc, false);
    }

    /** The same setting, its value never shown. */
    public Setting<T> asSecret() {
        return new Setting<>(name, type, defaultText, doc, true);
    }

    /** The key in the environment and the file, such as {@code SIGNALBOX_TOPIC_PREFIX}. */
    public String key() {
        return keyOf(name);
    }

    /** The flag on the command line, such as {@code --topic-prefix}. */
    public String flag() {
        return "--" + name;
    }

    /** Help in one line: what it does, the form of its value, its default and its key. */
    public String help() {
        String preset = defaultText.filter(text -> !text.isEmpty()).map(this::shown).orElse("none");
        return "%s (%s; default: %s; %s)".formatted(doc, type.form(), preset, key());
    }

    /**
     * The key of the setting of that name: {@code topic-prefix} is {@code SIGNALBOX_TOPIC_PREFIX}.
     */
    public static String keyOf(String name) {
        return KEY_PREFIX + name.toUpperCase(Locale.ROOT).replace('-', '_');
    }

    String shown(String text) {
        return secret && !text.isEmpty() ? "****" : type.shown().apply(text);
    }
}
