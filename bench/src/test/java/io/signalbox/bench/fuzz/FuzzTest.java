package io.signalbox.bench.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.signalbox.bench.fuzz.Fuzz.Outcome;
import io.signalbox.bench.fuzz.LabelsPath.Way;
import io.signalbox.haproxy.Configuration;
import io.signalbox.haproxy.MapName;
import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A sample; {@code signalbox fuzz} goes on for as long as one likes. */
class FuzzTest {
    private static final int SAMPLE = 5_000;

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

    @Test
    void shouldReadBackWhatRoutesAsk() {
        Way way = LabelsPath.of(ROUTES).getFirst();
        assertThat(RouteReader.difference(way.files(), way.services().values())).isEmpty();
        CHANGES.forEach(
                (text, other) -> {
                    Configuration.Files changed = changed(way.files(), text, other);
                    assertThat(changed).as(text).isNotEqualTo(way.files());
                    assertThat(RouteReader.difference(changed, way.services().values()))
                            .as(text)
                            .isPresent();
                });
    }

    private static final Map<String, String> ROUTES =
            Map.of(
                    "signalbox.host", "a.example",
                    "signalbox.routes.r.host", "*.b.example",
                    "signalbox.routes.r.path", "~/v[0-9]",
                    "signalbox.routes.r.method", "GET,POST",
                    "signalbox.routes.r.header.x-a", "*v*",
                    "signalbox.routes.r.query.q", "*",
                    "signalbox.routes.r.entrypoint", "internal",
                    "signalbox.routes.r.source", "10.0.0.0/8",
                    "signalbox.routes.r.priority", "7",
                    "signalbox.routes.r.path.exclude", "/v1");

    private static final Map<String, String> CHANGES =
            Map.of(
                    "a.example/ ", "a.example/x/ ",
                    "-- .b.example", "-- b.example",
                    "/v[0-9]", "/v[0-9]?",
                    "GET POST", "GET",
                    "-m sub -- v", "-m str -- v",
                    "|&)q(", "|&)r(",
                    "in_internal", "in_http",
                    "10.0.0.0/8", "10.0.0.0/9",
                    " lt 3", " lt ",
                    "-- /v1/", "-- /v2/");

    private static Configuration.Files changed(
            Configuration.Files files, String text, String other) {
        Map<MapName, String> maps = new EnumMap<>(MapName.class);
        files.maps().forEach((map, content) -> maps.put(map, content.replace(text, other)));
        return new Configuration.Files(files.haproxyCfg().replace(text, other), maps);
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
