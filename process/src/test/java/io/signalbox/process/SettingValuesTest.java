package io.signalbox.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingValuesTest {
    private static final Setting<String> COLOUR =
            Setting.of("colour", SettingType.TEXT, "red", "A colour.");
    private static final Setting<Integer> COUNT =
            Setting.of("some-count", SettingType.integer(1, 9), "3", "A count.");
    private static final Setting<String> TOKEN =
            Setting.of("token", SettingType.TEXT, "", "A secret.").asSecret();
    private static final Setting<String> OTHERS =
            Setting.of("others-own", SettingType.TEXT, "", "Of another process.");
    private static final List<Setting<?>> DECLARED = List.of(COLOUR, COUNT, TOKEN);

    @Test
    void shouldPreferFlagsToEnvironmentToFileToDefault(@TempDir Path folder) throws IOException {
        Path file = file(folder, "SIGNALBOX_COLOUR=file\nSIGNALBOX_SOME_COUNT=7\n");
        Map<String, String> environment =
                Map.of("SIGNALBOX_COLOUR", "environment", "SIGNALBOX_CONFIG", file.toString());

        SettingValues values =
                read(SettingSources.of(Map.of("colour", "flag"), environment), DECLARED);

        assertThat(values.get(COLOUR)).isEqualTo("flag");
        assertThat(values.get(COUNT)).isEqualTo(7);
        assertThat(values.get(TOKEN)).isEmpty();
        assertThat(values.effective())
                .extracting(SettingValues.Effective::source)
                .containsExactly("flag", "file", "default");
        assertThat(read(SettingSources.of(Map.of(), environment), DECLARED).get(COLOUR))
                .isEqualTo("environment");
    }

    @Test
    void shouldCountAnEmptyValueAsNotGiven() {
        SettingSources sources = SettingSources.of(Map.of(), Map.of("SIGNALBOX_COLOUR", " "));
        assertThat(read(sources, DECLARED).get(COLOUR)).isEqualTo("red");
    }

    @Test
    void shouldReportAllMistakesTogether(@TempDir Path folder) throws IOException {
        Path file =
                file(
                        folder,
                        "# a comment\n\nSIGNALBOX_TOKEN\nSIGNALBOX_COLOUR=a\nSIGNALBOX_COLOUR=b\n");
        Setting<Integer> secretNumber =
                Setting.of("pin", SettingType.integer(0, 9), "1", "A number.").asSecret();
        Setting<String> required = Setting.required("needed", SettingType.TEXT, "Needed.");
        Map<String, String> flags =
                Map.of("config", file.toString(), "some-count", "10", "pin", "123456");
        Map<String, String> environment =
                Map.of(
                        "SIGNALBOX_COLUOR", "blue",
                        "SIGNALBOX_XYZZY", "1",
                        "SIGNALBOX_KAFKA_ACKS", "1",
                        "SIGNALBOX_KAFKA_SECURITY_PROTOCL", "SSL",
                        "SIGNALBOX_KAFKA_SSL_KEYSTORE_PASSWORD", "fine",
                        "SIGNALBOX_KAFKA_RETRY_BACKOFF_MS", "soon",
                        "UNRELATED", "x");

        StartFailure failure =
                catchThrowableOfType(
                        StartFailure.class,
                        () ->
                                read(
                                        SettingSources.of(flags, environment),
                                        List.of(COLOUR, COUNT, TOKEN, secretNumber, required)));

        assertThat(failure.lines())
                .containsExactlyInAnyOrder(
                        file + ":3: a line must be SIGNALBOX_KEY=value",
                        file + ":5: SIGNALBOX_COLOUR is given twice",
                        "SIGNALBOX_SOME_COUNT must be a whole number from 1 to 9: 10",
                        "SIGNALBOX_PIN must be a whole number from 0 to 9: ****",
                        "SIGNALBOX_NEEDED must be given: text",
                        "SIGNALBOX_COLUOR is not a setting, did you mean SIGNALBOX_COLOUR?",
                        "SIGNALBOX_XYZZY is not a setting",
                        "SIGNALBOX_KAFKA_ACKS cannot be set: Signalbox relies on its own acks",
                        "SIGNALBOX_KAFKA_SECURITY_PROTOCL is not a property of a Kafka client,"
                                + " did you mean SIGNALBOX_KAFKA_SECURITY_PROTOCOL?",
                        "SIGNALBOX_KAFKA_RETRY_BACKOFF_MS must be a value that Kafka accepts for"
                                + " retry.backoff.ms: soon");
    }

    @Test
    void shouldKnowTheKeysOfOtherProcesses() {
        SettingSources sources = SettingSources.of(Map.of(), Map.of("SIGNALBOX_OTHERS_OWN", "1"));
        KnownSettings known = KnownSettings.of(List.of(OTHERS));

        SettingValues values = SettingValues.read(DECLARED, known, sources);

        assertThat(values.get(COLOUR)).isEqualTo("red");
        assertThatThrownBy(() -> read(sources, DECLARED)).isInstanceOf(StartFailure.class);
        assertThatThrownBy(() -> values.get(OTHERS))
                .hasMessage("others-own is not declared by this process");
    }

    @Test
    void shouldPassOverKeysOfTheLauncherTheTestsAndTheOperator() {
        Map<String, String> environment =
                Map.of(
                        "SIGNALBOX_TEST_HAPROXY_26",
                        "/h",
                        "SIGNALBOX_MAVEN_DIR",
                        "/m",
                        "SIGNALBOX_API_URL",
                        "http://a");
        SettingValues values = read(SettingSources.of(Map.of(), environment), DECLARED);
        assertThat(values.get(COLOUR)).isEqualTo("red");
    }

    @Test
    void shouldNeverShowSecrets() {
        Map<String, String> environment =
                Map.of(
                        "SIGNALBOX_TOKEN", "hunter2",
                        "SIGNALBOX_KAFKA_SSL_KEYSTORE_PASSWORD", "hunter3",
                        "SIGNALBOX_KAFKA_SASL_JAAS_CONFIG", "hunter4",
                        "SIGNALBOX_KAFKA_SECURITY_PROTOCOL", "SASL_SSL");

        SettingValues values = read(SettingSources.of(Map.of(), environment), DECLARED);

        assertThat(values.effective().toString()).doesNotContain("hunter");
        assertThat(values.effective())
                .contains(
                        new SettingValues.Effective("SIGNALBOX_TOKEN", "****", "environment"),
                        new SettingValues.Effective(
                                "SIGNALBOX_KAFKA_SECURITY_PROTOCOL", "SASL_SSL", "environment"),
                        new SettingValues.Effective(
                                "SIGNALBOX_KAFKA_SSL_KEYSTORE_PASSWORD", "****", "environment"));
        assertThat(values.kafka().byName()).containsEntry("ssl.keystore.password", "hunter3");
        assertThat(values.kafka().toString()).doesNotContain("hunter");
        assertThat(values.mistake(TOKEN, "must be longer"))
                .hasMessage("SIGNALBOX_TOKEN must be longer: ****");
    }

    @Test
    void shouldNameAFileOfSettingsThatIsNotThere(@TempDir Path folder) {
        Path file = folder.resolve("absent");
        SettingSources sources = SettingSources.of(Map.of("config", file.toString()), Map.of());
        assertThatThrownBy(() -> read(sources, List.of(SettingSources.CONFIG)))
                .hasMessage("SIGNALBOX_CONFIG must name a file that exists: " + file);
        SettingSources directory = SettingSources.of(Map.of("config", folder.toString()), Map.of());
        assertThatThrownBy(() -> read(directory, List.of(SettingSources.CONFIG)))
                .hasMessage("SIGNALBOX_CONFIG must name a readable text file: " + folder);
    }

    @Test
    void shouldLayFlagsOverSources() {
        SettingSources sources = SettingSources.of(Map.of("colour", "blue"), Map.of());
        SettingSources with = sources.with(Map.of("colour", "green", "some-count", "1"));
        assertThat(read(with, DECLARED).get(COLOUR)).isEqualTo("green");
        assertThat(read(with, DECLARED).get(COUNT)).isEqualTo(1);
        assertThat(read(sources, DECLARED).get(COLOUR)).isEqualTo("blue");
    }

    @Test
    void shouldHelpWithDocFormDefaultAndKey() {
        assertThat(COUNT.help())
                .isEqualTo(
                        "A count. (a whole number from 1 to 9; default: 3; SIGNALBOX_SOME_COUNT)");
        assertThat(TOKEN.help()).isEqualTo("A secret. (text; default: none; SIGNALBOX_TOKEN)");
        assertThat(COUNT.flag()).isEqualTo("--some-count");
        assertThatThrownBy(() -> Setting.of("Some_Count", SettingType.TEXT, "", ""))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static SettingValues read(SettingSources sources, List<Setting<?>> declared) {
        return SettingValues.read(
                declared, KnownSettings.of(List.of(SettingSources.CONFIG)), sources);
    }

    private static Path file(Path folder, String text) throws IOException {
        return Files.writeString(folder.resolve("signalbox.properties"), text);
    }
}
