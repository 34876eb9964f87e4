package io.signalbox;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What Prometheus' own tool says of the rules. */
@Timeout(60)
class RulesIT {
    @Test
    void shouldRaiseAlertsWhenTheirCausesLast() throws Exception {
        String tests = OperatingPage.OBSERVED.resolve("rules.test.yaml").toString();

        assertThat(Shell.outputOf("promtool", "test", "rules", tests))
                .contains("SUCCESS")
                .doesNotContain("FAILED");
    }

    @Test
    void shouldBeRulesThatPrometheusReads() throws Exception {
        String rules = OperatingPage.OBSERVED.resolve("rules.yaml").toString();

        assertThat(Shell.outputOf("promtool", "check", "rules", rules)).contains("SUCCESS");
    }
}
