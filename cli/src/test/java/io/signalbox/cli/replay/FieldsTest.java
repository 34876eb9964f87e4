package io.signalbox.cli.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FieldsTest {
    private record Inner(int weight, @Nullable String host) {}

    private record Outer(String name, List<Inner> servers) {}

    @Test
    void shouldSayNothingOfEqualValues() {
        assertThat(Fields.firstDifference(outer(1, "h"), outer(1, "h"))).isEmpty();
    }

    @Test
    void shouldNameTheFirstFieldThatDiffers() {
        assertThat(Fields.firstDifference(outer(2, "h"), outer(1, "x")))
                .contains("servers[0].weight: recorded 2, replayed 1");
        assertThat(Fields.firstDifference(outer(1, null), outer(1, "x")))
                .contains("servers[0].host: recorded (none), replayed x");
    }

    @Test
    void shouldSayWhichOneIsMissing() {
        assertThat(Fields.firstDifference(new Outer("a", List.of()), outer(1, "h")))
                .contains(
                        "servers: recorded 0 of them, replayed 1; only replayed: Inner[weight=1, host=h]");
    }

    @Test
    void shouldTellValuesOfTwoKindsApart() {
        assertThat(Fields.firstDifference(outer(1, "h"), "removed"))
                .hasValueSatisfying(
                        text -> assertThat(text).startsWith("recorded Outer[").endsWith("removed"));
    }

    private static Outer outer(int weight, @Nullable String host) {
        return new Outer("a", List.of(new Inner(weight, host)));
    }
}
