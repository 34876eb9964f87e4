package io.signalbox.watcher;

import static io.signalbox.watcher.RunningWatcher.observed;
import static io.signalbox.watcher.RunningWatcher.running;
import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.schemas.Container;
import io.signalbox.schemas.Container.Health;
import io.signalbox.schemas.Container.State;
import io.signalbox.schemas.Event;
import io.signalbox.schemas.Fact;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What happens on the real engine comes out as facts. */
@Timeout(120)
class DockerSourceIT {
    private Docker docker;
    private RunningWatcher watcher;

    @BeforeEach
    void start() {
        docker = new Docker("sbw-source-");
        watcher = RunningWatcher.onLocalEngine();
    }

    @AfterEach
    void stop() {
        watcher.close();
        docker.close();
    }

    @Test
    void shouldSaySnapshotWithEverythingThatRunsAlready() {
        watcher.close();
        String id = docker.start("before");

        watcher = RunningWatcher.onLocalEngine().ready();

        List<Event> events = watcher.events();
        assertThat(events.getFirst().fact()).isInstanceOf(Fact.SessionOpened.class);
        assertThat(events.getFirst().session()).isEqualTo(Event.NO_SESSION);
        assertThat(events.get(1).fact()).isInstanceOf(Fact.SnapshotBegan.class);
        assertThat(events.get(1).seq()).isEqualTo(1);
        watcher.await(0, running(id));
        Fact ended = watcher.await(0, Fact.SnapshotEnded.class::isInstance).fact();
        long said =
                events.stream()
                        .map(Event::fact)
                        .takeWhile(fact -> !(fact instanceof Fact.SnapshotEnded))
                        .filter(Fact.ContainerObserved.class::isInstance)
                        .map(fact -> ((Fact.ContainerObserved) fact).container().id())
                        .distinct()
                        .count();
        assertThat(ended).isEqualTo(new Fact.SnapshotEnded("docker", Math.toIntExact(said)));
    }

    @Test
    void shouldSayStartWithFullPicture() {
        watcher.ready();
        int from = watcher.events().size();

        String id =
                docker.start(
                        "start",
                        "--label",
                        "signalbox.enable=true",
                        "--label",
                        "secret.thing=hunter2",
                        "--env",
                        "VIRTUAL_HOST=a.example",
                        "--env",
                        "PASSWORD=hunter2",
                        "--expose",
                        "8080",
                        "--publish",
                        "127.0.0.1::9090",
                        "--stop-timeout",
                        "7");

        Event event = watcher.await(from, running(id));
        Container container = ((Fact.ContainerObserved) event.fact()).container();
        assertThat(container.name()).isEqualTo(docker.name("start"));
        assertThat(container.image()).isEqualTo(Docker.IMAGE);
        assertThat(container.startedAt()).isNotNull();
        assertThat(container.health()).isEqualTo(Health.NONE);
        assertThat(container.labels()).containsOnlyKeys("signalbox.enable");
        assertThat(container.environment()).containsOnlyKeys("VIRTUAL_HOST");
        assertThat(container.exposed()).extracting(Container.ExposedPort::port).contains(8080);
        assertThat(container.published())
                .singleElement()
                .satisfies(port -> assertThat(port.hostIp()).isEqualTo("127.0.0.1"))
                .satisfies(port -> assertThat(port.containerPort()).isEqualTo(9090));
        assertThat(container.networks())
                .singleElement()
                .satisfies(network -> assertThat(network.name()).isEqualTo("bridge"))
                .satisfies(network -> assertThat(network.ipv4()).isNotNull())
                .satisfies(network -> assertThat(network.shared()).isFalse());
        assertThat(container.stopTimeoutSeconds()).isEqualTo(7);
        assertThat(event.dockerTime()).isNotNull();
    }

