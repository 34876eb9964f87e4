package io.signalbox.watcher;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EngineJsonTest {
    private static final String LONG = "k".repeat(1_000_000);

    @Test
    void shouldReadLabelsOfAnyLength() {
        JsonObject labels = new JsonObject().put("a" + LONG, "v" + LONG);

        assertThat(EngineJson.object(labels.encode())).isEqualTo(labels);
    }

    @Test
    void shouldFindEveryIdHoweverLongALabelOfOneOfThemIs() throws IOException {
        String json =
                """
                [{"Id":"a","Names":["/x"],"Labels":{"%s":"v","Id":"no"}},{"Labels":{},"Id":"b"}]
                """
                        .formatted(LONG);

        assertThat(ids(json)).containsExactly("a", "b");
        assertThat(ids("[]")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "[1]", "[{}]", "[{\"Id\":1}]", "[{\"Id\":\"a\"}", "[null]"})
    void shouldRefuseWhatIsNoListOfIds(String json) {
        assertThatThrownBy(() -> ids(json)).isInstanceOf(DecodeException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "null", "1", "{", "{} {}"})
    void shouldRefuseWhatIsNoObject(String json) {
        assertThatThrownBy(() -> EngineJson.object(json)).isInstanceOf(DecodeException.class);
    }

    private static List<String> ids(String json) throws IOException {
        return EngineJson.ids(new ByteArrayInputStream(json.getBytes(UTF_8)));
    }
}
