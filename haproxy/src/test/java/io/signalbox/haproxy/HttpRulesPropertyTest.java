package io.signalbox.haproxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;

/** Whatever it is made of, the text stays what it is meant to be. */
class HttpRulesPropertyTest {

    private static final Set<String> KEYWORDS =
            Set.of(
                    "acl",
                    "compression",
                    "http-after-response",
                    "http-error",
                    "http-request",
                    "stick-table",
                    "user");

    @Test
    void shouldBeAllowedAndOfKnownLinesOnly() {
        Seeded.check(
                3_000,
                random -> {
                    for (var line : RandomRules.of(random).lines()) {
                        assertThat(AllowedText.problem(java.util.List.of(line))).as(line).isEmpty();
                        assertThat(line).matches("    [ -~]+");
                        assertThat(KEYWORDS).contains(ConfigLineReader.arguments(line).getFirst());
                    }
                });
    }

    @Test
    void shouldSendTheValueOfAHeaderAsItIs() {
        Seeded.check(
                10_000,
                random -> {
                    var value = Seeded.nasty(random);
                    var direction = HeaderChange.Direction.REQUEST;
                    try {
                        var lines =
                                Rules.none()
                                        .header(direction, HeaderChange.Action.SET, "X-A", value)
                                        .lines();
                        assertThat(lines).hasSize(1);
                        var arguments = ConfigLineReader.arguments(lines.getFirst());
                        assertThat(arguments).hasSize(4).startsWith("http-request", "set-header");
                        assertThat(arguments.getLast().replace("%%", "")).doesNotContain("%");
                        assertThat(arguments.getLast().replace("%%", "%")).isEqualTo(value);
                    } catch (IllegalValue e) {
                        assertThat(e.getMessage()).startsWith("value of a header must");
                    }
                });
    }
}
