package io.signalbox.haproxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which regular expressions are taken. */
class PathPatternTest {

    @ParameterizedTest
    @CsvSource({
        "^/, 0",
        "^/old/(.*)$, 1",
        "^/([a-z0-9_-]+)/([^/]+)(/.*)?$, 3",
        "^/(?:a|b\\|c)/(d|e|)$, 1",
        "'^/\\d{1,3}\\w+\\.php\\?$', 0",
        "^/[-a][a-][\\]\\[.*+?(){}|^$][^a], 0",
        "^/(((((((((a))))))))), 9",
        "'^/a{3}b{2,}c{0,100}d*?', 0",
        "'^/it''s\"#;,=%&~!@:', 0",
        "^/a$|^b, -1",
        "^/a$|b, 0"
    })
    void shouldTakeWhatEveryLibraryUnderstands(String text, int groups) {
        if (groups < 0) {
            assertRefused(text);
            return;
        }
        var pattern = new PathPattern(text);

        assertThat(pattern.groups()).isEqualTo(groups);
        assertThat(Pattern.compile(text).matcher("").groupCount()).isEqualTo(groups);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/a",
                "a",
                "^a",
                "^",
                "-f",
                "^/a b",
                "^/a\t",
                "^/ä",
                "^/(",
                "^/)",
                "^/(a",
                "^/a)b",
                "^/[",
                "^/[]",
                "^/[^]",
                "^/[a",
                "^/[z-a]",
                "^/[\\d-z]",
                "^/[a-\\d]",
                "^/[[:alpha:]]",
                "^/**",
                "^/a*+",
                "^/a{,3}",
                "^/a{3",
                "^/a{x}",
                "^/a{3,2}",
                "^/a{0}",
                "^/a{101}",
                "^/a{1000000000000}",
                "^/a}",
                "^/a]",
                "^/a^b",
                "^/a$b",
                "^/\\",
                "^/\\1",
                "^/\\x41",
                "^/\\b",
                "^/\\Qa",
                "^/(?=a)",
                "^/(?!a)",
                "^/(?i)a",
                "^/(?<a>b)",
                "^/(*UTF)",
                "^/(a*)*",
                "^/(a+)+$",
                "^/(?:a|a)*",
                "^/(a?)+",
                "^/((a{2,3})b)*",
                "^/(a{1,9}){2}",
                "^/a*a*a*a*a*",
                "^/a{2}b{2}c{2}d{2}e{2}",
                "^/a?a?a?a?a?a?a?a?a?a?",
                "^/(a|b)(a|b)(a|b)(a|b)(a|b)(a|b)(a|b)(a|b)(a|b)(?:a|b)",
                "^/[a&&b]",
                "^/[a-c-e]",
                "^/`",
                "^/\\<a",
                "^/((((((((((a))))))))))",
                "^/(?:(?:(?:(?:(?:(?:(?:(?:(?:(?:(?:a)))))))))))",
                "^/@maps@",
                "^/@users@"
            })
    void shouldRefuseAllElse(String text) {
        assertRefused(text);
    }

    @Test
    void shouldBeShort() {
        assertThat(new PathPattern("^/" + "a".repeat(248)).groups()).isZero();
        assertRefused("^/" + "a".repeat(249));
    }

    @Test
    void shouldUnderstandByChanceWhatJavaDoes() {
        var characters = "^/ab[](){}*+?.|\\$-,1:9d";
        Seeded.check(
                50_000,
                random -> {
                    var text = new StringBuilder("^/");
                    var length = random.nextInt(10);
                    for (var i = 0; i < length; i++) {
                        text.append(characters.charAt(random.nextInt(characters.length())));
                    }
                    try {
                        var groups = new PathPattern(text.toString()).groups();
                        assertThat(Pattern.compile(text.toString()).matcher("").groupCount())
                                .isEqualTo(groups);
                    } catch (IllegalValue e) {
                        assertThat(e.getMessage()).startsWith("path pattern must");
                    }
                });
    }

    private static void assertRefused(String text) {
        assertThatExceptionOfType(IllegalValue.class)
                .as(text)
                .isThrownBy(() -> new PathPattern(text));
    }
}
