package io.signalbox.registry.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.schemas.Keys;
import io.signalbox.schemas.Liveness;
import io.signalbox.schemas.Liveness.ApplierBeat;
import io.signalbox.schemas.Liveness.HostBeat;
import io.signalbox.schemas.Liveness.Tick;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class BeatsTest {
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Liveness OTHERS = new Tick("registry-1");
    private static final String APPLIER = Keys.applierBeat("edge", "one");

    private final Beats beats = new Beats();

    private static ApplierBeat on(String host) {
        return new ApplierBeat("edge", "one", host, 4, 2);
    }

    @Test
    void shouldForgetAnApplierThatIsSilentForLongerThanItsBeatsAreKept() {
        beats.read(on("host-a"), Facts.T0);
        for (Instant at = Facts.T0; !at.isAfter(Facts.T0.plus(HOUR)); at = at.plusSeconds(1)) {
            beats.read(OTHERS, at);
        }
        assertThat(beats.last(APPLIER)).isEqualTo(Facts.T0);
        assertThat(beats.hosts(APPLIER)).containsExactly("host-a");

        beats.read(OTHERS, Facts.T0.plus(HOUR).plusSeconds(61));

        assertThat(beats.last(APPLIER)).isNull();
        assertThat(beats.hosts(APPLIER)).isEmpty();
    }

    @Test
    void shouldForgetNeitherAnApplierThatWasHeardSinceNorAnyWatcher() {
        beats.read(on("host-a"), Facts.T0);
        beats.read(new HostBeat("silent", 3), Facts.T0);
        beats.read(on("host-a"), Facts.T0.plus(HOUR));

        beats.read(OTHERS, Facts.T0.plus(HOUR).plusSeconds(61));

        assertThat(beats.last(APPLIER)).isEqualTo(Facts.T0.plus(HOUR));
        assertThat(beats.last(Keys.hostBeat("silent"))).isEqualTo(Facts.T0);
    }

    @Test
    void shouldForgetTheContainersThatAnApplierWasBefore() {
        Instant at = Facts.T0;
        for (int container = 0; container < 1_000; container++) {
            at = at.plusSeconds(10);
            beats.read(on("container-" + container), at);
            assertThat(beats.hosts(APPLIER)).containsExactly("container-" + container);
        }
        // Should the log's time go back, it does not bring them back.
        beats.read(on("container-999"), Facts.T0.plusSeconds(10));

        assertThat(beats.hosts(APPLIER)).containsExactly("container-999");
    }

    @Test
    void shouldKnowAllHostsThatBeatAtTheSameTime() {
        beats.read(on("host-b"), Facts.T0);
        beats.read(on("host-a"), Facts.T0.plusMillis(4_999));
        assertThat(beats.hosts(APPLIER)).containsExactly("host-a", "host-b");

        beats.read(on("host-a"), Facts.T0.plusSeconds(5));

        assertThat(beats.hosts(APPLIER)).containsExactly("host-a");
    }
}
