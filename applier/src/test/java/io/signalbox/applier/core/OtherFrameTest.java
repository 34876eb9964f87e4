package io.signalbox.applier.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.applier.core.disk.Deployed;
import io.signalbox.applier.core.disk.Saved;
import io.signalbox.haproxy.ConfigPath;
import io.signalbox.haproxy.HaproxyVersion;
import io.signalbox.schemas.ApplyResult.Reach;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An HAProxy that cannot listen where it shall is tried ever later, a corrected one at once. */
class OtherFrameTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private final BusyPort proxy = new BusyPort(80);
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
                            Outside.report((_, _) -> {}),
                            System::nanoTime));
    private Instant now = NOW;
    private final GroupLog log = new GroupLog(core);

    @BeforeEach
    void failSeveralTimes() throws InterruptedException {
        core.begin(now);
        core.reads("topic");
        log.claim(0, now);
        log.frame(80, now);
        core.reachedEnd();
        passFor(Duration.ofSeconds(20));
    }

    @Test
    void shouldTryTheSameFrameEverLater() throws InterruptedException {
        assertThat(proxy.triedAt).hasSizeBetween(4, 6);

        log.frame(80, now);
        int before = proxy.triedAt.size();
        passFor(Duration.ofSeconds(2));

        assertThat(proxy.triedAt).hasSize(before);
    }

    @Test
    void shouldTryAnotherFrameAtOnce() throws InterruptedException {
        log.frame(8080, now);
        passFor(Duration.ofMillis(500));

        assertThat(proxy.alive).isTrue();
    }

    private void passFor(Duration time) throws InterruptedException {
        Instant end = now.plus(time);
        while (now.isBefore(end) && !proxy.alive) {
            core.act(now);
            now = now.plusMillis(50);
        }
    }

    /** Starts anywhere but at one port, which somebody else has. */
    private static final class BusyPort implements Proxy {
        private final int busy;
        private final List<Saved> triedAt = new ArrayList<>();
        private boolean alive;

        private BusyPort(int busy) {
            this.busy = busy;
        }

        @Override
        public boolean alive() {
            return alive;
        }

        @Override
        public void bring(Supplier<Saved> wanted) {
            triedAt.add(wanted.get());
        }

        @Override
        public Optional<Ended> ended() {
            Saved last = triedAt.getLast();
            int port = last.wanted().frame().entryPoints().getFirst().listen().port();
            alive = port != busy;
            return alive ? Optional.empty() : Optional.of(new Ended.Failed("cannot listen"));
        }

        @Override
        public Optional<Deployed> lastKnownGood() {
            return Optional.empty();
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
        public void startFrom(Deployed deployed) {}

        @Override
        public void stop() {}
    }
}
