package io.signalbox.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReportTest {
    private static final Finding OK = Finding.ok("broker a:1", "answers");
    private static final Finding WARN = Finding.warn("clock", "2 s ahead", "should be 1 s", "NTP");
    private static final Finding FAIL = Finding.fail("topic t", "is missing", "", "make it");
    private static final Finding SKIPPED = Finding.skipped("path", "no applier runs here");

    @Test
    void shouldPrintALineForEachFindingBelowItsSection() {
        Map<Check, List<Finding>> found = new LinkedHashMap<>();
        found.put(check("broker", "log"), List.of(OK, WARN));
        found.put(check("topics", "log"), List.of(FAIL));
        found.put(check("path", "here"), List.of(SKIPPED));

        assertThat(new Report(found).lines())
                .containsExactly(
                        "log",
                        "  ok       broker a:1: answers",
                        "  warn     clock: 2 s ahead; should be 1 s; do: NTP",
                        "  fail     topic t: is missing; do: make it",
                        "here",
                        "  skipped  path: because no applier runs here",
                        "1 ok, 1 to look at, 1 wrong, 1 skipped");
    }

    @Test
    void shouldEndWithOneWhereSomethingIsWrong() {
        assertThat(report(OK, SKIPPED).exitCode(true)).isZero();
        assertThat(report(OK, WARN).exitCode(false)).isZero();
        assertThat(report(OK, WARN).exitCode(true)).isEqualTo(1);
        assertThat(report(OK, FAIL).exitCode(false)).isEqualTo(1);
    }

    @Test
    void shouldKeepAFindingOnOneLine() {
        assertThat(Finding.ok("it", "says\n  this\r\nand that").line())
                .isEqualTo("it: says / this / and that");
    }

    @Test
    void shouldSayAllOfItToScripts() throws JsonProcessingException {
        JsonNode json = new ObjectMapper().readTree(report(OK, FAIL).json(false));

        assertThat(json.path("ok").asBoolean()).isFalse();
        assertThat(json.at("/counts/fail").asInt()).isEqualTo(1);
        assertThat(json.at("/findings/1/check").asText()).isEqualTo("broker");
        assertThat(json.at("/findings/1/state").asText()).isEqualTo("fail");
        assertThat(json.at("/findings/1/subject").asText()).isEqualTo("topic t");
        assertThat(json.at("/findings/1/remedy").asText()).isEqualTo("make it");
    }

    private static Report report(Finding... findings) {
        return new Report(Map.of(check("broker", "log"), List.of(findings)));
    }

    private static Check check(String name, String section) {
        return new Check(name, section, List.of(), Duration.ofSeconds(1), List::of);
    }
}
