package io.signalbox.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MainTest {

    @Test
    void shouldReadPlainFlagsByTheNamesOfTheirSettings() {
        assertThat(
                        Main.plainFlags(
                                List.of(
                                        "watcher",
                                        "--host-id",
                                        "here",
                                        "--bootstrap-servers=a:1,b:2",
                                        "--advertised-address=")))
                .hasSize(3)
                .containsEntry("host-id", "here")
                .containsEntry("bootstrap-servers", "a:1,b:2")
                .containsEntry("advertised-address", "");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "watcher --help",
                "watcher --version",
                "watcher --host-id",
                "watcher --host-id --bootstrap-servers=a:1",
                "watcher --host-id here --host-id there",
                "watcher here",
                "watcher @flags",
            })
    void shouldLeaveAllElseToTheCommandLine(String line) {
        assertThat(Main.plainFlags(List.of(line.split(" ")))).isNull();
    }
}
