package io.signalbox.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.process.ProcessDefinition;
import java.util.List;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MainTest {

    private final ProcessDefinition watcher =
            ServiceLoader.load(ProcessDefinition.class).stream()
                    .map(ServiceLoader.Provider::get)
                    .filter(process -> process.name().equals("watcher"))
                    .findFirst()
                    .orElseThrow();

    @Test
    void shouldReadPlainFlagsByTheNamesOfTheirSettings() {
        assertThat(
                        Main.plainFlags(
                                watcher,
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
                "watcher --host-di here",
                "watcher --host-id",
                "watcher --host-id --bootstrap-servers=a:1",
                "watcher --host-id here --host-id there",
                "watcher here",
                "watcher @flags",
            })
    void shouldLeaveHelpAndMistakesToTheCommandLine(String line) {
        assertThat(Main.plainFlags(watcher, List.of(line.split(" ")))).isNull();
    }
}
