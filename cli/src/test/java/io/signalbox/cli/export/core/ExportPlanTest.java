package io.signalbox.cli.export.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExportPlanTest {
    private static final FileFacts FILE = new FileFacts("x", 0644, 0, 0);
    private static final Instant START = Instant.EPOCH;

    private final Debounce debounce = new Debounce(Duration.ofMillis(200));

    @Test
    void shouldDoNothingWhereAllIsAsWanted() {
        assertThat(ExportPlan.of(FILE, FILE, false)).isEqualTo(new ExportPlan.Nothing());
    }

    @Test
    void shouldReloadWhatWasWrittenAndNotTakenUp() {
        assertThat(ExportPlan.of(FILE, FILE, true)).isEqualTo(new ExportPlan.Reload());
    }

    @Test
    void shouldReplaceWhatDiffersInContentModeOrOwner() {
        assertThat(ExportPlan.of(null, FILE, false)).isEqualTo(new ExportPlan.Replace("it is new"));
        assertThat(ExportPlan.of(new FileFacts("y", 0600, 0, 7), FILE, true))
                .isEqualTo(
                        new ExportPlan.Replace(
                                "content, mode 0600 instead of 0644, owner 0:7 instead of 0:0"));
    }

    @ParameterizedTest
    @CsvSource({"0644, 420", "644, 420", "0600, 384"})
    void shouldReadPermissionsInOctalAlways(String text, int mode) {
        assertThat(FileMode.parse(text)).hasValue(mode);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0888", "rw", "04755", "1644", "64"})
    void shouldRefuseWhatAreNoPermissions(String text) {
        assertThat(FileMode.parse(text)).isEmpty();
    }

    @Test
    void shouldActOnceWhenNothingMoreChanged() {
        debounce.changed(START);
        debounce.changed(START.plusMillis(150));

        assertThat(debounce.due()).hasValue(START.plusMillis(350));
        assertThat(debounce.take(START.plusMillis(349))).isFalse();
        assertThat(debounce.take(START.plusMillis(350))).isTrue();
        assertThat(debounce.take(START.plusMillis(351))).isFalse();
    }

    @Test
    void shouldNotWaitForEverWhileChangesGoOn() {
        for (int ms = 0; ms < 3000; ms += 100) {
            debounce.changed(START.plusMillis(ms));
        }

        assertThat(debounce.due()).hasValue(START.plusMillis(2000));
    }
}
