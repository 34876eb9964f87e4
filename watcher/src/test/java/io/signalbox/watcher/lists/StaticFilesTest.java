package io.signalbox.watcher.lists;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.signalbox.watcher.core.AllowList;
import io.signalbox.watcher.core.lists.ListedService;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StaticFilesTest {
    @TempDir Path directory;
    private final List<Told> told = new CopyOnWriteArrayList<>();
    private Path folder;
    private Path single;
    private StaticFiles files = files(List.of());
    private Thread thread = new Thread();

    private record Told(List<String> services, boolean complete) {}

    @BeforeEach
    void prepare() throws IOException {
        folder = Files.createDirectory(directory.resolve("static"));
        single = directory.resolve("my-config");
        Files.writeString(folder.resolve("b.yaml"), service("b"));
        Files.writeString(folder.resolve("a.yml"), service("a"));
        Files.writeString(folder.resolve("notes.txt"), "not yaml: [");
        Files.writeString(folder.resolve(".hidden.yaml"), "not yaml: [");
        Files.writeString(single, "tasks.backend:80");
    }

    @AfterEach
    void stop() throws InterruptedException {
        thread.interrupt();
        thread.join();
    }

    @Test
    void shouldReadFoldersAndFilesInAStableOrder() {
        begin(folder, single);

        assertThat(told).containsExactly(new Told(List.of("backend", "a", "b"), true));
        assertThat(files.broken()).isZero();
    }

    @Test
    void shouldFollowWhatChangesWithinASecond() throws IOException {
        follow(folder);

        Files.writeString(folder.resolve("c.yaml"), service("c"));
        awaitTold(List.of("a", "b", "c"), true);

        replace(folder.resolve("c.yaml"), service("d"));
        awaitTold(List.of("a", "b", "d"), true);

        Files.delete(folder.resolve("c.yaml"));
        awaitTold(List.of("a", "b"), true);
    }

    @Test
    void shouldKeepWhatABrokenFileSaidBefore() throws IOException {
        follow(folder);

        Files.writeString(folder.resolve("a.yml"), "services: [");
        await().atMost(Duration.ofSeconds(2)).until(() -> files.broken() == 1);
        Files.writeString(folder.resolve("b.yaml"), service("c"));
        awaitTold(List.of("a", "c"), true);

        Files.writeString(folder.resolve("a.yml"), service("d"));
        awaitTold(List.of("d", "c"), true);
        assertThat(files.broken()).isZero();
    }

    @Test
    void shouldNotTakeAnEmptiedFileForOneThatListsNothing() throws IOException {
        follow(folder);

        Files.writeString(folder.resolve("a.yml"), "");

        await().atMost(Duration.ofSeconds(2)).until(() -> files.broken() == 1);
        assertThat(told).hasSize(1);
    }

    @Test
    void shouldNotBeCompleteWhileAFileWasNeverUnderstood() throws IOException {
        Files.writeString(folder.resolve("a.yml"), "services: [");
        follow(folder);
        assertThat(told).containsExactly(new Told(List.of("b"), false));

        Files.writeString(folder.resolve("a.yml"), service("a"));

        awaitTold(List.of("a", "b"), true);
    }

    @Test
    void shouldKeepWhatWasSaidInAFolderThatIsAway() throws IOException {
        follow(folder);

        Files.move(folder, directory.resolve("elsewhere"));
        await().atMost(Duration.ofSeconds(2)).until(() -> files.broken() > 0);

        awaitTold(List.of("a", "b"), false);
        Files.move(directory.resolve("elsewhere"), folder);
        awaitTold(List.of("a", "b"), true);
        assertThat(files.broken()).isZero();
    }

    @Test
    void shouldNotBeCompleteWithoutAFileThatIsNamed() {
        begin(directory.resolve("missing.yaml"));

        assertThat(told).containsExactly(new Told(List.of(), false));
        assertThat(files.broken()).isOne();
    }

    @Test
    void shouldRefuseAFileThatIsTooLongOrNoText() throws IOException {
        Files.writeString(folder.resolve("a.yml"), "#" + "x".repeat(1 << 20));
        Files.write(folder.resolve("b.yaml"), new byte[] {'a', (byte) 0xff});

        begin(folder);

        assertThat(files.broken()).isEqualTo(2);
    }

    private void begin(Path... roots) {
        files = files(List.of(roots));
        files.begin();
    }

    private StaticFiles files(List<Path> roots) {
        return new StaticFiles(
                roots,
                AllowList.labels(List.of()),
                (services, complete) ->
                        told.add(
                                new Told(
                                        services.stream().map(ListedService::name).toList(),
                                        complete)));
    }

    private void follow(Path... roots) {
        begin(roots);
        thread =
                Thread.ofPlatform()
                        .start(
                                () -> {
                                    try {
                                        files.run();
                                    } catch (InterruptedException e) {
                                        Thread.currentThread().interrupt();
                                    }
                                });
    }

    private void awaitTold(List<String> services, boolean complete) {
        await().atMost(Duration.ofSeconds(2))
                .pollInterval(Duration.ofMillis(20))
                .untilAsserted(
                        () -> assertThat(told.getLast()).isEqualTo(new Told(services, complete)));
    }

    private void replace(Path file, String text) throws IOException {
        Path fresh = Files.writeString(directory.resolve("fresh"), text);
        Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING);
    }

    private static String service(String name) {
        return "services: {" + name + ": {host: " + name + ".test, servers: ['10.0.0.1:80']}}";
    }
}
