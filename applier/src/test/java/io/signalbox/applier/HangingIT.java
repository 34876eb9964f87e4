package io.signalbox.applier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.signalbox.schemas.ApplyResult;
import io.signalbox.schemas.ApplyResult.Outcome;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** An HAProxy that is stopped, not ended: its sockets take connections and answer nothing. */
@Timeout(120)
class HangingIT {
    private static final String BINARIES = "io.signalbox.applier.Binaries#all";

    /** Longer than any command waits for the worker, with room for a busy machine. */
    private static final Duration LONGEST_SILENCE = Duration.ofSeconds(8);

    @TempDir Path directory;

    @ParameterizedTest
    @MethodSource(BINARIES)
    void shouldGoOnBeatingWhileHaproxyHangsAndCatchUpWhenItGoesOn(Path binary) throws Exception {
        try (Rig rig = Rig.start(binary, directory);
                App one = App.start();
                App two = App.start()) {
            int port = ApplierIT.freePort();
            GroupTopic topic = new GroupTopic(rig::offer);
            topic.frame(port, 8, true).service("a", "a.example", GroupTopic.server("a", one));
            rig.awaitServing(topic.manifest());
            List<Long> processes = List.of(rig.master(), rig.worker());
            signal("STOP", processes);
            try {
                topic.service("a", "a.example", GroupTopic.server("a", two));
                topic.manifest();
                for (int beats = 0; beats < 3; beats++) {
                    rig.beat.set(null);
                    await().atMost(LONGEST_SILENCE).until(() -> rig.beat.get() != null);
                }
                await().atMost(LONGEST_SILENCE)
                        .until(() -> rig.readiness.causes().containsKey("haproxy"));
            } finally {
                signal("CONT", processes);
            }
            ApplyResult result = rig.awaitServing(2);
            assertThat(result.outcome()).isEqualTo(Outcome.APPLIED);
            assertThat(Load.once(port, "a.example").body()).isEqualTo(two.id());
            assertThat(rig.worker()).isEqualTo(processes.getLast());
            assertThat(rig.fatal.get()).isNull();
        }
    }

    @ParameterizedTest
    @MethodSource(BINARIES)
    void shouldGiveUpAReloadThatHangsAndDoItWhenTheMasterGoesOn(Path binary) throws Exception {
        try (Rig rig = Rig.start(binary, directory);
                App one = App.start()) {
            int port = ApplierIT.freePort();
            GroupTopic topic = new GroupTopic(rig::offer);
            topic.frame(port, 8, true).service("a", "a.example", GroupTopic.server("a", one));
            rig.awaitServing(topic.manifest());
            List<Long> master = List.of(rig.master());
            signal("STOP", master);
            try {
                topic.frame(port, 9, true);
                ApplyResult result = rig.await(topic.manifest(), Duration.ofSeconds(40));
                assertThat(result.outcome()).isEqualTo(Outcome.FAILED);
                assertThat(Load.once(port, "a.example").status()).isEqualTo(200);
            } finally {
                signal("CONT", master);
            }
            ApplyResult result = rig.await(2, Duration.ofSeconds(40));
            while (result.outcome() != Outcome.APPLIED) {
                result = rig.await(2, Duration.ofSeconds(40));
            }
            assertThat(Load.once(port, "a.example").status()).isEqualTo(200);
        }
    }

    private static void signal(String name, List<Long> processes) throws Exception {
        for (long process : processes) {
            int exit =
                    new ProcessBuilder("/bin/kill", "-" + name, Long.toString(process))
                            .inheritIO()
                            .start()
                            .waitFor();
            assertThat(exit).isZero();
        }
    }
}
