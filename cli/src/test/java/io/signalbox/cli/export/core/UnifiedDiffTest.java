package io.signalbox.cli.export.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class UnifiedDiffTest {
    private static List<String> diff(String before, String after) {
        return UnifiedDiff.of("a", before, "b", after);
    }

    private static String lines(int count) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(line -> line + "\n")
                .collect(Collectors.joining());
    }

    @Test
    void shouldSayNothingOfWhatIsTheSame() {
        assertThat(diff("x\n", "x\n")).isEmpty();
    }

    @Test
    void shouldShowAllOfANewFile() {
        assertThat(diff("", "x\ny\n"))
                .containsExactly("--- a", "+++ b", "@@ -0,0 +1,2 @@", "+x", "+y");
    }

    @Test
    void shouldShowEachPlaceWithThreeLinesAround() {
        String after = lines(20).replace("\n3\n", "\nthree\n").replace("\n17\n", "\n");

        assertThat(diff(lines(20), after))
                .containsExactly(
                        "--- a",
                        "+++ b",
                        "@@ -1,6 +1,6 @@",
                        " 1",
                        " 2",
                        "-3",
                        "+three",
                        " 4",
                        " 5",
                        " 6",
                        "@@ -14,7 +14,6 @@",
                        " 14",
                        " 15",
                        " 16",
                        "-17",
                        " 18",
                        " 19",
                        " 20");
    }

    @Test
    void shouldJoinPlacesThatAreNear() {
        String after = lines(12).replace("\n4\n", "\nfour\n").replace("\n9\n", "\nnine\n");

        assertThat(diff(lines(12), after)).filteredOn(line -> line.startsWith("@@")).hasSize(1);
    }

    @Test
    void shouldMarkALastLineThatNothingEnds() {
        assertThat(diff("x\n", "x"))
                .containsExactly(
                        "--- a", "+++ b", "@@ -1 +1 @@", "-x", "+x\n\\ No newline at end of file");
    }

    @Test
    void shouldShowTextsTooLongToCompareAsReplaced() {
        List<String> diff = diff("a" + lines(6000), "b" + lines(6000).replace("6000", "end"));

        assertThat(diff).hasSize(3 + 12_000).startsWith("--- a", "+++ b", "@@ -1,6000 +1,6000 @@");
    }
}
