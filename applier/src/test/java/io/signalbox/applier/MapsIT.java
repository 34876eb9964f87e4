package io.signalbox.applier;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.haproxy.MapName;
import io.signalbox.schemas.ApplyResult;
import io.signalbox.schemas.ApplyResult.How;
import io.signalbox.schemas.ApplyResult.Outcome;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Maps that change in bulk. */
@Timeout(120)
class MapsIT {
    private static final String LONG = "x".repeat(50) + "." + "y".repeat(50) + ".example";

    @TempDir Path directory;

    @ParameterizedTest
    @MethodSource("io.signalbox.applier.Binaries#all")
    void shouldReplaceAMapOfManyPiecesWithoutAWrongAnswer(Path binary) throws Exception {
        try (Rig rig = Rig.start(binary, directory);
                App one = App.start()) {
            int port = ApplierIT.freePort();
            GroupTopic topic = new GroupTopic(rig::offer);
            topic.frame(port, 8, true).service("a", "a.example", GroupTopic.server("a", one));
            rig.awaitServing(topic.manifest());
            long worker = rig.worker();
            try (Load load = Load.on(port, "a.example", 2)) {
                // Some 240 KB: many pieces of what a command may carry.
                ApplyResult grown = routes(rig, topic, one, 2_000);
                assertThat(grown.outcome()).isEqualTo(Outcome.APPLIED);
                assertThat(grown.how()).isEqualTo(How.RUNTIME);
                assertThat(rig.entries(MapName.ROUTES)).hasSize(2_001);
                assertThat(Load.once(port, "h1999." + LONG).body()).isEqualTo(one.id());

                routes(rig, topic, one, 1_700);
                assertThat(rig.entries(MapName.ROUTES)).hasSize(1_701);
                assertThat(Load.once(port, "h1999." + LONG).status()).isEqualTo(404);

                // Few: one by one.
                routes(rig, topic, one, 1_690);
                assertThat(rig.entries(MapName.ROUTES)).hasSize(1_691);

                routes(rig, topic, one, 0);
                assertThat(rig.entries(MapName.ROUTES)).containsOnlyKeys("a.example/");
                load.awaitMore(20);
                load.end();
                assertThat(load.failures()).isEmpty();
            }
            assertThat(rig.worker()).isEqualTo(worker);
        }
    }

    private static ApplyResult routes(Rig rig, GroupTopic topic, App app, int more)
            throws InterruptedException {
        List<String> hosts = new ArrayList<>(List.of("a.example"));
        for (int host = 0; host < more; host++) {
            hosts.add("h" + host + "." + LONG);
        }
        topic.service("a", hosts, GroupTopic.PLAIN, GroupTopic.server("a", app));
        return rig.await(topic.manifest());
    }
}
