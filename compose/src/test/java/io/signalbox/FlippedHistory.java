package io.signalbox;

import io.signalbox.cli.replay.Feed;
import io.signalbox.cli.replay.ReplayLog;
import io.signalbox.schemas.ConfigRecord;
import io.signalbox.schemas.ConfigRecord.Part;
import io.signalbox.schemas.ConfigRecord.Server;
import io.signalbox.schemas.ConfigRecord.Service;
import io.signalbox.schemas.Decoded;
import io.signalbox.schemas.Event;
import io.signalbox.schemas.GroupRecord;
import io.signalbox.schemas.ServiceState;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/** A log in which one part of a group's history gives its first server another weight. */
final class FlippedHistory implements ReplayLog {
    private final ReplayLog log;
    private final String group;
    private final long offset;

    /** The part in the middle of those that have servers. */
    FlippedHistory(ReplayLog log, String group) {
        this.log = log;
        this.group = group;
        List<Long> offsets = new ArrayList<>();
        try (Feed<ConfigRecord> feed = log.history(group)) {
            for (var entry = feed.next(); entry != null; entry = feed.next()) {
                if (heavier(entry.value()) != null) {
                    offsets.add(entry.offset());
                }
            }
        }
        this.offset = offsets.get(offsets.size() / 2);
    }

    /** Where it stands. */
    long offset() {
        return offset;
    }

    private static @Nullable Part heavier(Decoded<ConfigRecord> decoded) {
        if (!(decoded
                        instanceof
                        Decoded.Value<ConfigRecord>(
                                Part(String name, long epoch, long generation, Service service)))
                || service.servers().isEmpty()) {
            return null;
        }
        List<Server> servers = new ArrayList<>(service.servers());
        Server first = servers.removeFirst();
        servers.addFirst(
                new Server(
                        first.name(),
                        first.host(),
                        first.container(),
                        first.startedAt(),
                        first.weight() + 1,
                        first.stopping(),
                        first.candidates(),
                        first.cause()));
        return new Part(
                name, epoch, generation, service.with(servers, service.routes(), service.notes()));
    }

    @Override
    public Feed<ConfigRecord> history(String of) {
        Feed<ConfigRecord> feed = log.history(of);
        return of.equals(group) ? new Flipping(feed, offset) : feed;
    }

    private record Flipping(Feed<ConfigRecord> feed, long offset) implements Feed<ConfigRecord> {
        @Override
        public @Nullable Entry<ConfigRecord> peek() {
            Entry<ConfigRecord> entry = feed.peek();
            Part part = entry == null || entry.offset() != offset ? null : heavier(entry.value());
            return entry == null || part == null
                    ? entry
                    : new Entry<>(
                            entry.offset(),
                            entry.key(),
                            entry.appendedAt(),
                            new Decoded.Value<>(part));
        }

        @Override
        public void advance() {
            feed.advance();
        }

        @Override
        public void close() {
            feed.close();
        }
    }

    @Override
    public String eventsTopicId() {
        return log.eventsTopicId();
    }

    @Override
    public long eventsEnd(int partition) {
        return log.eventsEnd(partition);
    }

    @Override
    public Feed<Event> events(int partition) {
        return log.events(partition);
    }

    @Override
    public Feed<ServiceState> state(int partition) {
        return log.state(partition);
    }

    @Override
    public SortedSet<String> groups() {
        return log.groups();
    }

    @Override
    public Feed<GroupRecord> definitions(String of) {
        return log.definitions(of);
    }

    @Override
    public int historyPartition(String of) {
        return log.historyPartition(of);
    }

    @Override
    public boolean historyIsWhole(String of) {
        return log.historyIsWhole(of);
    }
}
