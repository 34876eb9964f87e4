package io.signalbox.applier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** One topic and the HAProxies that follow it. */
@Timeout(60)
class FleetIT {
    private static final String BINARIES = "io.signalbox.applier.Binaries#all";
    private static final Duration SOON = Duration.ofSeconds(20);

    @TempDir Path directory;
    @TempDir Path other;

    @ParameterizedTest
    @MethodSource(BINARIES)
    void shouldBringEveryChangeToEveryReplica(Path binary) throws Exception {
        try (Rig first = Rig.start(binary, directory);
                Rig second = Rig.start(binary, other);
                App one = App.start();
                App two = App.start()) {
            // HAProxies of one user share a port, and the kernel shares out the connections.
            int port = ApplierIT.freePort();
            GroupTopic topic =
                    new GroupTopic(
                            input -> {
                                first.offer(input);
                                second.offer(input);
                            });
            topic.frame(port, 4, true).service("a", "a.example", GroupTopic.server("a", one));
            long start = topic.manifest();
            first.awaitServing(start);
            second.awaitServing(start);
            topic.service("b", "b.example", GroupTopic.server("b", two));
            long change = topic.manifest();
            first.awaitServing(change);
            second.awaitServing(change);
            long ofFirst = requests(first);
            long ofSecond = requests(second);

            for (int i = 0; i < 40; i++) {
                assertThat(Load.once(port, "a.example").body()).isEqualTo(one.id());
                assertThat(Load.once(port, "b.example").body()).isEqualTo(two.id());
            }

            assertThat(requests(first)).isGreaterThan(ofFirst);
            assertThat(requests(second)).isGreaterThan(ofSecond);
        }
    }

    private static long requests(Rig rig) throws Exception {
        return Long.parseLong(
                new WorkerLink(rig.places.runtimeSocket()).info().values().get("CumReq"));
    }

    @ParameterizedTest
    @MethodSource(BINARIES)
    void shouldBeReadyOnlyOnceTheFirstConfigurationServesAsAWhole(Path binary) throws Exception {
        try (Rig rig = Rig.start(binary, directory);
                App one = App.start();
                App two = App.start()) {
            int port = ApplierIT.freePort();
            GroupTopic topic = new GroupTopic(rig::offer);
            topic.frame(port, 4, true)
                    .service("a", "a.example", GroupTopic.server("a", one))
                    .service("b", "b.example", GroupTopic.server("b", two));
            assertThat(rig.readiness.causes()).containsKey("loaded");
            assertThatThrownBy(() -> new Socket(InetAddress.getLoopbackAddress(), port).close())
                    .isInstanceOf(ConnectException.class);

            topic.manifest();
            await().atMost(SOON).until(rig.readiness::ready);

            assertThat(Load.once(port, "a.example").body()).isEqualTo(one.id());
            assertThat(Load.once(port, "b.example").body()).isEqualTo(two.id());
        }
    }
}
