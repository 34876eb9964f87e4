package io.signalbox.cli;

import io.signalbox.process.KnownSettings;
import io.signalbox.process.Setting;
import io.signalbox.process.SettingSources;
import io.signalbox.process.SettingValues;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/**
 * Declared settings as options of a command: {@code --name VALUE} with the setting's own doc, form
 * and default.
 */
final class SettingOptions {

    private SettingOptions() {}

    /** Gives the command an option for each setting that it has no option for yet. */
    static void add(CommandSpec spec, Collection<? extends Setting<?>> settings) {
        Map<String, Setting<?>> byName = new LinkedHashMap<>();
        settings.forEach(setting -> byName.putIfAbsent(setting.flag(), setting));
        byName.values().stream()
                .filter(setting -> spec.findOption(setting.flag()) == null)
                .map(
                        setting ->
                                OptionSpec.builder(setting.flag())
                                        .type(String.class)
                                        .paramLabel("VALUE")
                                        .description(setting.help().replace("%", "%%"))
                                        .build())
                .forEach(spec::addOption);
    }

    /** The values given as flags, by setting name. */
    static Map<String, String> flags(
            ParseResult parsed, Collection<? extends Setting<?>> settings) {
        Map<String, String> flags = new HashMap<>();
        for (Setting<?> setting : settings) {
            String value = parsed.matchedOptionValue(setting.flag(), (String) null);
            if (value != null) {
                flags.put(setting.name(), value);
            }
        }
        return flags;
    }

    /** Reads the settings of an operator's command; every key of every process counts as known. */
    static SettingValues read(ParseResult parsed, List<Setting<?>> settings) {
        SettingSources sources =
                SettingSources.of(flags(parsed, settings), Endpoints.environment());
        return SettingValues.read(settings, KnownSettings.load(settings), sources);
    }
}
