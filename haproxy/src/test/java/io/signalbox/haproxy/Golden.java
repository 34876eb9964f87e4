package io.signalbox.haproxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.haproxy.Configuration.Files;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Configurations whose whole text is kept in {@code src/test/resources/golden}; {@code
 * -Dsignalbox.golden=write} writes it anew.
 */
enum Golden {
    NOTHING("2.6"),
    TWO_SERVICES("2.6"),
    EVERY_CHOICE("3.0"),
    CONNECTIONS("2.6");

    private final String version;

    Golden(String version) {
        this.version = version;
    }

    Files files() {
        var capabilities = HaproxyVersion.of(version).capabilities();
        return switch (this) {
            case NOTHING -> Samples.nothing().files(Samples.local(), capabilities);
            case TWO_SERVICES -> Samples.two().files(Samples.local(), capabilities);
            case CONNECTIONS -> TcpTextTest.configuration().files(Samples.local(), capabilities);
            case EVERY_CHOICE ->
                    Samples.everyChoice().files(Samples.localOfAnOperator(), capabilities);
        };
    }

    Path directory() {
        return Path.of("src/test/resources/golden", name().toLowerCase(java.util.Locale.ROOT));
    }

    void assertEquals(String file, String text) throws IOException {
        var path = directory().resolve(file);
        if ("write".equals(System.getProperty("signalbox.golden"))) {
            java.nio.file.Files.createDirectories(directory());
            java.nio.file.Files.writeString(path, text);
        }
        assertThat(text).isEqualTo(java.nio.file.Files.readString(path));
    }
}
