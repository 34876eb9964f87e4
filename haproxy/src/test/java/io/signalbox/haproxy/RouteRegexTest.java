package io.signalbox.haproxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
                "a{2,} ^(a{2,})$"
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
                "a{300}",
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

    @Test
    void shouldRefuseALongOne() {
        assertThat(new RouteRegex("a".repeat(256)).fits("a".repeat(256))).isTrue();
        assertThatThrownBy(() -> new RouteRegex("a".repeat(257))).isInstanceOf(IllegalValue.class);
    }
}
