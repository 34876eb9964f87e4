package io.signalbox.haproxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.schemas.HttpPolicy.Hsts;
import io.signalbox.schemas.LiveOptions;
import io.signalbox.schemas.LiveOptions.Closed;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class OptionsMapTest {
    private static final Duration DAY = Duration.ofDays(1);

    @Test
    void shouldHaveNoEntryWhereNothingIsSaid() {
        assertThat(OptionsMap.value(LiveOptions.NONE)).isEmpty();
    }

    @Test
    void shouldSayEachOptionInItsField() {
        assertThat(OptionsMap.value(new LiveOptions(301, null, null, null, null)))
                .contains("301//////");
        assertThat(OptionsMap.value(new LiveOptions(null, Closed.AT_ONCE, null, null, null)))
                .contains("/1/////");
        assertThat(OptionsMap.value(new LiveOptions(null, Closed.IN_TURN, null, null, null)))
                .contains("/2/////");
        assertThat(
                        OptionsMap.value(
                                new LiveOptions(
                                        null, null, Duration.ofMillis(1), DAY, hsts(0, false))))
                .contains("//1/86400000/0//");
        assertThat(OptionsMap.value(new LiveOptions(null, null, null, null, hsts(365, true))))
                .contains("////31536000/1/1");
        assertThat(OptionsMap.value(LiveOptions.NONE.withClientCertificate())).contains("///////1");
    }

    @Test
    void shouldRefuseWhatHaproxyCannotHave() {
        for (LiveOptions bad :
                List.of(
                        new LiveOptions(200, null, null, null, null),
                        new LiveOptions(null, null, Duration.ZERO, null, null),
                        new LiveOptions(null, null, Duration.ofMillis(-1), null, null),
                        new LiveOptions(null, null, null, DAY.plusMillis(1), null),
                        new LiveOptions(null, null, null, null, hsts(364, true)),
                        new LiveOptions(null, null, null, null, hsts(-1, false)))) {
            assertThatThrownBy(() -> OptionsMap.value(bad))
                    .as(bad.toString())
                    .isInstanceOf(IllegalValue.class);
        }
    }

    @Test
    void shouldSayTheSameInTheTextForAFrameThatDoesNotReadIt() {
        var lines =
                OptionsMap.lines(
                        new LiveOptions(
                                302, Closed.IN_TURN, Duration.ofSeconds(5), DAY, hsts(1, false)));

        assertThat(lines)
                .startsWith("    timeout server 5s", "    timeout tunnel 1440m")
                .anyMatch(line -> line.contains(" code 302 "))
                .anyMatch(line -> line.endsWith("'This service is under maintenance.'"))
                .anyMatch(line -> line.contains("Strict-Transport-Security max-age=86400"));
        assertThat(AllowedText.problem(lines)).isEmpty();
        assertThat(OptionsMap.lines(LiveOptions.NONE)).isEmpty();
    }

    @Test
    void shouldAskForCertificatesInTheTextForAFrameThatKnowsNoneOfThem() {
        var asking = LiveOptions.NONE.withClientCertificate();
        var sections = Frame.of(Samples.frame(new ListenAddress("127.0.0.1", 80))).sections();
        var earlier = sections.stream().filter(line -> !line.contains("ssl_c_used")).toList();

        assertThat(OptionsMap.isRead(sections, asking)).isTrue();
        assertThat(OptionsMap.isRead(earlier, asking)).isFalse();
        assertThat(OptionsMap.isRead(earlier, LiveOptions.NONE)).isTrue();
        assertThat(OptionsMap.lines(asking))
                .containsExactly(
                        "    http-request deny deny_status 403 unless { ssl_c_used } { ssl_c_verify"
                                + " 0 }");
        assertThat(AllowedText.problem(OptionsMap.lines(asking))).isEmpty();
    }

    @Test
    void shouldLetNothingElseIntoTheDefaultsOfServices() {
        var frame = Frame.of(Samples.frame(new ListenAddress("127.0.0.1", 80)));
        assertThat(OptionsMap.isRead(frame.sections())).isTrue();

        for (var line :
                List.of(
                        "    http-request return status 200",
                        "    errorfile 503 /etc/passwd",
                        "    http-request set-timeout server 1ms")) {
            var sections = new java.util.ArrayList<>(frame.sections());
            sections.add(line);
            assertThat(
                            AllowedText.problem(
                                    new Frame(frame.global(), frame.defaults(), sections),
                                    Samples.frame(new ListenAddress("127.0.0.1", 80))
                                            .entryPoints()))
                    .as(line)
                    .isPresent();
        }
    }

    private static Hsts hsts(int days, boolean strict) {
        return new Hsts(Duration.ofDays(days), strict, strict);
    }
}
