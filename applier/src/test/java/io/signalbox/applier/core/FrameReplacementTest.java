package io.signalbox.applier.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.applier.core.template.TemplateFailed;
import io.signalbox.schemas.ConfigRecord.Frame;
import java.util.List;
import org.junit.jupiter.api.Test;

class FrameReplacementTest {
    private static final Frame FRAME =
            new Frame(
                    List.of("    hard-stop-after 1800000ms"),
                    List.of("    mode http", "    retries 3", "    timeout tunnel 3600000ms"),
                    List.of(
                            "frontend in_http",
                            "    bind :80",
                            "    option idle-close-on-response",
                            "    http-request set-var(txn.host) req.fhdr(host)",
                            "    @rules@",
                            "    http-request return status 404",
                            "    use_backend %[var(txn.service)]",
                            "    default_backend unavailable",
                            "frontend in_other",
                            "    bind :81",
                            "backend unavailable",
                            "    http-request return status 503"),
                    List.of(),
                    List.of(),
                    null,
                    "2.6",
                    false);
    private static final List<String> HTTP =
            List.of(
                    "bind :80",
                    "http-request set-var(txn.host) req.fhdr(host)",
                    "@rules@",
                    "use_backend %[var(txn.service)]",
                    "default_backend unavailable");

    private static Frame replaced(String place, String... lines) throws TemplateFailed {
        return new FrameReplacement(place).replaced(FRAME, List.of(lines));
    }

    @Test
    void shouldTellWhatWasGenerated() throws Exception {
        assertThat(new FrameReplacement("defaults").generated(FRAME))
                .containsExactly("mode http", "retries 3", "timeout tunnel 3600000ms");
        assertThat(new FrameReplacement("entry-points.other").generated(FRAME))
                .containsExactly("bind :81");
        assertThat(new FrameReplacement("unavailable").generated(FRAME))
                .containsExactly("http-request return status 503");
    }

    @Test
    void shouldReplaceOnePartAndLeaveTheOthers() throws Exception {
        assertThat(replaced("global").global()).isEmpty();
        assertThat(replaced("defaults", "timeout tunnel 8h", "mode http").defaults())
                .containsExactly("    timeout tunnel 8h", "    mode http");
        assertThat(replaced("unavailable", "http-request deny").sections())
                .endsWith("backend unavailable", "    http-request deny")
                .startsWith(FRAME.sections().subList(0, 10).toArray(new String[0]));
        assertThat(replaced("entry-points.http", HTTP.toArray(new String[0])).sections())
                .startsWith(
                        "frontend in_http",
                        "    bind :80",
                        "    http-request set-var(txn.host)" + " req.fhdr(host)")
                .containsSequence("    default_backend unavailable", "frontend in_other")
                .doesNotContain("    http-request return status 404");
    }

    @Test
    void shouldKeepWhatRequestsAreLedBy() {
        assertFails("defaults", List.of("retries 1"), "must keep", "in its order: mode http");
        for (int i = 0; i < HTTP.size(); i++) {
            List<String> without = new java.util.ArrayList<>(HTTP);
            String line = without.remove(i);
            assertFails("entry-points.http", without, "must keep", "order: " + line);
            assertFails(
                    "entry-points.http",
                    java.util.stream.Stream.concat(HTTP.stream(), java.util.stream.Stream.of(line))
                            .toList(),
                    "must say it once: " + line);
        }
        List<String> turned = new java.util.ArrayList<>(HTTP);
        java.util.Collections.swap(turned, 1, 2);
        assertFails("entry-points.http", turned, "order: http-request set-var(txn.host)");
    }

    @Test
    void shouldRefuseWhatNoLineMaySay() {
        assertFails("unavailable", List.of("server a 10.0.0.1:80"), "must not be 'server'");
        assertFails("global", List.of("stats socket /x"), "must not be 'stats'");
        assertFails("defaults", List.of("mode tcp"), "must not be 'mode'");
        assertFails("entry-points.other", List.of("bind :82"), "must not be 'bind'");
        assertFails("entry-points.other", List.of("bind :81", "listen x"), "begin a section");
    }

    @Test
    void shouldNameAPartThatIsNotThere() {
        assertFails("entry-points.gone", List.of(), "the frame has no such part");
        assertFails("nonsense", List.of(), "the frame has no such part");
    }

    private static void assertFails(String place, List<String> lines, String... words) {
        assertThatThrownBy(() -> new FrameReplacement(place).replaced(FRAME, lines))
                .isInstanceOf(TemplateFailed.class)
                .hasMessageStartingWith("snippets.replace." + place + ": ")
                .hasMessageContainingAll(words);
    }
}
