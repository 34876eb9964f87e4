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
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigDirectoryTest {
    private static final int STEPS = 7;

    @TempDir Path root;

    @Test
    void shouldFindTheLastTurnedOneAgain() throws IOException {
        ConfigDirectory directory = ConfigDirectory.open(root, Disk.Readers.OWNER);
        Path path = deploy(directory, 1);

        ConfigDirectory reopened = ConfigDirectory.open(root, Disk.Readers.OWNER);

        assertThat(reopened.lastKnownGood()).contains(path);
        assertThat(reopened.read(path)).contains(saved(1));
        assertThat(Files.readString(reopened.currentConfig())).isEqualTo("config 1");
    }

    @ParameterizedTest
    @CsvSource({"OWNER, rw-------", "GROUP, rw-r-----"})
    void shouldHideFilesFromStrangers(Disk.Readers readers, String permissions) throws IOException {
        Path path = deploy(ConfigDirectory.open(root, readers), 1);

        try (Stream<Path> files = Files.list(path)) {
            assertThat(files)
                    .isNotEmpty()
                    .allSatisfy(
                            file ->
                                    assertThat(
                                                    PosixFilePermissions.toString(
                                                            Files.getPosixFilePermissions(file)))
                                            .isEqualTo(permissions));
        }
    }

    @Test
    void shouldHaveAWholeConfigurationAfterACrashAtAnyPoint() throws IOException {
        for (int point = 0; point < STEPS; point++) {
            Path own = root.resolve("crash-" + point);
            Path good = deploy(ConfigDirectory.open(own, Disk.Readers.OWNER), 1);
            ConfigDirectory crashing = new ConfigDirectory(own, new CrashingDisk(point));

            assertThatThrownBy(() -> deploy(crashing, 2)).hasMessage("crashed");

            ConfigDirectory after = ConfigDirectory.open(own, Disk.Readers.OWNER);
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
        ConfigDirectory directory = ConfigDirectory.open(root, Disk.Readers.OWNER);
        Path first = deploy(directory, 1);
        Path second = deploy(directory, 2);
        Path saved = second.resolve("saved");
        byte[] bytes = Files.readAllBytes(saved);
        Files.write(saved, Arrays.copyOf(bytes, bytes.length / 2));

        assertThat(ConfigDirectory.open(root, Disk.Readers.OWNER).lastKnownGood()).contains(first);
    }

    @Test
    void shouldKeepWhatIsInUseAndTheCurrentOne() throws IOException {
        ConfigDirectory directory = ConfigDirectory.open(root, Disk.Readers.OWNER);
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
        private final Disk real = Disk.real(Disk.Readers.OWNER);
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
