package io.signalbox.applier.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.applier.core.ConfigReading.Accepted;
import io.signalbox.applier.core.disk.Saved;
import io.signalbox.applier.core.plan.LiveServer;
import io.signalbox.applier.core.plan.Running;
import io.signalbox.applier.core.plan.Step;
import io.signalbox.applier.core.plan.Version;
import io.signalbox.applier.core.plan.Wanted;
import io.signalbox.haproxy.Capabilities;
import io.signalbox.haproxy.ConfigPath;
import io.signalbox.haproxy.HaproxyVersion;
import io.signalbox.haproxy.MapName;
import io.signalbox.haproxy.ProcessInfo;
import io.signalbox.schemas.ApplyResult.Reach;
import io.signalbox.schemas.ConfigRecord.Frame;
import io.signalbox.schemas.ConfigRecord.Manifest;
import java.io.IOException;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class GoalTest {
    private static final Frame FRAME =
            new Frame(List.of(), List.of(), List.of(), List.of(), List.of(), null, "2.6", true);

    private final Goal goal =
            new Goal(new Desired(new AddressChoice(new Reach("host-a", List.of()), true)));

    @Test
    void shouldWaitForTheLogWhereHaproxyIsAheadOfTheDisk() throws IOException {
        goal.begin(saved("one", 3, 1));
        Worker ahead = worker(Map.of("epoch", "3", "generation", "7"));
        goal.tookOver(ahead);

        assertThat(goal.isBehind(ahead)).isTrue();
        assertThat(goal.floor()).isEqualTo(new Version(3, 7));

        goal.accept(accepted(3, 7));

        assertThat(goal.isBehind(ahead)).isFalse();
        assertThat(goal.floor()).isEqualTo(new Version(3, 7));
    }

    @Test
    void shouldCountWhatWasBegunAsWhatHaproxyHas() throws IOException {
        goal.begin(saved("one", 3, 1));
        Worker begun =
                worker(
                        Map.of(
                                "epoch", "3",
                                "generation", "1",
                                "begun-epoch", "3",
                                "begun-generation", "2"));

        assertThat(goal.isBehind(begun)).isTrue();
    }

    @Test
    void shouldGoOnAtOnceWithAnHaproxyThatTheDiskKnows() throws IOException {
        goal.begin(saved("one", 3, 1));

        assertThat(goal.isBehind(worker(Map.of("epoch", "3", "generation", "1")))).isFalse();
    }

    @Test
    void shouldKeepTheFloorWhenAnHaproxyThatWasAheadHasEnded() throws IOException {
        goal.begin(saved("one", 3, 1));
        goal.tookOver(worker(Map.of("epoch", "3", "generation", "7")));

        Worker fromDisk = worker(Map.of("epoch", "3", "generation", "1"));

        assertThat(goal.isBehind(fromDisk)).isFalse();
        assertThat(goal.floor()).isEqualTo(new Version(3, 7));
    }

    @Test
    void shouldCountAnewInAnotherTopicOnceThatWasHeard() throws IOException {
        goal.begin(saved("one", 30, 1));
        goal.newTopic("two");
        Worker old = worker(Map.of("epoch", "30", "generation", "1"));
        goal.tookOver(old);

        assertThat(goal.isBehind(old)).isTrue();
        assertThat(goal.floor()).isEqualTo(Version.NONE);

        goal.accept(accepted(1, 1));

        assertThat(goal.isBehind(old)).isFalse();
        assertThat(goal.target()).isEqualTo(new Version(1, 1));
        assertThat(goal.topicId()).isEqualTo("two");
    }

    @Test
    void shouldWaitForTheLogWhereHaproxyDoesNotTellItsVersion() throws IOException {
        goal.begin(saved("one", 3, 1));
        Worker silent = worker(null);

        assertThat(goal.isBehind(silent)).isTrue();
        goal.accept(accepted(3, 1));
        assertThat(goal.isBehind(silent)).isFalse();
    }

    private static Saved saved(String topic, long epoch, long generation) {
        Wanted wanted = new Wanted(new Version(epoch, generation), FRAME, new TreeMap<>());
        return Saved.of(wanted, topic, Set.of());
    }

    private static Accepted accepted(long epoch, long generation) {
        Manifest manifest =
                new Manifest(
                        "default",
                        epoch,
                        generation,
                        "hash",
                        "test",
                        "events",
                        List.of(0L),
                        0,
                        List.of());
        return new Accepted(manifest, Instant.EPOCH, Instant.EPOCH, Map.of(), true);
    }

    /** A worker that was taken over and tells that version; null for one without such a map. */
    private static Worker worker(@org.jspecify.annotations.Nullable Map<String, String> version)
            throws IOException {
        Worker worker = new Worker(new Telling(version), HaproxyVersion.OLDEST);
        Saved any = saved("one", 0, 0);
        assertThat(worker.adopt(_ -> Optional.of(any), any)).isTrue();
        return worker;
    }

    /** A worker's socket that tells a version and has no server. */
    private record Telling(@org.jspecify.annotations.Nullable Map<String, String> version)
            implements Link {
        @Override
        public ProcessInfo info() {
            return new ProcessInfo(HaproxyVersion.OLDEST, 1, Map.of());
        }

        @Override
        public Map<MapName, ConfigPath> maps() {
            Map<MapName, ConfigPath> maps = new EnumMap<>(MapName.class);
            for (MapName map : MapName.values()) {
                if (map != MapName.VERSION || version != null) {
                    maps.put(map, map.in(new ConfigPath("/cfg/1")));
                }
            }
            return maps;
        }

        @Override
        public Outcome execute(List<Step> steps, ConfigPath maps, Capabilities capabilities) {
            return new Outcome(steps, List.of(), List.of());
        }

        @Override
        public List<LiveServer> servers(String backend, Running known) {
            return List.of();
        }

        @Override
        public Map<String, List<LiveServer>> servers(Running known) {
            return Map.of();
        }

        @Override
        public Map<String, String> entries(ConfigPath map) {
            boolean tells = map.value().endsWith("/" + MapName.VERSION.fileName());
            return tells && version != null ? version : Map.of();
        }
    }
}
