package io.signalbox.registry.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.schemas.Event;
import io.signalbox.schemas.Keys;
import io.signalbox.schemas.ServiceState;
import io.signalbox.schemas.ServiceState.Checkpoint;
import io.signalbox.schemas.ServiceState.Host;
import io.signalbox.schemas.WatcherControl;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Owners of one partition that crash after any record, are replaced at any time, and whose last
 * sends land late, on a log that is compacted in between. Whatever happens, the log of {@code
 * service-state} comes to say what the facts say, for those who follow it and for those who begin
 * to read it; and a reader that takes whole facts only ever sees what a prefix of the facts says.
 */
class OwnerSimulationTest {

    @Test
    void shouldComeToSayWhatTheFactsSay() {
        Seeds.forEach(800, random -> new Simulation(random).run());
    }

    private record Entry(String key, @Nullable ServiceState value) {}

    /** One owner and what it has sent and has not landed yet. */
    private static final class Owner implements PartitionOwner.Sink {
        private final Deque<Entry> inFlight = new ArrayDeque<>();
        private final PartitionOwner owner;

        private Owner(StateView view) {
            this.owner = PartitionOwner.takeOver(0, "topic", view, this);
        }

        @Override
        public void write(int partition, ServiceState value, @Nullable Instant changedBy) {
            inFlight.add(new Entry(Keys.of(value), value));
        }

        @Override
        public void delete(int partition, String key) {
            inFlight.add(new Entry(key, null));
        }

        @Override
        public void tell(WatcherControl control) {}

        @Override
        public void notice(Signal signal) {}
    }

    private static final class Simulation {
        private final Random random;
        private final List<Event> facts;
        private final List<Map<String, ServiceState>> prefixes = new ArrayList<>();
        private final List<Entry> log = new ArrayList<>();
        private final List<Deque<Entry>> orphans = new ArrayList<>();
        private StateView view = new StateView();
        private int followed;
        private int landed;
        private int settled;
        private Reader reader = new Reader();
        private Owner owner;

        private Simulation(Random random) {
            this.random = random;
            this.facts = new RandomLog(random, 150).events;
            PartitionState canon = new PartitionState(0);
            prefixes.add(entries(canon));
            for (int offset = 0; offset < facts.size(); offset++) {
                Fold.apply(canon, offset, Partition.time(offset), facts.get(offset));
                prefixes.add(entries(canon));
            }
            this.owner = new Owner(view);
        }

        private void run() {
            while (owner.owner.nextOffset() < facts.size()) {
                step();
            }
            orphans.forEach(orphan -> land(orphan, orphan.size()));
            settle();
            check();
            replace(0);
            settle();
            check();
            compact();
            assertThat(lastValues()).isEqualTo(prefixes.getLast());
        }

        private void step() {
            int choice = random.nextInt(100);
            if (choice < 40) {
                fold(1 + random.nextInt(6));
            } else if (choice < 80) {
                land(owner.inFlight, 1 + random.nextInt(8));
            } else if (choice < 88) {
                follow(1 + random.nextInt(20));
            } else if (choice < 94 && !orphans.isEmpty()) {
                land(orphans.get(random.nextInt(orphans.size())), 1);
            } else if (choice < 97) {
                replace(random.nextInt(6));
            } else if (choice < 98) {
                compact();
            } else {
                readFromTheBeginning();
            }
        }

        private void readFromTheBeginning() {
            reader = new Reader();
            reader.caughtUp = false;
            log.forEach(reader::read);
            reader.caughtUp = true;
            reader.check();
        }

        private void fold(int count) {
            if (owner.owner.nextOffset() >= facts.size()) {
                return;
            }
            for (int i = 0; i < count && owner.owner.nextOffset() < facts.size(); i++) {
                int offset = (int) owner.owner.nextOffset();
                owner.owner.fold(offset, Partition.time(offset), facts.get(offset));
            }
            owner.owner.endBatch();
        }

        private void land(Deque<Entry> from, int count) {
            for (int i = 0; i < count && !from.isEmpty(); i++) {
                Entry record = from.remove();
                log.add(record);
                landed++;
                reader.read(record);
            }
        }

