package io.signalbox.applier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.signalbox.schemas.ApplyResult;
import io.signalbox.schemas.ApplyResult.How;
import io.signalbox.schemas.ApplyResult.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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
            Process haproxy = start(binary, "-W", "-S", master.toString(), "-f", file.toString());
            try {
                awaitServing(port);
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

    @ParameterizedTest
    @MethodSource("io.signalbox.applier.Binaries#all")
    void shouldReloadByACommandWithoutALostRequest(Path binary) throws Exception {
        int port = ApplierIT.freePort();
        Path file = directory.resolve("haproxy.cfg");
        Path pid = directory.resolve("theirs.pid");
        try (App original = App.start();
                App ours = App.start()) {
            Files.writeString(file, theirs(port, original.port()));
            Process haproxy = start(binary, "-W", "-p", pid.toString(), "-f", file.toString());
            try {
                awaitServing(port);
                String command = "kill -USR2 $(head -n 1 " + pid + ")";
                try (Load load = Load.on(port, "a.example", 4);
                        Rig rig = Rig.attach(binary, directory.resolve("ours"), file, command)) {
                    GroupTopic topic = new GroupTopic(rig::offer);
                    topic.frame(port, 4, false)
                            .service("a", "a.example", GroupTopic.server("a", ours));
                    ApplyResult result = rig.awaitServing(topic.manifest());
                    assertThat(result.how()).isEqualTo(How.RELOAD);
                    assertThat(Load.once(port, "a.example").body()).isEqualTo(ours.id());

                    long worker = rig.worker();
                    topic.frame(port, 5, false);
                    assertThat(rig.awaitServing(topic.manifest()).how()).isEqualTo(How.RELOAD);
                    assertThat(rig.worker()).isNotEqualTo(worker);
                    load.end();
                    assertThat(load.failures()).isEmpty();
                }
            } finally {
                haproxy.destroy();
                haproxy.waitFor(5, TimeUnit.SECONDS);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("io.signalbox.applier.Binaries#all")
    void shouldSayWhatAReloadCommandSaysThatFailsAndTakeTheNewFilesBack(Path binary)
            throws Exception {
        int port = ApplierIT.freePort();
        Path file = directory.resolve("haproxy.cfg");
        Path pid = directory.resolve("theirs.pid");
        Path broken = directory.resolve("broken");
        try (App original = App.start();
                App ours = App.start()) {
            Files.writeString(file, theirs(port, original.port()));
            Process haproxy = start(binary, "-W", "-p", pid.toString(), "-f", file.toString());
            try {
                awaitServing(port);
                String command =
                        "if [ -e %s ]; then echo 'unit is masked' >&2; exit 4; fi; kill -USR2 $(head -n 1 %s)"
                                .formatted(broken, pid);
                try (Rig rig = Rig.attach(binary, directory.resolve("ours"), file, command)) {
                    GroupTopic topic = new GroupTopic(rig::offer);
                    topic.frame(port, 4, false)
                            .service("a", "a.example", GroupTopic.server("a", ours));
                    rig.awaitServing(topic.manifest());
                    String good = rig.configuration();
                    Files.createFile(broken);

                    topic.frame(port, 5, false);
                    ApplyResult result = rig.await(topic.manifest());

                    assertThat(result.outcome()).isEqualTo(Outcome.FAILED);
                    assertThat(result.reason()).contains("ended with 4", "unit is masked");
                    assertThat(rig.configuration()).isEqualTo(good);
                    assertThat(Load.once(port, "a.example").body()).isEqualTo(ours.id());

                    Files.delete(broken);
                    while (result.outcome() != Outcome.APPLIED) {
                        result = rig.await(2);
                    }
                    assertThat(result.how()).isEqualTo(How.RELOAD);
                }
            } finally {
                haproxy.destroy();
                haproxy.waitFor(5, TimeUnit.SECONDS);
            }
        }
    }

    private Process start(Path binary, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(binary.toString()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("theirs.log").toFile())
                .start();
    }

    private static void awaitServing(int port) {
        await().atMost(Duration.ofSeconds(10))
                .ignoreExceptions()
                .until(() -> Load.once(port, "a.example").status() == 200);
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
