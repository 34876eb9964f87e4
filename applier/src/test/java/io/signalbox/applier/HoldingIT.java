package io.signalbox.applier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.signalbox.schemas.Policy;
import java.io.InputStream;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What becomes of the requests of a service whose last server goes. */
@Timeout(120)
class HoldingIT {
    private static final String BINARIES = "io.signalbox.applier.Binaries#all";

    @TempDir Path directory;

    @ParameterizedTest
    @MethodSource(BINARIES)
    void shouldHoldRequestsUntilAnotherServerComes(Path binary) throws Exception {
        try (Rig rig = Rig.start(binary, directory);
                App one = App.start();
                App two = App.start()) {
            int port = ApplierIT.freePort();
            GroupTopic topic = new GroupTopic(rig::offer);
            topic.frame(port, 8, true).service("a", "a.example", GroupTopic.server("a", one));
            rig.awaitServing(topic.manifest());

            topic.service("a", "a.example", GroupTopic.server("a", one, true));
            rig.awaitServing(topic.manifest());
            List<CompletableFuture<Load.Reply>> asked = new ArrayList<>();
            for (int request = 0; request < 20; request++) {
                asked.add(ask(port));
            }
            await().until(() -> connections(rig) >= asked.size());
            assertThat(asked).noneMatch(CompletableFuture::isDone);
            topic.service("a", "a.example", GroupTopic.server("a", two));
            rig.awaitServing(topic.manifest());

            for (CompletableFuture<Load.Reply> reply : asked) {
                assertThat(reply.get().body()).isEqualTo(two.id());
            }
            assertThat(one.requests()).isZero();
            long worker = rig.worker();
            await().atMost(Duration.ofSeconds(15))
                    .until(() -> rig.servers("service_a").size() == 1);
            assertThat(rig.worker()).isEqualTo(worker);
        }
    }

    @ParameterizedTest
    @MethodSource(BINARIES)
    void shouldAnswer503AtOnceWhenNobodyCameInTime(Path binary) throws Exception {
        try (Rig rig = Rig.start(binary, directory);
                App one = App.start()) {
            int port = ApplierIT.freePort();
            GroupTopic topic = new GroupTopic(rig::offer);
            topic.frame(port, 8, true).service("a", "a.example", GroupTopic.server("a", one));
            rig.awaitServing(topic.manifest());

            topic.service("a", "a.example");
            rig.awaitServing(topic.manifest());

            assertThat(ask(port).get().status()).isEqualTo(503);
            await().atMost(Duration.ofSeconds(20)).until(() -> rig.servers("service_a").isEmpty());
            long began = System.nanoTime();
            assertThat(Load.once(port, "a.example").status()).isEqualTo(503);
            assertThat(Duration.ofNanos(System.nanoTime() - began))
                    .isLessThan(Duration.ofSeconds(1));
        }
    }

    @ParameterizedTest
    @MethodSource(BINARIES)
    void shouldEndWhatTakesLongerThanTheServiceAllows(Path binary) throws Exception {
        try (Rig rig = Rig.start(binary, directory);
                Streams limited = Streams.start();
                Streams free = Streams.start()) {
            int port = ApplierIT.freePort();
            GroupTopic topic = new GroupTopic(rig::offer);
            Policy policy = new Policy(Duration.ofSeconds(1));
            topic.frame(port, 8, true)
                    .service("a", "a.example", policy, server("a", limited, false))
                    .service("b", "b.example", server("b", free, false));
            rig.awaitServing(topic.manifest());
            try (Socket ends = Streams.ask(port, "a.example", "/download");
                    Socket goesOn = Streams.ask(port, "b.example", "/download")) {
                assertThat(ends.getInputStream().read()).isEqualTo('H');
                assertThat(goesOn.getInputStream().read()).isEqualTo('H');
                topic.service("a", "a.example", policy, server("a", limited, true))
                        .service("b", "b.example", server("b", free, true));
                rig.awaitServing(topic.manifest());
                long began = System.nanoTime();

                assertThat(wholeAnswer(ends)).doesNotContain("end");
                assertThat(Duration.ofNanos(System.nanoTime() - began))
                        .isBetween(Duration.ofMillis(500), Duration.ofSeconds(10));
                free.finish();
                assertThat(wholeAnswer(goesOn)).contains("end");
            }
        }
    }

    private static io.signalbox.schemas.ConfigRecord.Server server(
            String service, Streams streams, boolean stopping) {
        return GroupTopic.server(
                service + ".streams", streams.startedAt(), streams.port(), stopping);
    }

    /** Reads until HAProxy closes, or the last chunk. */
    private static String wholeAnswer(Socket socket) throws java.io.IOException {
        InputStream in = socket.getInputStream();
        StringBuilder answer = new StringBuilder();
        try {
            for (int c = in.read(); c >= 0; c = in.read()) {
                answer.append((char) c);
                if (answer.toString().endsWith("end\r\n0\r\n\r\n")) {
                    break;
                }
            }
        } catch (java.net.SocketException e) {
            // HAProxy reset the connection, which ends the answer too.
        }
        return answer.toString();
    }

    /** How many connections of clients HAProxy has. */
    private static int connections(Rig rig) throws java.io.IOException {
        return Integer.parseInt(
                new WorkerLink(rig.places.runtimeSocket())
                        .info()
                        .values()
                        .getOrDefault("CurrConns", "0"));
    }

    private static CompletableFuture<Load.Reply> ask(int port) {
        CompletableFuture<Load.Reply> reply = new CompletableFuture<>();
        Thread.ofVirtual()
                .start(
                        () -> {
                            try {
                                reply.complete(Load.once(port, "a.example"));
                            } catch (java.io.IOException e) {
                                reply.completeExceptionally(e);
                            }
                        });
        return reply;
    }
}
