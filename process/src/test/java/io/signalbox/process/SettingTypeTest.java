package io.signalbox.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingTypeTest {
    private enum Exit {
        KEEP,
        STOP_AT_ONCE
    }

    @ParameterizedTest
    @CsvSource({"500ms,PT0.5S", "10s,PT10S", "15m,PT15M", "1h,PT1H", "30d,PT720H", "0s,PT0S"})
    void shouldReadDurations(String text, Duration expected) {
        assertThat(SettingType.DURATION.parser().apply(text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"15", "15 m", "-1s", "1.5h", "m", "never", "10S", "9999999999s", "１s"})
    void shouldRejectWhatIsNoDuration(String text) {
        assertRejected(SettingType.DURATION, text, "must be a duration such as");
    }

    @Test
    void shouldReadNeverAsNoDuration() {
        assertThat(SettingType.durationOrNever().parser().apply("never")).isEmpty();
        assertThat(SettingType.durationOrNever().parser().apply("15m"))
                .contains(Duration.ofMinutes(15));
    }

    @Test
    void shouldNameTheRangeThatADurationLeaves() {
        SettingType<Duration> type =
                SettingType.duration(Duration.ofMillis(100), Duration.ofHours(1));
        assertThat(type.parser().apply("1h")).isEqualTo(Duration.ofHours(1));
        assertRejected(type, "99ms", "must be a duration from 100ms to 1h");
        assertRejected(type, "61m", "must be a duration from 100ms to 1h");
    }

    @ParameterizedTest
    @CsvSource({"16MB,16777216", "512KB,524288", "2GB,2147483648", "7B,7", "7,7"})
    void shouldReadSizesInBytes(String text, long expected) {
        assertThat(SettingType.SIZE.parser().apply(text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"16mb", "MB", "-1", "1.5GB", "16 MB"})
    void shouldRejectWhatIsNoSize(String text) {
        assertRejected(SettingType.SIZE, text, "must be a size such as");
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1:8411,127.0.0.1,8411",
        ":80,'',80",
        "[::1]:80,::1,80",
        "broker.example:0,broker.example,0"
    })
    void shouldReadHostAndPort(String text, String host, int port) {
        assertThat(SettingType.HOST_PORT.parser().apply(text))
                .isEqualTo(new HostPort(host, port))
                .hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"host", "host:", "host:65536", "host:-1", "::1:80", "host:8O"})
    void shouldRejectWhatIsNoHostAndPort(String text) {
        assertRejected(SettingType.HOST_PORT, text, "must ");
    }

    @Test
    void shouldReadConstantsInLowerCaseWithHyphens() {
        assertThat(SettingType.oneOf(Exit.class).parser().apply("stop-at-once"))
                .isEqualTo(Exit.STOP_AT_ONCE);
        assertRejected(SettingType.oneOf(Exit.class), "STOP", "must be one of keep, stop-at-once");
    }

    @Test
    void shouldReadListsByComma() {
        SettingType<List<Integer>> type = SettingType.list(SettingType.integer(1, 9));
        assertThat(type.parser().apply("1, 2,9")).containsExactly(1, 2, 9);
        assertThat(type.parser().apply("none")).isEmpty();
        assertRejected(type, "1,,2", "must be a whole number from 1 to 9");
        assertRejected(type, "1,10", "must be a whole number from 1 to 9");
    }

    @Test
    void shouldReadFlagsAndPaths() {
        assertThat(SettingType.FLAG.parser().apply("true")).isTrue();
        assertThat(SettingType.PATH.parser().apply("/var/lib")).isEqualTo(Path.of("/var/lib"));
        assertRejected(SettingType.FLAG, "yes", "must be true or false");
        assertRejected(SettingType.PATH, "a\0b", "must be a path");
    }

    @Test
    void shouldShowUrlsWithoutTheirPassword() {
        assertThat(SettingType.HTTP_URL.parser().apply("https://u:p@registry:8081/api"))
                .isEqualTo(URI.create("https://u:p@registry:8081/api"));
        assertThat(SettingType.HTTP_URL.shown().apply("https://u:p@registry:8081/api"))
                .isEqualTo("https://****@registry:8081/api");
        assertRejected(SettingType.HTTP_URL, "ftp://registry", "must be an http or https URL");
        assertRejected(SettingType.HTTP_URL, "registry:8081", "must be an http or https URL");
        assertRejected(SettingType.HTTP_URL, "http://a b", "must be an http or https URL");
    }

    @Test
    void shouldReadAnAbsentValueAsEmpty() {
        Setting<Optional<Path>> setting = Setting.optional("cache", SettingType.PATH, "A folder.");
        assertThat(setting.type().parser().apply("")).isEmpty();
        assertThat(setting.type().parser().apply("x")).contains(Path.of("x"));
    }

    private static void assertRejected(SettingType<?> type, String text, String rule) {
        assertThatThrownBy(() -> type.parser().apply(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(rule);
    }
}
