package io.signalbox.watcher.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.schemas.Container;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever fails meanwhile: once faults stop, the log says what engine and lists say. */
class WatcherCorePropertyTest {
    private static final int SEEDS = 400;

    static LongStream seeds() {
        String one = System.getProperty("signalbox.seed");
        return one == null ? LongStream.range(0, SEEDS) : LongStream.of(Long.parseLong(one));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void shouldSayWhatItsSourcesShowOnceFaultsStop(long seed) {
        HostSimulation host = new HostSimulation(seed);

        host.run(seed % 3 == 0 ? 4_000 : 1_200);
        host.heal(60);

        String story = String.join("\n", host.trace);
        assertThat(pictures(host.fold)).describedAs(story).isEqualTo(wanted(host));
        assertThat(stopping(host.fold)).describedAs(story).isZero();
        assertThat(host.nodes())
                .describedAs(story)
                .filteredOn(HostSimulation.Node::alive)
                .extracting(HostSimulation.Node::status)
                .filteredOn(status -> status.mode() == WatcherMode.ACTIVE)
                .singleElement()
                .satisfies(status -> assertThat(status.session()).isEqualTo(host.fold.session()));
    }

    private static Map<String, Container> wanted(HostSimulation host) {
        Map<String, Container> pictures = new TreeMap<>(host.engine.pictures());
        pictures.putAll(host.files.pictures());
        pictures.putAll(host.names.pictures());
        return pictures;
    }

    private static Map<String, Container> pictures(HostFold fold) {
        Map<String, Container> pictures = new TreeMap<>();
        fold.entries().forEach((id, entry) -> pictures.put(id, entry.container()));
        return pictures;
    }

    private static long stopping(HostFold fold) {
        return fold.entries().values().stream()
                .filter(entry -> entry.stopping())
                .filter(entry -> entry.container().state() == Container.State.RUNNING)
                .count();
    }
}
