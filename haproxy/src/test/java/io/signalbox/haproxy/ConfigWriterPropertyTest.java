package io.signalbox.haproxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConfigWriterPropertyTest {

    @Test
    void shouldKeepEveryValueOneArgumentOfOneLine() {
        Seeded.check(
                20_000,
                random -> {
                    var values =
                            List.of(
                                    Seeded.nasty(random),
                                    Seeded.printable(random),
                                    Seeded.printable(random));
                    var expected = new ArrayList<>(List.of("option", "x"));
                    var writer = new ConfigWriter().line("option x");
                    for (var value : values) {
                        if (accepted(writer, value)) {
                            expected.add(value);
                        }
                    }
                    writer.words("end");
                    expected.add("end");

                    assertThat(writer.toLines()).hasSize(1);
                    assertThat(ConfigLineReader.arguments(writer.toLines().getFirst()))
                            .isEqualTo(expected);
                });
    }

    @Test
    void shouldRefuseEveryValueThatIsNotPrintableOrLooksLikeAPlaceholder() {
        Seeded.check(
                20_000,
                random -> {
                    var value = Seeded.nasty(random);
                    var printable = value.chars().allMatch(c -> c >= 0x20 && c < 0x7f);

                    assertThat(accepted(new ConfigWriter().line("x"), value))
                            .isEqualTo(printable && !Placeholder.isIn(value));
                });
    }

    private static boolean accepted(ConfigWriter writer, String value) {
        try {
            writer.value(value);
            return true;
        } catch (IllegalValue e) {
            assertThat(e.getMessage()).matches("\\p{Print}{1,200}");
            return false;
        }
    }
}
