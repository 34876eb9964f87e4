package io.signalbox.applier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.applier.core.disk.Saved;
import io.signalbox.applier.core.plan.Version;
import io.signalbox.applier.core.plan.Wanted;
import io.signalbox.schemas.ConfigRecord.Frame;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigDirectoryTest {
    private static final int STEPS = 7;

    @TempDir Path root;

    @Test
    void shouldFindTheLastTurnedOneAgain() throws IOException {
        ConfigDirectory directory = ConfigDirectory.open(root);
        Path path = deploy(directory, 1);

        ConfigDirectory reopened = ConfigDirectory.open(root);

        assertThat(reopened.lastKnownGood()).contains(path);
        assertThat(reopened.read(path)).contains(saved(1));
        assertThat(Files.readString(reopened.currentConfig())).isEqualTo("config 1");
    }

    @Test
    void shouldHaveAWholeConfigurationAfterACrashAtAnyPoint() throws IOException {
        for (int point = 0; point < STEPS; point++) {
            Path own = root.resolve("crash-" + point);
            Path good = deploy(ConfigDirectory.open(own), 1);
            ConfigDirectory crashing = new ConfigDirectory(own, new CrashingDisk(point));

            assertThatThrownBy(() -> deploy(crashing, 2)).hasMessage("crashed");

            ConfigDirectory after = ConfigDirectory.open(own);
            Path found = after.lastKnownGood().orElseThrow();
            assertThat(after.read(found)).isPresent();
            assertThat(Files.readString(after.currentConfig())).isIn("config 1", "config 2");
            if (point < STEPS - 1) {
                assertThat(found).isEqualTo(good);
            }
        }
    }

    @Test
    void shouldFallBackToTheNewestWholeOneWhenTheCurrentIsTorn() throws IOException {
        ConfigDirectory directory = ConfigDirectory.open(root);
        Path first = deploy(directory, 1);
        Path second = deploy(directory, 2);
        Path saved = second.resolve("saved");
        byte[] bytes = Files.readAllBytes(saved);
        Files.write(saved, Arrays.copyOf(bytes, bytes.length / 2));

        assertThat(ConfigDirectory.open(root).lastKnownGood()).contains(first);
    }

    @Test
    void shouldKeepWhatIsInUseAndTheCurrentOne() throws IOException {
        ConfigDirectory directory = ConfigDirectory.open(root);
        Path first = deploy(directory, 1);
        Path second = deploy(directory, 2);
        Path third = deploy(directory, 3);

        directory.clean(Set.of(first));

        assertThat(first).exists();
        assertThat(second).doesNotExist();
        assertThat(third).exists();
    }

    private static Path deploy(ConfigDirectory directory, int generation) throws IOException {
        Path path = directory.create(new Version(1, generation));
        Map<String, String> files = new LinkedHashMap<>();
        files.put(ConfigDirectory.CONFIG, "config " + generation);
        files.put("routes", "a b\n");
        directory.fill(path, files, saved(generation));
        directory.turn(path);
        return path;
    }

    @SuppressWarnings("NullAway") // does not see @Nullable on a nested type of another module
    private static Saved saved(int generation) {
        Frame frame =
                new Frame(List.of(), List.of(), List.of(), List.of(), List.of(), null, "2.6", true);
        return Saved.of(
                new Wanted(new Version(1, generation), frame, new TreeMap<>()), "topic", Set.of());
    }

    /** Fails at one step, a write half done. */
    private static final class CrashingDisk implements Disk {
        private final Disk real = Disk.real();
        private int left;

        private CrashingDisk(int point) {
            left = point;
        }

        private boolean crashes() {
            return left-- == 0;
        }

        @Override
        public void write(Path file, byte[] content) throws IOException {
            if (crashes()) {
                real.write(file, Arrays.copyOf(content, content.length / 2));
                throw new IOException("crashed");
            }
            real.write(file, content);
        }

        @Override
        public void sync(Path directory) throws IOException {
            if (crashes()) {
                throw new IOException("crashed");
            }
            real.sync(directory);
        }

        @Override
        public void link(Path link, Path target) throws IOException {
            if (crashes()) {
                Files.deleteIfExists(link.resolveSibling("current.new"));
                Files.createSymbolicLink(link.resolveSibling("current.new"), target);
                throw new IOException("crashed");
            }
            real.link(link, target);
        }
    }
}
