package io.signalbox.haproxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RouteRegexTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "a ^(a)$",
                "^a$ ^(a)$",
                "(?:a|b)c ^((a|b)c)$",
                "a\\.b ^(a\\.b)$",
                "a\\-b ^(a-b)$",
                "\\d+ ^([0-9]+)$",
                "[\\w-]+ ^([A-Za-z0-9_-]+)$",
                "[^/]* ^([^/]*)$",
                "a{2,} ^(a{2,})$",
                "(a{2}|b?|c{1,3})d{1}e{0,}f{1,}g{0,1} ^((a{2}|b?|c{1,3})d{1}e*f+g?)$",
                "[^\\d.a-f\\.] ^([^0-9.a-f.])$",
                "[.a][a.][.][.a:] ^([.a][a.][.][.a:])$",
                "a|b$ ^(a|b)$",
                "a\\\\$ ^(a\\\\)$",
                "|a ^(|a)$"
            })
    void shouldBeWrittenForTheWholeInWordsThatAllEnginesShare(String value, String whole) {
        assertThat(new RouteRegex(value).whole()).isEqualTo(whole);
    }

    @Test
    void shouldFitTheWholeOnly() {
        assertThat(new RouteRegex("a|b").fits("a")).isTrue();
        assertThat(new RouteRegex("a|b").fits("ab")).isFalse();
        assertThat(new RouteRegex("a").fits("xa")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "^",
                "$",
                "(",
                ")",
                "a)|(b",
                "(a",
                "[",
                "[]",
                "[a",
                "[[:alpha:]]",
                "[..]",
                "[:a:]",
                "[=a\\=]",
                "[a&&b]",
                "[z-a]",
                "*",
                "a**",
                "a+?",
                "a++",
                "(a+)+",
                "((a+)b)*",
                "(a|b)*",
                "(a*){9}",
                ".*.*.*.*.*",
                "a{101}",
                "(a?)+",
                "[a\\-b]",
                "[a^]",
                "[&&]",
                "[a-c-e]",
                "a$|b",
                "(a$)",
                "\\D",
                "a{0}",
                "`",
                "a?a?a?a?a?a?a?a?a?a?",
                "(a|b)(a|b)(a|b)(a|b)(a|b)(a|b)(a|b)(a|b)(a|b)(a|b)",
                "((((((((((((a))))))))))))",
                "a{1,2}b{1,2}c*d+e{2,9}",
                "a{2,1}",
                "a{x}",
                "{",
                "}",
                "(?i)a",
                "(?=a)",
                "(?#x)",
                "(*VERB)",
                "\\Qa",
                "\\1",
                "\\s",
                "\\",
                "a$b",
                "a^b",
                "a\nb",
                "ä"
            })
    void shouldRefuseWhatEnginesReadDifferentlyOrCannotEnd(String value) {
        assertThatThrownBy(() -> new RouteRegex(value)).isInstanceOf(IllegalValue.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}",
                "[0-9]{1,3}\\.[0-9]{1,3}\\.[0-9]{1,3}\\.[0-9]{1,3}",
                "(www\\.)?(shop|blog|api)(-(de|at|ch|nl))?\\.example\\.(com|org|net)",
                "((((((((((a))))))))))",
                "(a+)?(b|c)?"
            })
    void shouldTakeWhatTakesNoLongTime(String value) {
        assertThat(new RouteRegex(value).whole()).endsWith(")$");
    }

    @Test
    void shouldMeanByChanceWhatJavaReads() {
        var characters = "^/ab[](){}*+?.|\\$-,1:9dw";
        Seeded.check(
                50_000,
                random -> {
                    var text = new StringBuilder();
                    for (var length = random.nextInt(10); length >= 0; length--) {
                        text.append(characters.charAt(random.nextInt(characters.length())));
                    }
                    var value = text.toString();
                    try {
                        var regex = new RouteRegex(value);
                        for (var sample :
                                List.of("", "a", "b1", "/a-9", "aa", "$", "^", "]", "d:w")) {
                            assertThat(regex.fits(sample))
                                    .as(value)
                                    .isEqualTo(Pattern.compile(value).matcher(sample).matches());
                        }
                    } catch (IllegalValue e) {
                        assertThat(e.getMessage()).startsWith("regular expression must");
                    }
                });
    }

    @Test
    void shouldRefuseALongOne() {
        assertThat(new RouteRegex("a".repeat(256)).fits("a".repeat(256))).isTrue();
        assertThatThrownBy(() -> new RouteRegex("a".repeat(257))).isInstanceOf(IllegalValue.class);
    }
}
