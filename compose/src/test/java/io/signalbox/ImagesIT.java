package io.signalbox;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The stack's images, as {@code compose/build} makes them. */
@Timeout(900)
@Tag("stack")
@Tag("long")
class ImagesIT {
    @Test
    void shouldHaveTheSameLayersWhenBuiltTwice() throws Exception {
        String compared = Shell.outputOf("compose/images/compare", "watcher");

        assertThat(compared)
                .contains("signalbox/base: layers are the same (2)")
                .contains("signalbox/runtime: layers are the same (1)")
                .contains("signalbox/watcher: layers are the same (2)");
    }
}
