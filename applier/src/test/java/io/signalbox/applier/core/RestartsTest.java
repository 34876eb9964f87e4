package io.signalbox.applier.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.applier.core.disk.Deployed;
import io.signalbox.applier.core.disk.Saved;
import io.signalbox.applier.core.plan.Version;
import io.signalbox.applier.core.plan.Wanted;
import io.signalbox.haproxy.ConfigPath;
import io.signalbox.haproxy.HaproxyVersion;
import io.signalbox.schemas.ApplyResult.Reach;
import io.signalbox.schemas.ConfigRecord.Frame;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An HAProxy that ends is started again at once; one that only ever ends, ever later. */
class RestartsTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final Duration PASS = Duration.ofMillis(20);
    private static final Frame FRAME =
            new Frame(List.of(), List.of(), List.of(), List.of(), List.of(), null, "2.6", true);

    private final FromDisk proxy = new FromDisk();
    private final List<Object> away = new ArrayList<>();
    private final ApplierCore core =
            new ApplierCore(
                    new Desired(new AddressChoice(new Reach("host-a", List.of()), true)),
                    new Worker(new Outside.Silent(), HaproxyVersion.of("3.0")),
                    true,
                    "",
                    new ApplierCore.Ports(
                            proxy,
                            new Outside.NoDisk(),
                            new Outside.NoDoors(),
                            Outside.report(this::told),
                            System::nanoTime));
    private Instant now = NOW;

    private void told(String method, Object first) {
        if (method.equals("away")) {
            away.add(first);
        }
    }

    @BeforeEach
    void begin() throws InterruptedException {
        core.begin(now);
        assertThat(proxy.startedAt).containsExactly(NOW);
    }

    @Test
    void shouldStartOneAgainAtOnceThatEndedOnce() throws InterruptedException {
        pass();
        proxy.alive = false;
        pass();

        assertThat(proxy.startedAt).hasSize(2);
    }

    @Test
    void shouldStartOneEverLaterThatEndsAtOnce() throws InterruptedException {
        proxy.alive = false;
        proxy.endsAtOnce = true;
        passFor(Duration.ofMinutes(2));

        assertThat(gaps(proxy.startedAt)).containsExactly(0L, 1L, 2L, 4L, 8L, 16L, 30L, 30L);
        assertThat(away.getLast().toString()).contains("ends as soon as it is started");
    }

    @Test
    void shouldStartOneAgainAtOnceThatHasServedForAWhile() throws InterruptedException {
        proxy.alive = false;
        proxy.endsAtOnce = true;
        passFor(Duration.ofSeconds(5));
        proxy.endsAtOnce = false;
        passFor(Duration.ofSeconds(20));
        int before = proxy.startedAt.size();

        for (int times = 1; times <= 5; times++) {
            assertThat(proxy.alive).isTrue();
            proxy.alive = false;
            pass();
            assertThat(proxy.startedAt).hasSize(before + times);
            passFor(Duration.ofSeconds(3));
        }
    }

    private void passFor(Duration time) throws InterruptedException {
        for (Instant end = now.plus(time); now.isBefore(end); ) {
            pass();
        }
    }

    private void pass() throws InterruptedException {
        now = now.plus(PASS);
        core.act(now);
    }

    private static List<Long> gaps(List<Instant> times) {
        List<Long> gaps = new ArrayList<>();
        for (int i = 1; i < times.size(); i++) {
            gaps.add(Duration.between(times.get(i - 1), times.get(i)).toSeconds());
        }
        return gaps;
    }

    /** Starts from the disk, and may end before anybody looks. */
    private final class FromDisk implements Proxy {
        private final List<Instant> startedAt = new ArrayList<>();
        private boolean alive;
        private boolean endsAtOnce;

        @Override
        public boolean alive() {
            return alive;
        }

        @Override
        public Optional<Deployed> lastKnownGood() {
            Wanted wanted = new Wanted(new Version(1, 1), FRAME, new TreeMap<>());
            Saved saved = Saved.of(wanted, "topic", Set.of());
            return Optional.of(new Deployed(new ConfigPath("/cfg/1"), saved, ""));
        }

        @Override
        public void startFrom(Deployed deployed) {
            startedAt.add(now);
            alive = !endsAtOnce;
        }

        @Override
        public Optional<Saved> read(ConfigPath directory) {
            return Optional.empty();
        }

        @Override
        public void isGood(Deployed deployed) {}

        @Override
        public void serves(ConfigPath directory) {}

        @Override
        public void bring(Supplier<Saved> wanted) {
            throw new AssertionError("it serves what lies on the disk");
        }

        @Override
        public Optional<Ended> ended() {
            return Optional.empty();
        }

        @Override
        public void stop() {}
    }
}
