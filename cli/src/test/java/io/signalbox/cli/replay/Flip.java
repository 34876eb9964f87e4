package io.signalbox.cli.replay;

import static java.util.Objects.requireNonNull;

import io.signalbox.schemas.ConfigRecord;
import io.signalbox.schemas.ConfigRecord.Content;
import io.signalbox.schemas.ConfigRecord.Manifest;
import io.signalbox.schemas.ConfigRecord.Part;
import io.signalbox.schemas.ConfigRecord.Server;
import io.signalbox.schemas.ConfigRecord.Service;
import io.signalbox.schemas.Container;
import io.signalbox.schemas.Decoded;
import io.signalbox.schemas.Event;
import io.signalbox.schemas.Fact;
import io.signalbox.schemas.ServiceState;
import io.signalbox.schemas.ServiceState.Instance;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Makes one record of a log say something else, or compacts it. */
final class Flip {
    private Flip() {}

    /** Where the record stands. */
    record Place(int partition, long offset) {}

    /** A part or manifest that a check reaches: its group's last proved one or any before. */
    static Place history(Random random, MemoryLog log) {
        List<Place> places = new ArrayList<>();
        List<Runnable> flips = new ArrayList<>();
        for (int partition = 0; partition < log.history.size(); partition++) {
            var records = log.history.get(partition);
            for (int index = 0; index < records.records.size(); index++) {
                var entry = records.records.get(index);
                int at = index;
                ConfigRecord other = otherwise(value(entry.value()));
                if (other != null && isProved(log, partition, index)) {
                    places.add(new Place(partition, entry.offset()));
                    flips.add(() -> records.replace(at, other));
                }
            }
        }
        int chosen = random.nextInt(places.size());
        flips.get(chosen).run();
        return places.get(chosen);
    }

    /** Whether the manifest of the record's own epoch and generation follows and is compared. */
    private static boolean isProved(MemoryLog log, int partition, int index) {
        var records = log.history.get(partition).records;
        ConfigRecord record = value(records.get(index).value());
        long epoch = record instanceof Part part ? part.epoch() : manifest(record).epoch();
        long generation =
                record instanceof Part part ? part.generation() : manifest(record).generation();
        String group = records.get(index).key();
        long highest = -1;
        @Nullable Manifest before = null;
        for (var entry : records) {
            if (!entry.key().equals(group)) {
                continue;
            }
            ConfigRecord one = value(entry.value());
            if (one instanceof Manifest manifest && manifest.epoch() >= highest) {
                boolean behind = before != null && isBehind(manifest, before);
                if (manifest.epoch() == epoch && manifest.generation() == generation) {
                    return !behind && entry.offset() >= records.get(index).offset();
                }
                before = behind ? before : manifest;
            }
            if (one instanceof Manifest manifest) {
                highest = Math.max(highest, manifest.epoch());
            } else if (one instanceof Part part) {
                highest = Math.max(highest, part.epoch());
            }
        }
        return false;
    }

    private static Manifest manifest(@Nullable ConfigRecord record) {
        return (Manifest) requireNonNull(record);
    }

    private static boolean isBehind(Manifest manifest, Manifest before) {
        for (int at = 0; at < manifest.eventsPositions().size(); at++) {
            if (manifest.eventsPositions().get(at) < before.eventsPositions().get(at)) {
                return true;
            }
        }
        return manifest.groupsPosition() < before.groupsPosition();
    }

    /** Makes every fourth manifest or so one of another renderer version; answers how many. */
    static long versions(Random random, MemoryLog log, String version) {
        long count = 0;
        for (var partition : log.history) {
            for (int index = 0; index < partition.records.size(); index++) {
                if (value(partition.records.get(index).value()) instanceof Manifest manifest
                        && random.nextInt(4) == 0) {
                    partition.replace(index, with(manifest, manifest.hash(), version));
                    count++;
                }
            }
        }
        return count;
    }

    private static Manifest with(Manifest m, String hash, String version) {
        return new Manifest(
                m.group(),
                m.epoch(),
                m.generation(),
                hash,
                version,
                m.eventsTopicId(),
                m.eventsPositions(),
                m.groupsPosition(),
                m.causes());
    }

