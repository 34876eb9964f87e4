package io.signalbox.renderer.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.schemas.Container.State;
import io.signalbox.schemas.Keys;
import io.signalbox.schemas.ServiceState;
import io.signalbox.schemas.ServiceState.Checkpoint;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ShrinkGuardTest {
    private final Rig rig = new Rig();

    @Test
    void shouldHoldMoreThanThirtyPercentAndAtLeastThree() {
        assertThat(ShrinkGuard.holds(3, 9)).isTrue();
        assertThat(ShrinkGuard.holds(3, 10)).isFalse();
        assertThat(ShrinkGuard.holds(4, 10)).isTrue();
        assertThat(ShrinkGuard.holds(2, 2)).isFalse();
        assertThat(ShrinkGuard.holds(30_000, 100_000)).isFalse();
        assertThat(ShrinkGuard.holds(30_001, 100_000)).isTrue();
    }

    @Test
    void shouldLetPassWhatFactsSay() {
        rig.take(containers(10, 1));

        GroupRenderer.Step step =
                rig.take(
                        web(0).gone().at(100),
                        web(1).gone().at(101),
                        web(2).gone().at(102),
                        web(3).state(State.EXITED).at(103),
                        web(4).state(State.PAUSED).at(104));

        assertThat(step.dropping()).isZero();
        assertThat(rig.servers("web")).hasSize(5);
    }

    @Test
    void shouldKeepServersThatNoFactSpeaksOf() {
        rig.take(containers(10, 1));
        rig.restart(new ServiceView(12));

        GroupRenderer.Step step = rig.step();

        assertThat(step.dropping()).isEqualTo(10);
        assertThat(step.living()).isEqualTo(10);
        assertThat(rig.servers("web")).hasSize(10);
        assertThat(rig.routes("web")).containsExactly("a.example/");
        assertThat(rig.codes("web")).contains("held");
    }

    @Test
    void shouldGoOnWithEverythingElseWhileItHolds() {
        rig.take(containers(10, 1));
        ServiceView empty = new ServiceView(12);
        rig.restart(empty);
        rig.step();

        ServiceState other = A.container("x").of("other", A.route("x.example")).at(200);
        ServiceState back = web(3).at(201);
        for (ServiceState value : List.of(other, back)) {
            empty.read(0, io.signalbox.schemas.Keys.of(value), value, A.T0)
                    .forEach(rig.renderer::apply);
        }
        GroupRenderer.Step step = rig.step();

        assertThat(rig.servers("other")).containsExactly("other.x");
        assertThat(rig.servers("web")).hasSize(10);
        assertThat(step.dropping()).isEqualTo(9);
    }

    @Test
    void shouldLetGoOnceTheOperatorAccepts() {
        rig.take(containers(10, 1));
        rig.restart(new ServiceView(12));
        rig.step();

        rig.renderer.acceptShrink();
        GroupRenderer.Step step = rig.step();

        assertThat(step.dropping()).isZero();
        assertThat(rig.contents()).containsOnlyKeys("frame");
    }

    @Test
    void shouldLetGoOfAFewWithoutAFact() {
        rig.take(containers(10, 1));
        ServiceView most = new ServiceView(12);
        for (ServiceState value : containers(8, 1)) {
            most.read(0, io.signalbox.schemas.Keys.of(value), value, A.T0);
        }
        most.read(0, Keys.CHECKPOINT, new Checkpoint("t", 11), A.T0);
        rig.restart(most);

        assertThat(rig.step().dropping()).isZero();
        assertThat(rig.servers("web")).hasSize(8);
    }

    @Test
    void shouldKeepEvenOneServerWhileTheStateHasNotGotToItsFact() {
        rig.take(containers(2, 50));
        ServiceView rebuilt = new ServiceView(12);
        rig.restart(rebuilt);
        assertThat(rig.step().dropping()).isEqualTo(2);
        ServiceState back = web(0).at(3);
        rebuilt.read(0, Keys.of(back), back, A.T0).forEach(rig.renderer::apply);
        assertThat(rig.step().dropping()).isEqualTo(1);
        assertThat(rig.servers("web")).hasSize(2);

        rebuilt.read(0, Keys.CHECKPOINT, new Checkpoint("t", 52), A.T0);

        assertThat(rig.step().dropping()).isZero();
        assertThat(rig.servers("web")).containsExactly("web.c0");
    }

    @Test
    void shouldSayThatNothingIsHeldOnceTheFactsAreThere() {
        rig.take(containers(4, 1));
        ServiceView empty = new ServiceView(12);
        rig.restart(empty);
        assertThat(rig.step().dropping()).isEqualTo(4);

        for (ServiceState value : containers(4, 300)) {
            empty.read(0, io.signalbox.schemas.Keys.of(value), value, A.T0)
                    .forEach(rig.renderer::apply);
        }

        assertThat(rig.step().dropping()).isZero();
        assertThat(rig.codes("web")).doesNotContain("held");
    }

    private static ServiceState[] containers(int count, int firstOffset) {
        List<ServiceState> all = new ArrayList<>();
        for (int number = 0; number < count; number++) {
            all.add(web(number).at(firstOffset + number));
        }
        return all.toArray(new ServiceState[0]);
    }

    private static A web(int number) {
        return A.container("c" + number).of("web", A.route("a.example"));
    }
}
