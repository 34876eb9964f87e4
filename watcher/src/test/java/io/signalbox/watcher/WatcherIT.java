package io.signalbox.watcher;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.process.ProcessRuntime;
import io.signalbox.schemas.Container;
import io.signalbox.schemas.Event;
import io.signalbox.schemas.Fact;
import io.signalbox.schemas.Liveness;
import io.signalbox.schemas.WatcherControl;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The whole process on the real engine and a real broker. */
@Timeout(180)
class WatcherIT {
    @TempDir Path directory;
    private WatcherLab lab;
    private Docker docker;

    @BeforeEach
    void start() throws Exception {
        docker = new Docker("sbw-process-");
        lab = WatcherLab.start(directory);
    }

    @AfterEach
    void stop() {
        lab.close();
        docker.close();
    }

    @Test
    void shouldWriteItsHostsContainersInOneSession() {
        try (ProcessRuntime watcher = lab.watcher(Map.of("advertised-address", "192.0.2.7"))) {
            WatcherLab.awaitReady(watcher);
            String id = docker.start("one", "--label", "signalbox.enable=true");
            Event running = lab.await(observed(id, Container.State.RUNNING));
            docker.run("kill", docker.name("one"));
            lab.await(observed(id, Container.State.EXITED));

            List<Event> events = lab.events();
            assertThat(events.getFirst().fact()).isInstanceOf(Fact.SessionOpened.class);
            assertThat(running.session()).isZero();
            for (int index = 1; index < events.size(); index++) {
                assertThat(events.get(index).session()).isZero();
                assertThat(events.get(index).seq()).isEqualTo(index);
            }
            assertThat(((Fact.SnapshotBegan) events.get(1).fact()).identity().address())
                    .isEqualTo("192.0.2.7");
            assertThat(events).anyMatch(event -> event.fact() instanceof Fact.ContainerStopping);
            assertThat(lab.beats()).contains(new Liveness.HostBeat(WatcherLab.HOST, 0));
            assertThat(watcher.metrics().scrape())
                    .containsPattern("facts_published_total\\{kind=\"ContainerObserved\"} [1-9]")
                    .containsPattern("propagation_seconds_count\\{hop=\"engine\"} [1-9]")
                    .containsPattern("propagation_seconds_count\\{hop=\"publish\"} [1-9]")
                    .contains("signalbox_watcher_engine_up 1");
        }
        assertThat(lab.failures).isEmpty();
    }

    @Test
    void shouldOpenNewSessionWithSnapshotWhenResyncIsWanted() throws Exception {
        try (ProcessRuntime watcher = lab.watcher(Map.of())) {
            WatcherLab.awaitReady(watcher);
            long first = lab.awaitSessionAfter(-1);

            lab.say(control(first, -1, first, false));

            assertThat(lab.awaitSessionAfter(first)).isGreaterThan(first);
        }
    }

    @Test
    void shouldStandByForHigherSessionUntilItIsSuspected() throws Exception {
        try (ProcessRuntime first = lab.watcher(Map.of())) {
            WatcherLab.awaitReady(first);
            long old = lab.awaitSessionAfter(-1);
            long higher = old + 1_000;

            lab.say(control(higher, -1, -1, false));
            String during = docker.start("standby");
            lab.say(control(higher, -1, -1, true));

            long taken = lab.awaitSessionAfter(old);
            assertThat(lab.events())
                    .filteredOn(observed(during, Container.State.RUNNING))
                    .isNotEmpty()
                    .allMatch(event -> event.session() == taken);
        }
    }

