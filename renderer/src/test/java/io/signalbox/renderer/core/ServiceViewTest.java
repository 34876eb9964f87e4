package io.signalbox.renderer.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.renderer.core.ServiceView.Change;
import io.signalbox.schemas.Keys;
import io.signalbox.schemas.ServiceState;
import io.signalbox.schemas.ServiceState.Checkpoint;
import io.signalbox.schemas.ServiceState.Instance;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ServiceViewTest {
    private final ServiceView view = new ServiceView(2);

    @Test
    void shouldHoldBackAFactUntilItsLastRecord() {
        assertThat(read(A.container("a").notLast().at(5))).isEmpty();
        assertThat(view.positions()).containsExactly(0L, 0L);

        assertThat(read(A.container("b").at(5))).hasSize(2);
        assertThat(view.positions()).containsExactly(6L, 0L);
    }

    @Test
    void shouldCompleteFactsByACheckpointBehindThemOnly() {
        read(A.container("a").notLast().at(5));
        read(A.container("b").notLast().at(6));

        assertThat(checkpoint(6)).hasSize(1);
        assertThat(view.find("instance/h/a")).isNotNull();
        assertThat(view.find("instance/h/b")).isNull();
        assertThat(checkpoint(7)).hasSize(1);
        assertThat(view.eventsTopicId()).isEqualTo("topic");
    }

    @Test
    void shouldNotLetAnOldFactsFlagCompleteANewerFact() {
        read(A.container("a").notLast().at(9));

        assertThat(read(A.container("b").at(5))).hasSize(1);
        assertThat(view.find("instance/h/a")).isNull();
    }

    @Test
    void shouldKeepTheNewestBySourcePositionWhateverComesLater() {
        read(A.container("a").stopping().at(9));

        assertThat(read(A.container("a").at(8))).isEmpty();
        assertThat(state("instance/h/a").stopping()).isTrue();
        assertThat(view.positions()).containsExactly(10L, 0L);
    }

    @Test
    void shouldSayNothingOfARewriteThatChangesNothing() {
        read(A.container("a").at(9));

        assertThat(read(A.container("a").at(9))).isEmpty();
    }

    @Test
    void shouldTakeATombstoneOnlyAfterGone() {
        read(A.container("a").at(1));
        assertThat(read("instance/h/a", null)).isEmpty();
        assertThat(view.find("instance/h/a")).isNotNull();

        read(A.container("a").gone().at(2));
        assertThat(read("instance/h/a", null)).hasSize(1);
        assertThat(view.find("instance/h/a")).isNull();
    }

    @Test
    void shouldKeepPartitionsApart() {
        read(A.container("a").on("other", 1).at(3));

        assertThat(view.positions()).containsExactly(0L, 4L);
        assertThat(view.get(0, "instance/other/a")).isNull();
        assertThat(view.get(1, "instance/other/a")).isNotNull();
    }

    private Instance state(String key) {
        return (Instance) Objects.requireNonNull(view.find(key)).state();
    }

    private List<Change> checkpoint(long next) {
        return read(Keys.CHECKPOINT, new Checkpoint("topic", next));
    }

    private List<Change> read(Instance instance) {
        return view.read(instance.cause().partition(), Keys.of(instance), instance, A.T0);
    }

    private List<Change> read(String key, @Nullable ServiceState value) {
        return view.read(0, key, value, A.T0);
    }
}
