package io.signalbox.applier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.signalbox.applier.core.plan.Step.DeleteServer;
import io.signalbox.haproxy.Capabilities;
import io.signalbox.haproxy.ConfigPath;
import io.signalbox.haproxy.Identifier;
import io.signalbox.haproxy.Reply;
import io.signalbox.haproxy.RuntimeCommand;
import io.signalbox.haproxy.RuntimeCommand.SetServerState.State;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** How a server with a request under way is deleted. */
@Timeout(60)
class LeavingIT {
    private static final Identifier BACKEND = new Identifier("service_a");
    private static final Identifier SERVER = new Identifier("a.streams");
    private static final DeleteServer DELETE = new DeleteServer("service_a", "a.streams");

    @TempDir Path directory;

    @ParameterizedTest
    @MethodSource("io.signalbox.applier.Binaries#all")
    void shouldWaitForAnEmptyServerAMomentOnlyAndDeleteItWhenItIs(Path binary) throws Exception {
        try (Rig rig = Rig.start(binary, directory);
                Streams streams = Streams.start()) {
            int port = ApplierIT.freePort();
            GroupTopic topic = new GroupTopic(rig::offer);
            topic.frame(port, 2, true)
                    .service(
                            "a",
                            "a.example",
                            GroupTopic.server(
                                    "a.streams", streams.startedAt(), streams.port(), false));
            rig.awaitServing(topic.manifest());
            WorkerLink link = new WorkerLink(rig.places.runtimeSocket());
            Capabilities capabilities = link.info().version().capabilities();
            ConfigPath maps = new ConfigPath(rig.mapsDirectory().toString());
            // From here on nobody but this test talks to the worker.
            rig.kill();
            try (Socket download = Streams.ask(port, "a.example", "/download")) {
                assertThat(download.getInputStream().read()).isEqualTo('H');
                rig.say(new RuntimeCommand.SetServerState(BACKEND, SERVER, State.MAINT));

                long began = System.nanoTime();
                var kept = link.execute(List.of(DELETE), maps, capabilities);
                Duration took = Duration.ofNanos(System.nanoTime() - began);

                assertThat(kept.lingering()).containsExactly(DELETE);
                assertThat(kept.refused()).isEmpty();
                if (capabilities.waitForRemovable()) {
                    assertThat(took).isGreaterThanOrEqualTo(Duration.ofMillis(3));
                }
                assertThat(took).isLessThan(Duration.ofSeconds(2));
                streams.finish();
                if (capabilities.waitForRemovable()) {
                    assertThat(
                                    rig.say(
                                            new RuntimeCommand.WaitRemovable(
                                                    BACKEND, SERVER, Duration.ofSeconds(4))))
                            .allMatch(Reply.Ok.class::isInstance);
                }
                await().atMost(Duration.ofSeconds(10))
                        .until(
                                () ->
                                        link.execute(List.of(DELETE), maps, capabilities)
                                                .done()
                                                .equals(List.of(DELETE)));
            }
            assertThat(rig.server("service_a", "a.streams")).isEmpty();
        }
    }
}
