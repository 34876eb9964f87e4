package io.signalbox.watcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.process.StartFailure;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EngineVersionTest {

    /** 20.10, 24, 28, 29 and one that is to come. */
    @ParameterizedTest
    @CsvSource({
        "1.41, 1.12, 1.41",
        "1.43, 1.12, 1.43",
        "1.51, 1.24, 1.51",
        "1.52, 1.44, 1.51",
        "1.60, 1.51, 1.51"
    })
    void shouldSpeakTheNewestThatBothKnow(String theirs, String least, String spoken) {
        assertThat(EngineVersion.negotiate(version(theirs, least))).hasToString(spoken);
    }

    @ParameterizedTest
    @CsvSource({"1.40, 1.12", "1.60, 1.52", "2.0, 2.0"})
    void shouldRefuseEnginesWithoutACommonVersion(String theirs, String least) {
        assertThatThrownBy(() -> EngineVersion.negotiate(version(theirs, least)))
                .isInstanceOf(StartFailure.class)
                .hasMessageContaining("1.41")
                .hasMessageContaining(theirs);
    }

    private static JsonObject version(String theirs, String least) {
        return new JsonObject().put("ApiVersion", theirs).put("MinAPIVersion", least);
    }
}
