package io.signalbox.registry.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.schemas.ApplyResult;
import io.signalbox.schemas.Liveness.ApplierBeat;
import io.signalbox.schemas.Liveness.Tick;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ResultsTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final ReadModel model = new ReadModel();
    private Instant now = Facts.T0;

    @Test
    void shouldKeepTheResultOfASilentApplierForAWeek() {
        model.result(by("gone"));
        beat("gone");

        pass(Duration.ofDays(7));
        assertThat(known()).containsExactly("gone");

        pass(Duration.ofHours(2));
        assertThat(known()).isEmpty();
    }

    @Test
    void shouldKeepTheResultOfAnApplierThatBeatsHoweverOldItIs() {
        model.result(by("quiet"));
        for (int day = 0; day < 30; day++) {
            beat("quiet");
            pass(Duration.ofDays(1));
        }

        assertThat(known()).containsExactly("quiet");
    }

    @Test
    void shouldCountNoSilenceWhileTheLogStandsStill() {
        model.result(by("one"));
        beat("one");

        now = now.plus(Duration.ofDays(30));
        pass(MINUTE);

        assertThat(known()).as("the broker was away, or its clock wrong").containsExactly("one");
    }

    @Test
    void shouldBoundHowManySilentAppliersAreKnown() {
        model.result(by("neighbour", "shop"));
        model.result(by("a-living-one"));
        for (int container = 0; container < 5 * Results.MOST_SILENT; container++) {
            model.result(by("container-%05d".formatted(container)));
            if (container % 10 == 0) {
                beat("a-living-one");
                pass(MINUTE);
            }
        }

        assertThat(known())
                .hasSizeLessThan(2 * Results.MOST_SILENT)
                .contains("a-living-one", "container-04999", "container-04000")
                .doesNotContain("container-00000");
        assertThat(model.results("shop")).as("another group's").hasSize(1);

        for (int hour = 0; hour < 2; hour++) {
            beat("a-living-one");
            pass(Duration.ofHours(1));
        }
        assertThat(known()).hasSize(Results.MOST_SILENT + 1).contains("a-living-one");
    }

    @Test
    void shouldKnowAfterARestartWhomItKnewBefore() {
        beat("quiet");
        model.earlierResult(by("quiet"), Duration.ofDays(100));
        model.earlierResult(by("silent"), Duration.ofDays(6));
        model.earlierResult(by("forgotten"), Duration.ofDays(8));
        assertThat(known()).containsExactly("quiet", "silent");

        pass(Duration.ofDays(1).plusHours(1));
        assertThat(known()).as("its week is over").containsExactly("quiet");
    }

    @Test
    void shouldShowAnApplierThatBeatsOnlyAfterItsOldResultWasReadBack() {
        model.earlierResult(by("late"), Duration.ofDays(100));
        model.earlierResult(by("too-late"), Duration.ofDays(100));
        assertThat(known()).isEmpty();

        pass(Duration.ofMinutes(30));
        beat("late");
        pass(MINUTE);
        assertThat(known()).containsExactly("late");

        pass(Duration.ofHours(1));
        beat("too-late");
        pass(MINUTE);
        assertThat(known()).containsExactly("late");
    }

    @Test
    void shouldBoundHowManySilentAppliersAreReadBack() {
        beat("a-living-one");
        model.earlierResult(by("a-living-one"), Duration.ofDays(200));
        for (int container = 0; container < 5 * Results.MOST_SILENT; container++) {
            model.earlierResult(
                    by("container-%05d".formatted(container)),
                    Duration.ofDays(1).minusSeconds(container));
        }

        assertThat(known())
                .hasSizeLessThan(2 * Results.MOST_SILENT + 1)
                .contains("a-living-one", "container-04999", "container-04500")
                .doesNotContain("container-00000");
    }

    private void beat(String applier) {
        model.liveness(new ApplierBeat("edge", applier, "host", 4, 2), now);
    }

    private void pass(Duration time) {
        Instant end = now.plus(time);
        while (now.isBefore(end)) {
            now = now.plus(MINUTE);
            model.liveness(new Tick("registry-1"), now);
        }
    }

    private List<String> known() {
        return model.results("edge").stream().map(ApplyResult::applier).toList();
    }

    private ApplyResult by(String applier) {
        return by(applier, "edge");
    }

    private ApplyResult by(String applier, String group) {
        return new ApplyResult(
                group,
                applier,
                "host",
                4,
                2,
                ApplyResult.Outcome.APPLIED,
                ApplyResult.How.START,
                "",
                "3.0.11",
                new ApplyResult.Reach("host", List.of()),
                "hash",
                Map.of(),
                List.of(),
                List.of(),
                List.of(),
                now,
                now,
                now);
    }
}
