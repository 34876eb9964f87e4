package io.signalbox.registry.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.schemas.Fact;
import io.signalbox.schemas.Keys;
import io.signalbox.schemas.ServiceState;
import io.signalbox.schemas.WatcherControl;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PartitionOwnerTest {
    private static final Duration RETENTION = Duration.ofDays(21);

    private final Partition log = new Partition();
    private final List<String> deleted = new ArrayList<>();

    @Test
    void shouldDeleteNothingWhileRecordsOfAnOwnerBeforeMayStillCome() {
        PartitionOwner owner = takeOverWhereOneIsGone();
        Instant longAfter = Partition.time(log.next).plus(RETENTION);

        owner.forgetGone(longAfter, RETENTION);
        owner.forgetGone(longAfter.plus(Duration.ofMinutes(59)), RETENTION);

        assertThat(deleted).isEmpty();
    }

    @Test
    void shouldDeleteWhatIsGoneForLongOnceItIsNoNewOwner() {
        PartitionOwner owner = takeOverWhereOneIsGone();
        Instant longAfter = Partition.time(log.next).plus(RETENTION);
        owner.forgetGone(longAfter, RETENTION);

        owner.forgetGone(longAfter.plus(Duration.ofHours(1)), RETENTION);

        assertThat(deleted).containsExactly(Keys.instance("h", "a"));
    }

    private PartitionOwner takeOverWhereOneIsGone() {
        long session = log.session("h", Facts.container("a"), Facts.container("b"));
        log.append(Facts.event("h", session, 5, new Fact.ContainerGone("a")));
        StateView view = new StateView();
        log.state.records().forEach(view::read);
        return PartitionOwner.takeOver(0, "topic", view, new Deletions());
    }

    private final class Deletions implements PartitionOwner.Sink {
        @Override
        public void write(int partition, ServiceState value, @Nullable Instant changedBy) {}

        @Override
        public void delete(int partition, String key) {
            deleted.add(key);
        }

        @Override
        public void tell(WatcherControl control) {}

        @Override
        public void notice(Signal signal) {}
    }
}
