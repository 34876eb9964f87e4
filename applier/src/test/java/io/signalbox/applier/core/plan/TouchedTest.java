package io.signalbox.applier.core.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.applier.core.plan.Plan.NoChange;
import io.signalbox.applier.core.plan.ReloadReason.Kind;
import java.util.List;
import org.junit.jupiter.api.Test;

class TouchedTest {
    private final Touched touched = new Touched();

    @Test
    void shouldKeepAReasonUntilItsServiceIsLookedAtAgain() {
        ReloadReason reason = new ReloadReason(Kind.SERVICE_TEXT, "a");
        touched.add(List.of("a"));
        touched.planned(new Plan.Reload(List.of(reason), List.of()));
        touched.add(List.of("b"));
        touched.planned(new NoChange());
        assertThat(touched.reasons()).containsExactly(reason);

        touched.add(List.of("a"));
        touched.planned(new NoChange());

        assertThat(touched.reasons()).isEmpty();
    }

    @Test
    void shouldKeepARefusalUntilAReload() {
        touched.add(new ReloadReason(Kind.REFUSED, "command"));
        touched.addEverything();
        touched.planned(new NoChange());
        assertThat(touched.urgent()).isTrue();

        assertThat(touched.take()).hasSize(1);
        touched.reloaded();

        assertThat(touched.reasons()).isEmpty();
        assertThat(touched.any()).isTrue();
    }

    @Test
    void shouldNotHurryForSpares() {
        touched.addEverything();
        touched.planned(
                new Plan.Reload(List.of(new ReloadReason(Kind.SPARES, "plain")), List.of()));

        assertThat(touched.urgent()).isFalse();
        assertThat(touched.reasons()).hasSize(1);
    }
}
