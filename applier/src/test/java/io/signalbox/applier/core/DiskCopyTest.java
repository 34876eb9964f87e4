package io.signalbox.applier.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.applier.core.disk.Saved;
import io.signalbox.applier.core.plan.Version;
import io.signalbox.applier.core.plan.Wanted;
import io.signalbox.haproxy.Capabilities;
import io.signalbox.haproxy.HaproxyVersion;
import io.signalbox.schemas.ApplyResult.Reach;
import io.signalbox.schemas.ConfigRecord.Frame;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class DiskCopyTest {
    private final Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private final Recorder recorder = new Recorder();
    private final DiskCopy copy = copy(recorder);

    @Test
    void shouldWriteOnceWhatHasChanged() {
        copy.changed(now);
        assertThat(copy.due()).isEqualTo(now.plusMillis(300));
        copy.write(now.plusMillis(299));
        assertThat(recorder.written).isEmpty();

        copy.write(now.plusMillis(300));
        copy.write(now.plusSeconds(60));

        assertThat(recorder.written).hasSize(1);
        assertThat(copy.due()).isEqualTo(Instant.MAX);
    }

    @Test
    void shouldWriteAgainWhatCouldNotBeWritten() {
        copy.changed(now);
        copy.write(now.plusMillis(300));

        recorder.failed = true;
        copy.write(now.plusSeconds(1));
        recorder.ready = false;
        copy.write(now.plusSeconds(2));
        assertThat(recorder.written).hasSize(1);
        recorder.ready = true;
        copy.write(now.plusSeconds(11));

        assertThat(recorder.written).hasSize(2);
        assertThat(copy.due()).isEqualTo(Instant.MAX);
    }

    @SuppressWarnings("NullAway") // does not see @Nullable on a nested type of another module
    private static DiskCopy copy(DiskWriter writer) {
        Frame frame =
                new Frame(List.of(), List.of(), List.of(), List.of(), List.of(), null, "2.6", true);
        Goal goal = new Goal(new Desired(new AddressChoice(new Reach("host-a", List.of()), true)));
        goal.begin(
                Saved.of(new Wanted(new Version(1, 1), frame, new TreeMap<>()), "topic", Set.of()));
        Link nobody =
                (Link)
                        java.lang.reflect.Proxy.newProxyInstance(
                                Link.class.getClassLoader(),
                                new Class<?>[] {Link.class},
                                (_, method, _) -> {
                                    throw new IllegalStateException("asked for " + method);
                                });
        return new DiskCopy(
                goal,
                new Worker(nobody, HaproxyVersion.OLDEST),
                new Knocking(
                        new Doors.Knocker() {
                            @Override
                            public void knock(Doors.Door door, boolean proxied) {}

                            @Override
                            public void stop(Doors.Door door) {}
                        }),
                writer);
    }

    /** Keeps what is ordered. */
    private static final class Recorder implements DiskWriter {
        private final List<Saved> written = new ArrayList<>();
        private boolean ready = true;
        private boolean failed;

        @Override
        public boolean ready() {
            return ready;
        }

        @Override
        public boolean failed() {
            boolean was = failed;
            failed = false;
            return was;
        }

        @Override
        public void follow(Saved saved, Capabilities capabilities) {
            written.add(saved);
        }

        @Override
        public void cancel() {}

        @Override
        public void write() {}
    }
}
