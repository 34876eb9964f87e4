package io.signalbox.bench.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.signalbox.bench.fuzz.Fuzz.Outcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A sample; {@code signalbox fuzz} goes on for as long as one likes. */
class FuzzTest {
    private static final int SAMPLE = 10_000;

    @Test
    void shouldLeadNoLabelsOutsideWhatIsAllowed() {
        long services = 0;
        long rejected = 0;
        for (long seed = 0; seed < SAMPLE; seed++) {
            Outcome outcome = Fuzz.run(seed);
            assertThat(outcome.problem()).as("seed %d: %s", seed, outcome.labels()).isEmpty();
            services += outcome.services();
            rejected += outcome.rejected();
        }
        assertThat(services).as("services that were rendered").isGreaterThan(SAMPLE / 2);
        assertThat(rejected).as("labels that were rejected").isGreaterThan(SAMPLE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "resolvers x",
                "backend other",
                "    server x 172.17.0.2:80",
                "backend service_a\n    server x 192.0.2.1:80 id 1 weight 1"
                        + " pool-max-conn -1 pool-purge-delay 1s",
                "backend service_a\n    server x 172.17.0.2:80 id 1 weight 1 check-via-socks4"
                        + " pool-max-conn -1 pool-purge-delay 1s",
                "backend service_a\n    external-check command /bin/sh",
                "backend service_a\n    http-request lua.x",
                "backend service_a\n    http-request return lf-string %[env(HOME)]",
                "backend service_a\n    http-request set-header a %[env(HOME)]",
                "backend service_a\n    http-request return file /etc/passwd",
                "frontend in_http\n    use_backend %[lua.x]",
                "global\n    insecure-fork-wanted",
            })
    void shouldFindWhatMayNotStandInAConfiguration(String text) {
        assertThat(Directives.problem(text)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a \"b\"", "a $HOME", "a # b", "a 'b", "a\tb", "a b\\", "a \u00e9"})
    void shouldFindWhatHaproxyWouldReadOtherwise(String line) {
        assertThatIllegalArgumentException().isThrownBy(() -> Words.of(line));
    }

    @Test
    void shouldReadWordsAsHaproxyDoes() {
        assertThat(Words.of("a  'b c' d\\ e 'f'\\''g' ''"))
                .containsExactly("a", "b c", "d e", "f'g", "");
    }
}
