package io.signalbox.applier;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.applier.core.disk.Saved;
import io.signalbox.applier.core.plan.Version;
import io.signalbox.applier.core.plan.Wanted;
import io.signalbox.applier.core.plan.WantedServer;
import io.signalbox.applier.core.plan.WantedService;
import io.signalbox.applier.users.UserLists;
import io.signalbox.haproxy.Capabilities;
import io.signalbox.haproxy.HaproxyVersion;
import io.signalbox.haproxy.LocalSettings.LogTarget;
import io.signalbox.haproxy.Route;
import io.signalbox.haproxy.RouteKey;
import io.signalbox.schemas.ConfigRecord.Frame;
import io.signalbox.schemas.ConfigRecord.ServerOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileFollowerTest {
    private static final Capabilities CAPABILITIES = HaproxyVersion.of("3.0.0").capabilities();

    @TempDir Path directory;
    private final AtomicLong nanos = new AtomicLong();

    @Test
    void shouldWriteTheNewestOfManyOrdersOnly() throws Exception {
        ConfigDirectory configs = ConfigDirectory.open(directory, Disk.Readers.OWNER);
        FileFollower follower = new FileFollower(deployment(configs), nanos::get);
        for (int generation = 1; generation <= 100; generation++) {
            follower.follow(saved(generation, 1, 1), CAPABILITIES);
        }

        follower.write();

        Path current = configs.current().orElseThrow();
        assertThat(current.getFileName().toString()).isEqualTo("1-100.1");
    }

    @Test
    void shouldRestInProportionToWhatTheLastWriteTook() throws Exception {
        ConfigDirectory configs = new ConfigDirectory(directory, slow(Duration.ofMillis(10)));
        FileFollower follower = new FileFollower(deployment(configs), nanos::get);
        assertThat(follower.ready()).isTrue();

        follower.follow(saved(1, 1, 1), CAPABILITIES);
        assertThat(follower.ready()).isFalse();
        follower.write();

        long took = follower.lastTook().toMillis();
        assertThat(took).isPositive();
        nanos.addAndGet(Duration.ofMillis(took * 9 - 1).toNanos());
        assertThat(follower.ready()).isFalse();
        nanos.addAndGet(Duration.ofMillis(1).toNanos());
        assertThat(follower.ready()).isTrue();
    }

    @Test
    void shouldRestTenSecondsAtMost() throws Exception {
        ConfigDirectory configs = new ConfigDirectory(directory, slow(Duration.ofSeconds(60)));
        FileFollower follower = new FileFollower(deployment(configs), nanos::get);
        follower.follow(saved(1, 1, 1), CAPABILITIES);
        follower.write();
        assertThat(follower.ready()).isFalse();
        nanos.addAndGet(Duration.ofSeconds(10).toNanos());
        assertThat(follower.ready()).isTrue();
    }

    @Test
    void shouldSayThatAWriteFailedRestAndLeaveNothingOfIt() throws Exception {
        AtomicBoolean full = new AtomicBoolean(true);
        ConfigDirectory configs = new ConfigDirectory(directory, full(full));
        FileFollower follower = new FileFollower(deployment(configs), nanos::get);
        follower.follow(saved(1, 1, 1), CAPABILITIES);
        follower.write();

        assertThat(follower.failed()).isTrue();
        assertThat(follower.failed()).as("asked again").isFalse();
        assertThat(directory.resolve("cfg")).isEmptyDirectory();
        nanos.addAndGet(Duration.ofSeconds(10).toNanos() - 1);
        assertThat(follower.ready()).isFalse();
        nanos.addAndGet(1);
        assertThat(follower.ready()).isTrue();

        full.set(false);
        follower.follow(saved(2, 1, 1), CAPABILITIES);
        follower.write();
        assertThat(follower.failed()).isFalse();
        assertThat(configs.current().orElseThrow().getFileName()).hasToString("1-2.2");
    }

    @Test
    void shouldWriteTenThousandServersWithinSeconds() throws Exception {
        FileFollower follower =
                new FileFollower(deployment(ConfigDirectory.open(directory, Disk.Readers.OWNER)));
        List<Long> tookMs = new ArrayList<>();
        for (int generation = 1; generation <= 5; generation++) {
            follower.follow(saved(generation, 1_000, 10), CAPABILITIES);
            follower.write();
            tookMs.add(follower.lastTook().toMillis());
        }
        System.out.println("10,000 servers in 1,000 services: written in " + tookMs + " ms");
        assertThat(tookMs).allMatch(ms -> ms < 5_000);
    }

    private Deployment deployment(ConfigDirectory configs) throws IOException {
        return new Deployment(
                configs,
                Places.open(directory),
                new Deployment.Local(List.of(), LogTarget.STDOUT, List.of(), listen -> true),
                Certificates.none(Places.open(directory)),
                UserLists.open(directory.resolve("users"), configs.currentConfig()));
    }

    /** A disk whose every write takes that long on the clock of the test. */
    private Disk slow(Duration each) {
        Disk real = Disk.real(Disk.Readers.OWNER);
        return new Disk() {
            @Override
            public void write(Path file, byte[] content) throws IOException {
                nanos.addAndGet(each.toNanos());
                real.write(file, content);
            }

            @Override
            public void sync(Path synced) throws IOException {
                real.sync(synced);
            }

            @Override
            public void link(Path link, Path target) throws IOException {
                real.link(link, target);
            }
        };
    }

    /**
     * A disk that has room for the first of a configuration's files only, as long as it is full.
     */
    private static Disk full(AtomicBoolean full) {
        Disk real = Disk.real(Disk.Readers.OWNER);
        return new Disk() {
            @Override
            public void write(Path file, byte[] content) throws IOException {
                if (full.get() && !file.endsWith(ConfigDirectory.CONFIG)) {
                    throw new IOException("No space left on device");
                }
                real.write(file, content);
            }

            @Override
            public void sync(Path synced) throws IOException {
                real.sync(synced);
            }

            @Override
            public void link(Path link, Path target) throws IOException {
                real.link(link, target);
            }
        };
    }

    private static Saved saved(long generation, int services, int serversEach) {
        Map<String, WantedService> byName = new TreeMap<>();
        for (int service = 0; service < services; service++) {
            String name = "service-%05d".formatted(service);
            List<WantedServer> servers = new ArrayList<>();
            for (int server = 0; server < serversEach; server++) {
                servers.add(
                        new WantedServer(
                                name + ".c%011d".formatted(server),
                                "run",
                                "10.0.%d.%d".formatted(service % 250, server + 1),
                                8080,
                                false,
                                100,
                                false));
            }
            byName.put(
                    name,
                    new WantedService(
                            name,
                            GroupTopic.PLAIN,
                            new ServerOptions(2_000, 3, 1),
                            Optional.empty(),
                            servers,
                            List.of(Route.plain(new RouteKey(name + ".example", "/"))),
                            List.of()));
        }
        Frame frame =
                new Frame(List.of(), List.of(), List.of(), List.of(), List.of(), null, "2.6", true);
        return Saved.of(
                new Wanted(new Version(1, generation), frame, new TreeMap<>(byName)),
                "topic",
                Set.of());
    }
}