    @Test
    void shouldSayStoppingBeforeTheContainerDies() {
        watcher.ready();
        String id =
                docker.start(
                        "stop", "--", "/bin/sh", "-c", "trap 'exit 3' TERM; sleep 1000 & wait");
        Event started = watcher.await(0, running(id));
        Instant run =
                Objects.requireNonNull(
                        ((Fact.ContainerObserved) started.fact()).container().startedAt());
        int from = watcher.events().size();

        docker.run("stop", docker.name("stop"));

        Event stopping = watcher.await(from, Fact.ContainerStopping.class::isInstance);
        Event exited =
                watcher.await(from, observed(id, container -> container.state() == State.EXITED));
        assertThat(stopping.fact()).isEqualTo(new Fact.ContainerStopping(id, run));
        assertThat(stopping.seq()).isLessThan(exited.seq());
        assertThat(((Fact.ContainerObserved) exited.fact()).container().exitCode()).isEqualTo(3);
    }

    @Test
    void shouldNotTakeReloadSignalForStop() {
        watcher.ready();
        String id = docker.start("hup", "--", "/bin/sh", "-c", "trap '' HUP; sleep 1000 & wait");
        watcher.await(0, running(id));
        int from = watcher.events().size();

        docker.run("kill", "-s", "HUP", docker.name("hup"));
        docker.run("rm", "-f", docker.name("hup"));

        watcher.await(from, fact -> fact.equals(new Fact.ContainerGone(id)));
        List<Fact> facts = watcher.events().stream().skip(from).map(Event::fact).toList();
        assertThat(facts).filteredOn(Fact.ContainerStopping.class::isInstance).hasSize(1);
    }

    @Test
    void shouldSayHealthAndPause() {
        watcher.ready();
        String id =
                docker.start(
                        "health",
                        "--health-cmd",
                        "test -e /healthy",
                        "--health-interval",
                        "200ms",
                        "--health-retries",
                        "1");
        watcher.await(0, observed(id, container -> container.health() == Health.UNHEALTHY));

        docker.run("exec", docker.name("health"), "/bin/sh", "-c", ": > /healthy");
        watcher.await(0, observed(id, container -> container.health() == Health.HEALTHY));

        docker.run("pause", docker.name("health"));
        watcher.await(0, observed(id, container -> container.state() == State.PAUSED));
        int from = watcher.events().size();
        docker.run("unpause", docker.name("health"));
        watcher.await(from, running(id));
    }

    @Test
    void shouldSayNetworksAndNamesOfRunningContainer() {
        watcher.ready();
        String id = docker.start("net");
        watcher.await(0, running(id));
        docker.run("network", "create", docker.name("blue"));

        docker.run("network", "connect", docker.name("blue"), docker.name("net"));
        watcher.await(0, observed(id, container -> container.networks().size() == 2));
        int from = watcher.events().size();
        docker.run("network", "disconnect", "bridge", docker.name("net"));
        watcher.await(from, observed(id, container -> container.networks().size() == 1));

        docker.run("rename", docker.name("net"), docker.name("other"));
        watcher.await(from, observed(id, c -> c.name().equals(docker.name("other"))));
    }

    @Test
    void shouldSayGoneOnce() {
        watcher.ready();
        String id = docker.start("gone");
        watcher.await(0, running(id));
        int from = watcher.events().size();

        docker.run("rm", "-f", docker.name("gone"));

        watcher.await(from, fact -> fact.equals(new Fact.ContainerGone(id)));
        assertThat(watcher.events())
                .extracting(Event::fact)
                .containsOnlyOnce(new Fact.ContainerGone(id));
    }

    @Test
    void shouldNumberFactsWithoutHoles() {
        watcher.ready();
        for (int index = 0; index < 5; index++) {
            String id = docker.start("many" + index);
            watcher.await(0, running(id));
            docker.run("rm", "-f", docker.name("many" + index));
            watcher.await(0, fact -> fact.equals(new Fact.ContainerGone(id)));
        }

        List<Event> events = watcher.events().stream().skip(1).toList();
        for (int index = 0; index < events.size(); index++) {
            assertThat(events.get(index).seq()).isEqualTo(index + 1L);
        }
    }
}
