package io.signalbox.dialects;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every word of every dialect's table by requests through a real HAProxy: one for all words of a
 * dialect, and one for each that takes what no other does.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class DialectsIT {
    @TempDir private static Path keysDirectory;
    private static Certified keys;

    @TempDir private Path directory;

    @BeforeAll
    static void makeKeys() throws Exception {
        keys = new Certified(keysDirectory);
    }

    @ParameterizedTest
    @ValueSource(strings = {"2.6", "3.0"})
    void shouldDoWithRequestsWhatEachWordMeans(String version) throws Exception {
        Trial trial = new Trial(directory, keys);
        List<Callable<List<String>>> sites = new ArrayList<>();
        for (Spoken dialect : Spoken.all()) {
            List<Probe> probes = dialect.probes();
            List<Probe> together = probes.stream().filter(Predicate.not(Probe::alone)).toList();
            List<String> followed = List.of("signalbox", dialect.word());
            sites.add(() -> trial.failed(version, followed, together));
            probes.stream()
                    .filter(Probe::alone)
                    .forEach(
                            probe ->
                                    sites.add(
                                            () -> trial.failed(version, followed, List.of(probe))));
        }

        List<String> failed = Trial.all(sites).stream().flatMap(List::stream).toList();

        assertThat(failed).isEmpty();
    }
}
