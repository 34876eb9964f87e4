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

/** An applier that starts, and the first configuration that it is given. */
@Timeout(60)
class FirstLoadIT {
    private static final String BINARIES = "io.signalbox.applier.Binaries#all";
    private static final Duration SOON = Duration.ofSeconds(20);

    @TempDir Path directory;

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
