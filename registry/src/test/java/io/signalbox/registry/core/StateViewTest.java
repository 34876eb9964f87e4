package io.signalbox.registry.core;

import static io.signalbox.registry.core.Facts.container;
import static io.signalbox.registry.core.Facts.event;
import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.schemas.Fact;
import io.signalbox.schemas.Keys;
import io.signalbox.schemas.ServiceState.Checkpoint;
import io.signalbox.schemas.ServiceState.Instance;
import org.junit.jupiter.api.Test;

class StateViewTest {
    private static final String KEY = Keys.instance("h", "c");

    private final StateView view = new StateView();
    private final Instance there;
    private final Instance gone;

    StateViewTest() {
        Partition log = new Partition();
        long session = log.session("h", container("c"));
        there = log.instance("h", "c");
        log.append(event("h", session, 4, new Fact.ContainerGone("c")));
        gone = log.instance("h", "c");
    }

    @Test
    void shouldKeepTheValueWithTheHighestSourceAndNameTheOverwrittenKey() {
        assertThat(view.read(KEY, gone)).isTrue();
        assertThat(view.read(KEY, there)).isFalse();
        assertThat(view.accepted(KEY)).isEqualTo(gone);
        assertThat(view.overwritten()).containsExactly(gone);

        assertThat(view.read(KEY, gone)).isTrue();

        assertThat(view.overwritten()).isEmpty();
    }

    @Test
    void shouldTakeATombstoneOnlyAfterGone() {
        view.read(KEY, there);
        assertThat(view.read(KEY, null)).isFalse();
        assertThat(view.accepted(KEY)).isEqualTo(there);
        assertThat(view.overwritten()).containsExactly(there);
        view.read(KEY, gone);
        assertThat(view.read(KEY, null)).isTrue();
        assertThat(view.accepted(KEY)).isNull();
        assertThat(view.overwritten()).isEmpty();
    }

    @Test
    void shouldKeepTheFurthestCheckpointOfATopic() {
        view.read(Keys.CHECKPOINT, new Checkpoint("a", 7));
        assertThat(view.read(Keys.CHECKPOINT, new Checkpoint("a", 5))).isFalse();
        assertThat(view.checkpoint()).isEqualTo(new Checkpoint("a", 7));
        view.read(Keys.CHECKPOINT, new Checkpoint("b", 1));
        assertThat(view.checkpoint()).isEqualTo(new Checkpoint("b", 1));
    }
}
