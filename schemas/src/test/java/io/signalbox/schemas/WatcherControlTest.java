package io.signalbox.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class WatcherControlTest {

    @Test
    void shouldRefuseTheSessionsBehindTheCurrentOneUpToTheNewestRefusal() {
        WatcherControl control = control(10, 20);

        assertThat(control.refuses(11)).isTrue();
        assertThat(control.refuses(20)).isTrue();
        assertThat(control.refuses(21)).isFalse();
    }

    @Test
    void shouldRefuseNeitherTheCurrentSessionNorThoseBeforeIt() {
        WatcherControl control = control(10, 20);

        assertThat(control.refuses(10)).isFalse();
        assertThat(control.refuses(9)).isFalse();
    }

    @Test
    void shouldRefuseNobodyWhereNoSessionIsRefused() {
        WatcherControl control = control(10, Event.NO_SESSION);

        assertThat(control.refuses(9)).isFalse();
        assertThat(control.refuses(10)).isFalse();
        assertThat(control.refuses(11)).isFalse();
    }

    @Test
    void shouldRefuseNobodyBySessionsThatWereRefusedBeforeTheCurrentOne() {
        WatcherControl control = control(10, 5);

        assertThat(control.refuses(4)).isFalse();
        assertThat(control.refuses(11)).isFalse();
    }

    private static WatcherControl control(long current, long refused) {
        return new WatcherControl("h", current, refused, "why", Event.NO_SESSION, false, List.of());
    }
}
