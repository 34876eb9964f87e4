package io.signalbox.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SpellingTest {
    private static final List<String> WORDS =
            List.of("SIGNALBOX_HOST_ID", "SIGNALBOX_HOST_IP", "X");

    @Test
    void shouldFindTheNearestWord() {
        assertThat(Spelling.nearest("SIGNALBOX_HOSTID", WORDS)).contains("SIGNALBOX_HOST_ID");
        assertThat(Spelling.nearest("SIGNALBOX_HOST_IQ", WORDS)).contains("SIGNALBOX_HOST_ID");
    }

    @Test
    void shouldFindNothingFarAway() {
        assertThat(Spelling.nearest("SOMETHING_ELSE", WORDS)).isEmpty();
        assertThat(Spelling.nearest("", List.of())).isEmpty();
    }
}
