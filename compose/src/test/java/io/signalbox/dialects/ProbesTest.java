package io.signalbox.dialects;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.registry.core.translate.Row;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Which words of the tables have a probe. */
class ProbesTest {

    @ParameterizedTest
    @MethodSource("io.signalbox.dialects.Spoken#all")
    void shouldProbeEveryWordThatIsTranslated(Spoken dialect) {
        Set<String> missing = new TreeSet<>();
        for (Row row : dialect.rows()) {
            if (row.treatment() == Row.Treatment.TRANSLATED) {
                missing.add(row.key());
            }
        }
        for (Probe probe : dialect.probes()) {
            missing.remove(probe.word());
        }
        assertThat(missing).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("io.signalbox.dialects.Spoken#all")
    void shouldSayInEachProbeTheWordThatItIsAbout(Spoken dialect) {
        for (Probe probe : dialect.probes()) {
            Stream<String> said =
                    probe.apps().stream()
                            .flatMap(
                                    app ->
                                            Stream.concat(
                                                    app.labels().keySet().stream(),
                                                    app.variables().keySet().stream()));
            assertThat(said.map(dialect::row).flatMap(Optional::stream).map(Row::key))
                    .as(probe.word())
                    .contains(probe.word());
            assertThat(probe.steps()).as(probe.word()).isNotEmpty();
        }
    }
}
