package io.signalbox.applier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.signalbox.haproxy.ConfigPath;
import io.signalbox.haproxy.Identifier;
import io.signalbox.haproxy.MapEntry;
import io.signalbox.haproxy.MapName;
import io.signalbox.haproxy.Reply;
import io.signalbox.haproxy.RuntimeCommand;
import io.signalbox.haproxy.RuntimeCommand.SetServerState.State;
import io.signalbox.haproxy.ServerAddress;
import io.signalbox.schemas.ConfigRecord.Server;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What others do to HAProxy is found and undone. */
@Timeout(120)
class RepairIT {
    private static final String BINARIES = "io.signalbox.applier.Binaries#all";
    private static final Identifier BACKEND = new Identifier("service_a");

    @TempDir Path directory;

    /** What somebody else does. */
    enum Change {
        WEIGHT {
            @Override
            RuntimeCommand command(Identifier server, App other, ConfigPath maps) {
                return new RuntimeCommand.SetServerWeight(BACKEND, server, 7);
            }
        },
        ADDRESS {
            @Override
            RuntimeCommand command(Identifier server, App other, ConfigPath maps) {
                return new RuntimeCommand.SetServerAddress(
                        BACKEND, server, new ServerAddress("127.0.0.1", other.port()));
            }
        },
        STATE {
            @Override
            RuntimeCommand command(Identifier server, App other, ConfigPath maps) {
                return new RuntimeCommand.SetServerState(BACKEND, server, State.MAINT);
            }
        },
        DRAIN {
            @Override
            RuntimeCommand command(Identifier server, App other, ConfigPath maps) {
                return new RuntimeCommand.SetServerState(BACKEND, server, State.DRAIN);
            }
        },
        ROUTE_GONE {
            @Override
            RuntimeCommand command(Identifier server, App other, ConfigPath maps) {
                return new RuntimeCommand.DeleteMapEntry(MapName.ROUTES.in(maps), "a.example/");
            }
        },
        ROUTE_ADDED {
            @Override
            RuntimeCommand command(Identifier server, App other, ConfigPath maps) {
                return new RuntimeCommand.AddMapEntry(
                        MapName.ROUTES.in(maps), new MapEntry("z.example/", "a"));
            }
        },
        SERVICE {
            @Override
            RuntimeCommand command(Identifier server, App other, ConfigPath maps) {
                return new RuntimeCommand.SetMapEntry(
                        MapName.SERVICES.in(maps), new MapEntry("a", "unavailable"));
            }
        };

        abstract RuntimeCommand command(Identifier server, App other, ConfigPath maps);
    }

    @ParameterizedTest
    @EnumSource
    void shouldRepairOnEveryHaproxy(Change change) throws Exception {
        for (Path binary : Binaries.all().toList()) {
            repairs(binary, directory.resolve(binary.getFileName().toString()), change);
        }
    }

    private static void repairs(Path binary, Path directory, Change change) throws Exception {
        try (Rig rig = Rig.start(binary, directory);
                App one = App.start();
                App other = App.start()) {
            int port = ApplierIT.freePort();
            Server server = GroupTopic.server("a", one);
            GroupTopic topic = new GroupTopic(rig::offer);
            topic.frame(port, 2, true).service("a", "a.example", server);
            rig.awaitServing(topic.manifest());
            long worker = rig.worker();
            ConfigPath maps = new ConfigPath(rig.mapsDirectory().toString());
            Identifier name = new Identifier(server.name());
            double before = rig.counted("drift");

            assertThat(rig.say(change.command(name, other, maps)))
                    .allMatch(Reply.Ok.class::isInstance);

            await().atMost(Duration.ofSeconds(20)).until(() -> rig.counted("drift") > before);
            await().atMost(Duration.ofSeconds(20))
                    .untilAsserted(
                            () -> {
                                var live = rig.server("service_a", server.name()).orElseThrow();
                                assertThat(live.weight()).isEqualTo(100);
                                assertThat(live.port()).isEqualTo(one.port());
                                assertThat(live.enabled()).isTrue();
                                assertThat(rig.entries(MapName.ROUTES))
                                        .containsOnlyKeys("a.example/");
                                assertThat(rig.entries(MapName.SERVICES))
                                        .containsOnly(java.util.Map.entry("a", "service_a"));
                                assertThat(Load.once(port, "a.example").body()).isEqualTo(one.id());
                            });
            assertThat(rig.worker()).isEqualTo(worker);
        }
    }

    @ParameterizedTest
    @MethodSource(BINARIES)
    void shouldStartAKilledMasterAgainWithinASecond(Path binary) throws Exception {
        startsAgain(binary, true);
    }

    @ParameterizedTest
    @MethodSource(BINARIES)
    void shouldStartHaproxyAgainWithinASecondWhenItsWorkerIsKilled(Path binary) throws Exception {
        startsAgain(binary, false);
    }

    private void startsAgain(Path binary, boolean killMaster) throws Exception {
        try (Rig rig = Rig.start(binary, directory);
                App one = App.start()) {
            int port = ApplierIT.freePort();
            GroupTopic topic = new GroupTopic(rig::offer);
            topic.frame(port, 8, true).service("a", "a.example", GroupTopic.server("a", one));
            rig.awaitServing(topic.manifest());
            long worker = rig.worker();

            ProcessHandle.of(killMaster ? rig.master() : worker).orElseThrow().destroyForcibly();
            long killed = System.nanoTime();
            await().pollInterval(Duration.ofMillis(10))
                    .atMost(Duration.ofSeconds(10))
                    .ignoreExceptions()
                    .until(
                            () ->
                                    rig.worker() != worker
                                            && Load.once(port, "a.example").status() == 200);

            Duration took = Duration.ofNanos(System.nanoTime() - killed);
            System.out.printf(
                    "%s: serves %d ms after its %s was killed%n",
                    binary.getFileName(), took.toMillis(), killMaster ? "master" : "worker");
            assertThat(took).isLessThan(Duration.ofSeconds(1));
        }
    }
}
