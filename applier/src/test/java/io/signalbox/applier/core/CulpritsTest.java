package io.signalbox.applier.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CulpritsTest {
    private static final List<String> SUSPECTS =
            IntStream.range(0, 64).mapToObj(number -> "s%02d".formatted(number)).toList();

    @Test
    void shouldFindTheOneCulpritWithFewChecks() {
        List<Set<String>> checks = new ArrayList<>();

        assertThat(
                        Culprits.find(
                                SUSPECTS,
                                included -> {
                                    checks.add(included);
                                    return !included.contains("s37");
                                }))
                .contains(Set.of("s37"));
        assertThat(checks).hasSizeLessThanOrEqualTo(10);
    }

    @Test
    void shouldFindEveryCulprit() {
        Set<String> bad = Set.of("s00", "s31", "s63");

        assertThat(Culprits.find(SUSPECTS, included -> Collections.disjoint(included, bad)))
                .contains(bad);
    }

    @Test
    void shouldSayThatNoServiceIsAtFault() {
        assertThat(Culprits.find(SUSPECTS, included -> false)).isEmpty();
    }

    @Test
    void shouldFindNobodyWhereAllIsAccepted() {
        assertThat(Culprits.find(SUSPECTS, included -> true)).contains(Set.of());
    }
}