    private static @Nullable ConfigRecord otherwise(@Nullable ConfigRecord record) {
        return switch (record) {
            case null -> null;
            case Part(String name, long epoch, long generation, Service service)
                    when !service.servers().isEmpty() ->
                    new Part(name, epoch, generation, otherwise(service));
            case Manifest m ->
                    with(m, m.hash().replace('a', 'b').replace('0', '1'), m.rendererVersion());
            default -> null;
        };
    }

    private static Content otherwise(Service service) {
        List<Server> servers = new ArrayList<>(service.servers());
        Server s = servers.removeLast();
        servers.add(
                new Server(
                        s.name(),
                        s.host(),
                        s.container(),
                        s.startedAt(),
                        s.weight() + 1,
                        s.stopping(),
                        s.candidates(),
                        s.cause()));
        return service.with(servers, service.routes(), service.notes());
    }

    /** The last record of some instance, below the checkpoint. */
    static Place state(Random random, MemoryLog log) {
        int partition = random.nextInt(3);
        var records = log.state.get(partition);
        Map<String, Integer> last = new HashMap<>();
        for (int index = 0; index < records.records.size(); index++) {
            if (value(records.records.get(index).value()) instanceof Instance) {
                last.put(records.records.get(index).key(), index);
            }
        }
        List<Integer> indexes = last.values().stream().sorted().toList();
        int index = indexes.get(random.nextInt(indexes.size()));
        Instance i = (Instance) requireNonNull(value(records.records.get(index).value()));
        records.replace(
                index,
                new Instance(
                        i.host(),
                        i.container(),
                        i.name() + "x",
                        i.image(),
                        i.gone(),
                        i.state(),
                        i.health(),
                        i.startedAt(),
                        i.stopping(),
                        i.shownAt(),
                        i.hostAddress(),
                        i.networkMode(),
                        i.networks(),
                        i.published(),
                        i.labels(),
                        i.declarations(),
                        i.rejections(),
                        i.cause(),
                        i.lastOfFact(),
                        i.source()));
        return new Place(partition, records.records.get(index).offset());
    }

    /** A fact that some state came of says that it was about a container of another name. */
    static void fact(Random random, MemoryLog log) {
        int partition = random.nextInt(3);
        List<Long> sources = new ArrayList<>();
        Map<String, Long> newest = new HashMap<>();
        for (var entry : log.state.get(partition).records) {
            if (value(entry.value()) instanceof Instance instance) {
                newest.put(entry.key(), instance.cause().offset());
            }
        }
        var events = log.events.get(partition);
        newest.values().stream()
                .sorted()
                .filter(offset -> observed(events.records.get(offset.intValue())) != null)
                .forEach(sources::add);
        int index = sources.get(random.nextInt(sources.size())).intValue();
        Event event = requireNonNull(value(events.records.get(index).value()));
        Container c = ((Fact.ContainerObserved) event.fact()).container();
        events.replace(
                index,
                new Event(
                        event.subject(),
                        event.session(),
                        event.seq(),
                        event.observedAt(),
                        event.dockerTime(),
                        event.source(),
                        new Fact.ContainerObserved(
                                new Container(
                                        c.id(),
                                        c.name() + "x",
                                        c.image(),
                                        c.state(),
                                        c.health(),
                                        c.startedAt(),
                                        c.finishedAt(),
                                        c.exitCode(),
                                        c.oomKilled(),
                                        c.networkMode(),
                                        c.networks(),
                                        c.published(),
                                        c.exposed(),
                                        c.labels(),
                                        c.environment(),
                                        c.stopTimeoutSeconds()))));
    }

    private static @Nullable Object observed(Feed.Entry<Event> entry) {
        return entry.value() instanceof Decoded.Value<Event>(Event event)
                        && event.fact() instanceof Fact.ContainerObserved
                ? event
                : null;
    }

    /** Of a random prefix of each partition of the state only the last record of each key stays. */
    static void compact(Random random, MemoryLog log) {
        for (var partition : log.state) {
            List<Feed.Entry<ServiceState>> records = partition.records;
            int end = random.nextInt(records.size() + 1);
            Map<String, Long> last = new HashMap<>();
            records.subList(0, end).forEach(entry -> last.put(entry.key(), entry.offset()));
            records.subList(0, end)
                    .removeIf(entry -> last.getOrDefault(entry.key(), -1L) != entry.offset());
        }
    }

    private static <T> @Nullable T value(Decoded<T> decoded) {
        return decoded instanceof Decoded.Value<T>(T value) ? value : null;
    }
}
