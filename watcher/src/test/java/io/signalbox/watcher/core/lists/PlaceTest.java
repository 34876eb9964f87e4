package io.signalbox.watcher.core.lists;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlaceTest {

    @ParameterizedTest
    @CsvSource({
        "10.0.0.1:8080, 10.0.0.1:8080",
        "10.0.0.1, 10.0.0.1:80",
        "2001:DB8:0:0:0:0:0:1, [2001:db8::1]:80",
        "[2001:db8::1], [2001:db8::1]:80",
        "[::1]:443, [::1]:443",
        "[2001:db8:0:0:1:0:0:1]:443, [2001:db8::1:0:0:1]:443",
    })
    void shouldReadAnAddressWithOrWithoutAPort(String text, String place) {
        assertThat(Place.parse(text, 80).map(Place::toString)).contains(place);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "web",
                "web:80",
                "10.0.0.256:80",
                "10.0.0:80",
                "10.0.0.1:0",
                "10.0.0.1:65536",
                "10.0.0.1:",
                "0.0.0.0:80",
                "[::]:80",
                "224.0.0.1:80",
                "fe80::1",
                "[fe80::1%eth0]:80",
                "10.0.0.1:80 ",
                "[10.0.0.1]x:80",
                "::1:",
                "127.1:80"
            })
    void shouldTakeNothingElse(String text) {
        assertThat(Place.parse(text, 80)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.1", "[::1]", "::1"})
    void shouldNeedAPortWhereThereIsNoStandardOne(String text) {
        assertThat(Place.parse(text, 0)).isEmpty();
    }
}
