package io.signalbox.registry.doors;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.registry.core.doors.Json;
import io.signalbox.registry.core.doors.Refused;
import org.junit.jupiter.api.Test;

class JsonTextTest {

    @Test
    void shouldReadValuesOfEveryKind() {
        Json json = read("{\"a\": [1, -2.5e3, true, null], \"b\": {\"c\": \"\\u00e9\"}}");

        assertThat(json.toString())
                .isEqualTo(
                        "Obj[members={a=Arr[elements=[Num[value=1], Num[value=-2.5E+3],"
                                + " Bool[value=true], Null[]]], b=Obj[members={c=Text[value=é]}]}]");
    }

    @Test
    void shouldNameThePlaceOfAMistake() {
        assertRefused("{\"a\": 1,\n \"b\": }", "line 2, column");
        assertRefused("{\"a\": 1} {", "something stands behind the value (line 1, column 10)");
        assertRefused("", "the body is empty");
        assertRefused("{\"a\": 1", "line 1, column");
        assertRefused("{'a': 1}", "line 1, column 2");
    }

    @Test
    void shouldRefuseAKeyThatIsSaidTwice() {
        assertRefused("{\"port\": 80,\n\"port\": 81}", "Duplicate field 'port'");
    }

    @Test
    void shouldBoundDepthAndNumbers() {
        assertRefused("[".repeat(100_000), "depth");
        assertRefused("[" + "9".repeat(1_000) + "]", "length");
    }

    private static void assertRefused(String text, String detail) {
        assertThatThrownBy(() -> read(text))
                .isInstanceOf(Refused.class)
                .hasMessageContaining(detail);
    }

    private static Json read(String text) {
        return JsonText.read(text.getBytes(UTF_8));
    }
}
