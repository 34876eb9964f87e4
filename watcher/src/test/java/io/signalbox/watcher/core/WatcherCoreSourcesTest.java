package io.signalbox.watcher.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.schemas.Container;
import io.signalbox.schemas.Container.State;
import io.signalbox.schemas.Fact;
import io.signalbox.schemas.Fact.ContainerGone;
import io.signalbox.schemas.Fact.ContainerObserved;
import io.signalbox.schemas.Fact.SnapshotBegan;
import io.signalbox.schemas.Fact.SnapshotEnded;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Sources beside the engine: each is said and swept by itself. */
class WatcherCoreSourcesTest {
    private static final String FILE = "file";
    private static final String DNS = "dns";
    private static final SnapshotBegan FILE_BEGAN = new SnapshotBegan(FILE, CoreDriver.IDENTITY);
    private static final SnapshotBegan DNS_BEGAN = new SnapshotBegan(DNS, CoreDriver.IDENTITY);
    private static final SnapshotBegan ENGINE_BEGAN =
            new SnapshotBegan("docker", CoreDriver.IDENTITY);

    private final CoreDriver driver = new CoreDriver(WatcherLimits.DEFAULT, FILE, DNS);

    @Test
    void shouldSayTheSnapshotOfEachSourceBeforeTheEngines() {
        driver.runs("c", Duration.ofSeconds(1));
        shows(FILE, true, "f1", "f2");
        shows(DNS, true);

        driver.active();

        assertThat(driver.facts())
                .containsExactly(
                        FILE_BEGAN,
                        observed("f1"),
                        observed("f2"),
                        new SnapshotEnded(FILE, 2),
                        DNS_BEGAN,
                        new SnapshotEnded(DNS, 0),
                        ENGINE_BEGAN,
                        CoreDriver.observed(driver.engine.get("c")),
                        new SnapshotEnded("docker", 1));
        assertThat(driver.published())
                .extracting(Output.Publish::source)
                .containsExactly(FILE, FILE, FILE, FILE, DNS, DNS, "docker", "docker", "docker");
        assertThat(driver.core.status().containers()).isEqualTo(3);
    }

    @Test
    void shouldSayWhatChangedOfASourceAtOnceAndNothingElse() {
        shows(FILE, true, "f1", "f2");
        shows(DNS, true);
        driver.active();
        driver.forget();

        shows(FILE, true, "f2", "f3");

        assertThat(driver.facts()).containsExactly(new ContainerGone("f1"), observed("f3"));
    }

    @Test
    void shouldNotSweepWhatASourceDoesNotKnowYet() {
        shows(FILE, true);
        shows(DNS, false, "d1");

        driver.active();

        assertThat(driver.facts()).contains(observed("d1")).doesNotContain(DNS_BEGAN);
        driver.forget();

        shows(DNS, true, "d1", "d2");

        assertThat(driver.facts())
                .containsExactly(
                        DNS_BEGAN, observed("d1"), observed("d2"), new SnapshotEnded(DNS, 2));
    }

    @Test
    void shouldBeginEachSessionWithASnapshotWhateverASourceDoesNotKnowYet() {
        shows(FILE, false, "f1");
        shows(DNS, false);

        driver.active();

        assertThat(driver.facts().getFirst()).isEqualTo(ENGINE_BEGAN);
        assertThat(driver.facts()).containsOnlyOnce(observed("f1"));
        driver.give(new Input.SendFailed(driver.attempt(), "broker away"));
        driver.forget();

        driver.opens();
        driver.pass(Duration.ofSeconds(1));

        assertThat(driver.facts().getFirst()).isEqualTo(ENGINE_BEGAN);
        assertThat(driver.facts()).containsOnlyOnce(observed("f1"));
    }

    @Test
    void shouldNotBeginASnapshotInsideTheEngines() {
        shows(DNS, true);
        driver.streamOpens();
        driver.opens();
        long call = driver.all(Output.ListContainers.class).getLast().call();
        driver.forget();

        shows(FILE, true, "f1");

        assertThat(driver.facts()).containsExactly(observed("f1"));
        driver.forget();
        driver.give(new Input.Listed(call, List.of()));

        assertThat(driver.facts())
                .containsExactly(
                        new SnapshotEnded("docker", 0),
                        FILE_BEGAN,
                        observed("f1"),
                        new SnapshotEnded(FILE, 1));
    }

    @Test
    void shouldSayAgainInTheNextSessionWhatWentInTheMeantime() {
        shows(FILE, true);
        shows(DNS, false, "d1", "d2");
        driver.active();
        driver.give(new Input.SendFailed(driver.attempt(), "broker away"));
        shows(DNS, false, "d2");
        driver.forget();

        driver.opens();

        assertThat(driver.facts())
                .contains(new ContainerGone("d1"), observed("d2"))
                .doesNotContain(DNS_BEGAN);
    }

    @Test
    void shouldServeOtherSourcesWhileTheEngineIsAway() {
        shows(FILE, true);
        shows(DNS, true);
        driver.active();
        driver.give(new Input.StreamLost(driver.stream(), "engine stopped"));
        driver.forget();

        shows(FILE, true, "f1");

        assertThat(driver.facts()).containsExactly(observed("f1"));
    }

    @Test
    void shouldSayALongListInStepsAsTheLogTakesIt() {
        shows(DNS, true);
        shows(FILE, true, IntStream.range(0, 2_500).mapToObj(n -> "f" + n).toArray(String[]::new));
        driver.streamOpens();
        driver.opens();

        int before = driver.facts().size();
        assertThat(before).isLessThan(1_100);
        while (driver.facts().stream().noneMatch(ENGINE_BEGAN::equals)) {
            driver.acknowledgeAll();
        }

        assertThat(driver.facts()).contains(new SnapshotEnded(FILE, 2_500));
        assertThat(driver.all(Output.CloseSession.class)).isEmpty();
    }

    private void shows(String source, boolean complete, String... ids) {
        List<Container> pictures = List.of(ids).stream().map(id -> picture(id)).toList();
        driver.give(new Input.Shown(source, pictures, complete));
    }

    private static Fact observed(String id) {
        return new ContainerObserved(picture(id));
    }

    private static Container picture(String id) {
        return SimulatedEngine.picture(id, State.RUNNING, Instant.EPOCH, "10.0.0.9");
    }
}
