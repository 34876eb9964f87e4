package io.signalbox.applier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.signalbox.schemas.ApplyResult;
import io.signalbox.schemas.ApplyResult.How;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** An HAProxy that somebody else started. */
@Timeout(60)
class AttachedIT {
    @TempDir Path directory;

    @ParameterizedTest
    @MethodSource("io.signalbox.applier.Binaries#all")
    void shouldTakeOverTheConfigurationWithoutALostRequestAndKeepTheOriginal(Path binary)
            throws Exception {
        int port = ApplierIT.freePort();
        try (App original = App.start();
                App ours = App.start()) {
            Path file = directory.resolve("haproxy.cfg");
            String text = theirs(port, original.port());
            Files.writeString(file, text);
            Path master = directory.resolve("master.sock");
            Process haproxy =
                    new ProcessBuilder(
                                    binary.toString(),
                                    "-W",
                                    "-S",
                                    master.toString(),
                                    "-f",
                                    file.toString())
                            .redirectErrorStream(true)
                            .redirectOutput(directory.resolve("theirs.log").toFile())
                            .start();
            try {
                await().atMost(Duration.ofSeconds(10))
                        .ignoreExceptions()
                        .until(() -> Load.once(port, "a.example").status() == 200);
                try (Load load = Load.on(port, "a.example", 4);
                        Rig rig = Rig.attach(binary, directory.resolve("ours"), file, master)) {
                    GroupTopic topic = new GroupTopic(rig::offer);
                    topic.frame(port, 4, false)
                            .service("a", "a.example", GroupTopic.server("a", ours));
                    ApplyResult result = rig.awaitServing(topic.manifest());

                    assertThat(result.how()).isEqualTo(How.RELOAD);
                    assertThat(Load.once(port, "a.example").body()).isEqualTo(ours.id());
                    topic.service("b", "b.example", GroupTopic.server("b", ours));
                    assertThat(rig.awaitServing(topic.manifest()).how()).isEqualTo(How.RUNTIME);
                    load.end();
                    assertThat(load.failures()).isEmpty();
                }
                assertThat(directory.resolve("haproxy.cfg.before-signalbox")).hasContent(text);
                assertThat(Files.isSymbolicLink(file)).isTrue();
                assertThat(haproxy.isAlive()).isTrue();
            } finally {
                haproxy.destroy();
                haproxy.waitFor(5, TimeUnit.SECONDS);
            }
        }
    }

    private static String theirs(int port, int application) {
        return """
        global
            hard-stop-after 20s
        defaults
            mode http
            timeout connect 1s
            timeout client 20s
            timeout server 20s
        frontend theirs
            bind 127.0.0.1:%d
            option idle-close-on-response
            default_backend theirs
        backend theirs
            server one 127.0.0.1:%d
        """
                .formatted(port, application);
    }
}