    @Test
    void shouldSupersedeWithNewSessionAfterTheBrokerWasAway() {
        try (ProcessRuntime watcher = lab.watcher(Map.of())) {
            WatcherLab.awaitReady(watcher);
            long first = lab.awaitSessionAfter(-1);

            lab.broker.stop();
            String id = docker.start("meanwhile");
            Awaitility.await()
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> watcher.readiness().causes().containsKey("kafka"));
            lab.broker.startAgain();

            long next = lab.awaitSessionAfter(first);
            lab.await(observed(id, Container.State.RUNNING).and(e -> e.session() == next));
            lab.await(e -> e.session() == next && e.fact() instanceof Fact.Gap);
        }
        assertThat(lab.failures).isEmpty();
    }

    @Test
    void shouldNeverTellSecrets() throws Exception {
        List<String> secrets =
                List.of(
                        "s3cr3t-env",
                        "s3cr3t-label",
                        "s3cr3t-cmd",
                        "s3cr3t-exec",
                        "s3cr3t-df",
                        "s3cr3t-basic",
                        "s3cr3t-key",
                        "s3cr3t-traefik",
                        "s3cr3t-mount");
        String scraped;
        LoggedWords logged = new LoggedWords();
        try (logged;
                ProcessRuntime watcher = lab.watcher(Map.of())) {
            WatcherLab.awaitReady(watcher);
            String id =
                    docker.start(
                            "secrets",
                            "--env",
                            "DB_PASSWORD=s3cr3t-env",
                            "--env",
                            "SERVICE_PASSWORD=s3cr3t-env",
                            "--env",
                            "HTTP_BASIC_AUTH=admin:s3cr3t-basic",
                            "--env",
                            "SSL_CERT=-----BEGIN PRIVATE KEY----- s3cr3t-key",
                            "--label",
                            "org.example.token=s3cr3t-label",
                            "--label",
                            "com.df.users=admin:s3cr3t-df,joe:s3cr3t-df",
                            "--label",
                            "com.df.serviceCert=s3cr3t-key",
                            "--label",
                            "traefik.http.middlewares.a.basicauth.users=u:s3cr3t-traefik",
                            "--label",
                            "traefik.http.middlewares.a.headers.customrequestheaders.X=s3cr3t-traefik",
                            "--volume",
                            "/tmp:/s3cr3t-mount",
                            "--",
                            "/bin/sh",
                            "-c",
                            "echo s3cr3t-cmd; sleep 1000");
            lab.await(observed(id, Container.State.RUNNING));
            docker.run("exec", docker.name("secrets"), "/bin/sh", "-c", "echo s3cr3t-exec");
            docker.run("rm", "-f", docker.name("secrets"));
            lab.await(event -> event.fact().equals(new Fact.ContainerGone(id)));
            scraped = watcher.metrics().scrape();
        }

        assertThat(logged.words()).contains("session opened");
        for (String secret : secrets) {
            assertThat(lab.bytes())
                    .allSatisfy(
                            bytes ->
                                    assertThat(new String(bytes, ISO_8859_1))
                                            .doesNotContain(secret));
            assertThat(scraped).doesNotContain(secret);
            assertThat(logged.words()).doesNotContain(secret);
        }
        assertThat(lab.bytes())
                .anyMatch(bytes -> new String(bytes, ISO_8859_1).contains("$6$rounds=1000$"))
                .anyMatch(bytes -> new String(bytes, ISO_8859_1).contains("sha256:"));
    }

    @Test
    void shouldNameAnEngineThatIsMissingAndWaitForIt() {
        Path socket = directory.resolve("missing.sock");
        try (ProcessRuntime watcher = lab.watcher(Map.of("docker-host", "unix://" + socket))) {
            Awaitility.await()
                    .atMost(Duration.ofSeconds(10))
                    .until(
                            () ->
                                    watcher.readiness()
                                            .causes()
                                            .getOrDefault("docker", "")
                                            .contains(socket.toString()));
        }
        assertThat(lab.failures).isEmpty();
    }

    private static WatcherControl control(
            long current, long refused, long resync, boolean suspected) {
        return new WatcherControl(
                WatcherLab.HOST, current, refused, "", resync, suspected, List.of());
    }

    private static Predicate<Event> observed(String id, Container.State state) {
        return event ->
                event.fact() instanceof Fact.ContainerObserved(Container container)
                        && container.id().equals(id)
                        && container.state() == state;
    }
}
