package io.signalbox.watcher;

import static io.signalbox.watcher.RunningWatcher.observed;
import static io.signalbox.watcher.RunningWatcher.running;
import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.schemas.Container;
import io.signalbox.schemas.Event;
import io.signalbox.schemas.Fact;
import io.signalbox.schemas.Withheld;
import io.signalbox.watcher.core.HostFold;
import io.signalbox.watcher.core.WatcherLimits;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The real engine behind a socket that fails; and containers that mean no good. */
@Timeout(180)
class EngineFaultsIT {
    private static final WatcherLimits QUICK =
            new WatcherLimits(
                    10_000,
                    16 << 20,
                    Duration.ofSeconds(1),
                    Duration.ofSeconds(5),
                    Duration.ofSeconds(5),
                    Duration.ofSeconds(1),
                    Duration.ofMillis(300),
                    Duration.ofMillis(500),
                    Duration.ofMillis(500),
                    4);

    private static final int SLOW_ONES = 10;

    @TempDir Path directory;
    private Docker docker;
    private EngineProxy proxy;
    private RunningWatcher watcher;

    @BeforeEach
    void start() throws Exception {
        docker = new Docker("sbw-faults-");
        proxy = new EngineProxy(directory.resolve("engine.sock"));
        watcher = new RunningWatcher(proxy.address(), QUICK, Duration.ofSeconds(2)).ready();
    }

    @AfterEach
    void stop() throws Exception {
        watcher.close();
        proxy.close();
        docker.close();
    }

    @Test
    void shouldEndUpRightHoweverOftenItsStreamIsCut() {
        Random random = new Random(1);
        List<String> ids = new ArrayList<>();
        for (int round = 0; round < 12; round++) {
            String name = "cut" + round;
            ids.add(docker.start(name));
            proxy.cut();
            switch (random.nextInt(3)) {
                case 0 -> docker.run("rm", "-f", docker.name(name));
                case 1 -> docker.run("kill", docker.name(name));
                default -> docker.run("pause", docker.name(name));
            }
        }

        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(100))
                .untilAsserted(() -> assertThat(said(ids)).isEqualTo(truth()));
        assertThat(watcher.events()).anyMatch(event -> event.fact() instanceof Fact.Gap);
    }

    @Test
    void shouldNameAFrozenEngineAndGoOnWhenItThaws() {
        proxy.freeze();
        Awaitility.await()
                .atMost(Duration.ofSeconds(40))
                .until(
                        () ->
                                watcher.readiness()
                                        .causes()
                                        .getOrDefault("docker", "")
                                        .contains("no answer within 2000 ms"));
        String id = docker.start("frozen");

        proxy.thaw();

        watcher.await(0, running(id));
        Awaitility.await().atMost(Duration.ofSeconds(40)).until(() -> watcher.readiness().ready());
    }

    @Test
    void shouldAwaitAnEngineThatWentAway() throws Exception {
        proxy.goAway();
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .until(() -> watcher.readiness().causes().containsKey("docker"));
        String id = docker.start("away");

        proxy.comeBack();

        watcher.await(0, running(id));
        assertThat(watcher.fatal()).isEmpty();
    }

    @Test
    void shouldSeeAContainerWhileTheEngineStillStartsManyOthers() throws Exception {
        watcher.close();
        watcher = new RunningWatcher(proxy.address(), QUICK, Duration.ofSeconds(60)).ready();
        proxy.holdInspections(true);
        for (int index = 0; index < SLOW_ONES; index++) {
            docker.start("slow" + index);
        }
        Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> proxy.held() >= SLOW_ONES);
        proxy.holdInspections(false);

        String id = docker.start("quick");

        watcher.await(0, running(id));
    }

    @Test
    void shouldSayHostileLabelsWithoutBreaking() {
        String id =
                docker.start(
                        "hostile",
                        "--label",
                        "signalbox.host=a\nb\";c",
                        "--label",
                        "signalbox.path=" + "x".repeat(64 * 1024),
                        "--label",
                        "signalbox.service=\u202e\uD83D\uDE00");

        Event event = watcher.await(0, running(id));

        Container container = ((Fact.ContainerObserved) event.fact()).container();
        assertThat(container.labels())
                .containsEntry("signalbox.host", "a\nb\";c")
                .containsEntry("signalbox.service", "\u202e\uD83D\uDE00")
                .containsEntry(
                        "signalbox.path", new Withheld(Withheld.VALUE_TOO_LONG, "65536").text());
        watcher.await(0, observed(id, picture -> true));
    }

    private Map<String, Container.State> said(List<String> ids) {
        HostFold fold = new HostFold();
        long offset = 0;
        for (Event event : watcher.events()) {
            fold.take(offset++, event);
        }
        Map<String, Container.State> states = new TreeMap<>();
        fold.entries()
                .forEach(
                        (id, entry) -> {
                            if (ids.contains(id)) {
                                states.put(id, entry.container().state());
                            }
                        });
        return states;
    }

    private Map<String, Container.State> truth() {
        Map<String, Container.State> states = new TreeMap<>();
        docker.run(
                        "ps",
                        "-a",
                        "--no-trunc",
                        "--filter",
                        "name=^" + docker.name(""),
                        "--format",
                        "{{.ID}} {{.State}}")
                .lines()
                .map(line -> line.split(" ", 2))
                .forEach(
                        row ->
                                states.put(
                                        row[0],
                                        Container.State.valueOf(
                                                row[1].strip()
                                                        .toUpperCase(java.util.Locale.ROOT))));
        return states;
    }
}
