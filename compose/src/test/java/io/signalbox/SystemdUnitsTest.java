package io.signalbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.process.KnownSettings;
import io.signalbox.process.ProcessDefinition;
import io.signalbox.process.SettingSources;
import io.signalbox.process.SettingValues;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The units of systemd in {@code compose/systemd}, and the files of settings beside them. */
class SystemdUnitsTest {
    private static final Path UNITS = Shell.REPOSITORY.resolve("compose/systemd");

    /** A line of a file of settings, in force or commented out. */
    private static final Pattern SETTING = Pattern.compile("(?m)^#?(SIGNALBOX_\\w+)=(.+)$");

    private static final Pattern OF_UNIT =
            Pattern.compile("(?m)^Environment=(SIGNALBOX_\\w+)=(.+)$");
    private static final Pattern FILE =
            Pattern.compile("(?m)^EnvironmentFile=-/etc/signalbox/(.+\\.env)$");

    static Stream<ProcessDefinition> processes() {
        return ServiceLoader.load(ProcessDefinition.class).stream()
                .map(ServiceLoader.Provider::get);
    }

    @ParameterizedTest
    @MethodSource("processes")
    void shouldStartWithSettingsThatTheProcessTakes(ProcessDefinition process) throws IOException {
        // Given
        String unit = unit(process);
        Map<String, String> environment = new HashMap<>(settings(OF_UNIT, unit));
        List<String> files = new ArrayList<>();
        for (MatchResult file : all(FILE, unit)) {
            files.add(file.group(1));
            environment.putAll(
                    settings(SETTING, Files.readString(UNITS.resolve("env/" + file.group(1)))));
        }

        // When
        SettingValues values =
                SettingValues.read(
                        process.settings(),
                        KnownSettings.load(List.of()),
                        SettingSources.of(Map.of(), environment));

        // Then
        process.check(values);
        assertThat(files).containsExactly("common.env", process.name() + ".env");
        assertThat(all(Pattern.compile("(?m)^ExecStart=(.+)$"), unit))
                .extracting(line -> line.group(1))
                .containsExactly("/opt/signalbox/signalbox " + process.name());
    }

    @Test
    void shouldBeUnderstoodBySystemd(@TempDir Path directory) throws Exception {
        // Given
        List<String> command = new ArrayList<>(List.of("systemd-analyze", "verify", "--man=no"));
        for (ProcessDefinition process : processes().toList()) {
            Path copy = directory.resolve("signalbox-" + process.name() + ".service");
            String installed = Shell.REPOSITORY.resolve("signalbox").toString();
            Files.writeString(copy, unit(process).replace("/opt/signalbox/signalbox", installed));
            command.add(copy.toString());
        }

        // When
        Shell.Outcome outcome = Shell.outcomeOf(command.toArray(String[]::new));

        // Then
        assertThat(outcome).isEqualTo(new Shell.Outcome(0, ""));
    }

    private static String unit(ProcessDefinition process) throws IOException {
        return Files.readString(UNITS.resolve("signalbox-" + process.name() + ".service"));
    }

    private static Map<String, String> settings(Pattern pattern, String text) {
        Map<String, String> found = new HashMap<>();
        all(pattern, text).forEach(line -> found.put(line.group(1), line.group(2)));
        return found;
    }

    private static List<MatchResult> all(Pattern pattern, String text) {
        return pattern.matcher(text).results().toList();
    }
}