        /** The owner reads its own partition and repairs what was overwritten. */
        private void follow(int count) {
            for (int i = 0; i < count && followed < log.size(); i++) {
                Entry record = log.get(followed++);
                if (!view.read(record.key(), record.value())) {
                    owner.owner.overwritten(view, record.key());
                }
            }
            if (followed == log.size() && owner.inFlight.isEmpty()) {
                settled = log.size();
            }
        }

        /** The owner dies with some of its sends still under way; another one takes over. */
        private void replace(int stillUnderWay) {
            Deque<Entry> left = new ArrayDeque<>();
            while (left.size() < stillUnderWay && !owner.inFlight.isEmpty()) {
                left.add(owner.inFlight.remove());
            }
            orphans.add(left);
            if (random.nextBoolean()) {
                view = new StateView();
                followed = 0;
            }
            while (followed < log.size()) {
                Entry record = log.get(followed++);
                view.read(record.key(), record.value());
            }
            owner = new Owner(view);
        }

        /** Keeps of each key the last record; what is not yet repaired is too young for that. */
        private void compact() {
            Set<String> later = new HashSet<>();
            List<Entry> kept = new ArrayList<>();
            for (int i = settled - 1; i >= 0; i--) {
                if (later.add(log.get(i).key())) {
                    kept.addFirst(log.get(i));
                }
            }
            int removed = settled - kept.size();
            kept.addAll(log.subList(settled, log.size()));
            followed -= removed;
            settled -= removed;
            log.clear();
            log.addAll(kept);
        }

        private void settle() {
            while (!owner.inFlight.isEmpty()
                    || followed < log.size()
                    || owner.owner.nextOffset() < facts.size()) {
                fold(10);
                land(owner.inFlight, owner.inFlight.size());
                follow(log.size());
            }
        }

        private void check() {
            assertThat(reader.accepted()).isEqualTo(prefixes.getLast());
            StateView cold = new StateView();
            log.forEach(record -> cold.read(record.key(), record.value()));
            assertThat(cold.overwritten()).isEmpty();
            assertThat(entries(cold.accepted())).isEqualTo(prefixes.getLast());
            assertThat(cold.checkpoint()).isEqualTo(new Checkpoint("topic", facts.size()));
            assertThat(landed).isPositive();
        }

        private Map<String, ServiceState> lastValues() {
            Map<String, ServiceState> last = new HashMap<>();
            log.forEach(
                    record -> {
                        ServiceState value = record.value();
                        if (value == null) {
                            last.remove(record.key());
                        } else {
                            last.put(record.key(), value);
                        }
                    });
            return entries(last.values());
        }

        /** A running reader that takes facts only when they are whole. */
        private final class Reader {
            private final StateView view = new StateView();
            private final List<Entry> pending = new ArrayList<>();
            private long position;
            private boolean caughtUp = true;

            private void read(Entry record) {
                ServiceState value = record.value();
                switch (value) {
                    case null -> view.read(record.key(), null);
                    case Checkpoint checkpoint -> flush(checkpoint.nextOffset());
                    case Host _ -> {}
                    default -> {
                        pending.add(record);
                        if (StateRecords.asLast(value).equals(value)) {
                            flush(StateRecords.source(value) + 1);
                        }
                    }
                }
            }

            private void flush(long upTo) {
                pending.removeIf(
                        record -> {
                            ServiceState value = record.value();
                            boolean whole = value == null || StateRecords.source(value) < upTo;
                            if (whole) {
                                view.read(record.key(), value);
                            }
                            return whole;
                        });
                position = Math.max(position, upTo);
                check();
            }

            private void check() {
                if (caughtUp) {
                    assertThat(accepted()).isEqualTo(prefixes.get((int) position));
                }
            }

            private Map<String, ServiceState> accepted() {
                return entries(view.accepted());
            }
        }
    }

    private static Map<String, ServiceState> entries(PartitionState state) {
        return entries(state.records().values());
    }

    /** What readers take from the records: no hosts, no checkpoint, and no flags. */
    private static Map<String, ServiceState> entries(
            java.util.Collection<? extends ServiceState> records) {
        Map<String, ServiceState> entries = new TreeMap<>();
        for (ServiceState record : records) {
            if (!(record instanceof Host) && !(record instanceof Checkpoint)) {
                entries.put(Keys.of(record), StateRecords.asLast(record));
            }
        }
        return entries;
    }
}
