package io.signalbox.applier;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HaproxyProcessTest {
    @TempDir Path directory;

    @Test
    void shouldTellWhyHaproxyDoesNotStart() throws IOException {
        Places places = Places.open(directory);
        Files.writeString(places.errors(), "[ALERT] of an earlier start\n");

        assertThatThrownBy(() -> process(places, "echo '[ALERT] of this one' >&2; exit 1").start())
                .isInstanceOf(IOException.class)
                .hasMessage("HAProxy does not start: [ALERT] of this one");
    }

    @Test
    void shouldTellItAlsoWhereTheLogIsRotatedMeanwhile() throws IOException {
        Places places = Places.open(directory);
        Files.writeString(places.errors(), "[ALERT] of an earlier start\n".repeat(1_000));

        assertThatThrownBy(
                        () ->
                                process(
                                                places,
                                                ": > '%s'; echo '[ALERT] of this one' >&2; exit 1"
                                                        .formatted(places.errors()))
                                        .start())
                .isInstanceOf(IOException.class)
                .hasMessage("HAProxy does not start: [ALERT] of this one");
    }

    /** A shell's commands in HAProxy's stead. */
    private HaproxyProcess process(Places places, String commands) throws IOException {
        Path binary = Files.writeString(directory.resolve("binary"), "#!/bin/sh\n" + commands);
        Files.setPosixFilePermissions(binary, PosixFilePermissions.fromString("rwx------"));
        return new HaproxyProcess(binary, directory.resolve("haproxy.cfg"), places, false);
    }
}
