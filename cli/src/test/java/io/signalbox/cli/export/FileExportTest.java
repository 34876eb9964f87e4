package io.signalbox.cli.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.applier.core.template.KeyValues;
import io.signalbox.applier.core.template.TemplateData;
import io.signalbox.applier.template.PebbleTemplates;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileExportTest {
    @TempDir private Path directory;

    private Path template = Path.of("");
    private Path destination = Path.of("");
    private Path reloads = Path.of("");

    @BeforeEach
    void prepare() throws IOException {
        template = directory.resolve("x.tmpl");
        destination = directory.resolve("it's.cfg");
        reloads = directory.resolve("reloads");
        Files.writeString(template, "pool {{ getvs('/services/web/*') | join(' ') }}\n");
    }

    private static TemplateData data(String... addresses) {
        Map<String, String> keys = new TreeMap<>();
        for (int i = 0; i < addresses.length; i++) {
            keys.put("/services/web/" + i, addresses[i]);
        }
        return new TemplateData("default", new TreeMap<>(), KeyValues.of(keys));
    }

    private FileExport export(@Nullable String check, @Nullable String reload) {
        return export(check, reload, OptionalInt.empty());
    }

    private FileExport export(@Nullable String check, @Nullable String reload, OptionalInt mode) {
        return new FileExport(
                new TemplateResource(
                        template, destination, mode, null, null, check, reload, "/", List.of("/")),
                PebbleTemplates.pure(),
                Duration.ofSeconds(5),
                false);
    }

    private String reloading() {
        return "echo reloaded >> '" + reloads + "'";
    }

    private List<String> beside() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.startsWith("."))
                    .toList();
        }
    }

    @Test
    void shouldWriteAndReloadWhatChangedAndNothingElse() throws Exception {
        FileExport export = export("grep -q pool {{.src}}", reloading());

        export.run(data("10.0.0.1:80"));
        export.run(data("10.0.0.1:80"));
        export.run(data("10.0.0.1:80", "10.0.0.2:80"));

        assertThat(destination).hasContent("pool 10.0.0.1:80 10.0.0.2:80");
        assertThat(reloads).hasContent("reloaded\nreloaded");
        assertThat(beside()).isEmpty();
    }

    @Test
    void shouldLeaveTheFileWhereTheCheckRefusesTheNewOne() throws Exception {
        export(null, null).run(data("10.0.0.1:80"));

        assertThatThrownBy(
                        () -> export("echo bad line; exit 3", reloading()).run(data("10.0.0.2:80")))
                .isInstanceOf(ExportFailed.class)
                .hasMessageContaining("the check refuses what " + template + " makes")
                .hasMessageContaining("ended with 3: bad line");
        assertThat(destination).hasContent("pool 10.0.0.1:80");
        assertThat(reloads).doesNotExist();
        assertThat(beside()).isEmpty();
    }

    @Test
    void shouldLeaveTheFileWhereTheTemplateAsksForWhatIsNotThere() throws Exception {
        export(null, null).run(data("10.0.0.1:80"));
        Files.writeString(template, "\n{{ getv('/nope') }}");

        assertThatThrownBy(() -> export(null, null).run(data("10.0.0.2:80")))
                .isInstanceOf(ExportFailed.class)
                .hasMessage(template + ":2: getv: there is no key /nope");
        assertThat(destination).hasContent("pool 10.0.0.1:80");
    }

    @Test
    void shouldTryAFailedReloadAgainAlsoInTheNextProcess() throws Exception {
        String fails = "test -e '" + reloads + "'";

        assertThatThrownBy(() -> export(null, fails).run(data("10.0.0.1:80")))
                .isInstanceOf(ExportFailed.class)
                .hasMessageContaining("it is written, but the reload failed and is due");
        assertThat(destination).hasContent("pool 10.0.0.1:80");
        export(null, reloading()).run(data("10.0.0.1:80"));
        export(null, reloading()).run(data("10.0.0.1:80"));

        assertThat(reloads).hasContent("reloaded");
        assertThat(beside()).isEmpty();
    }

    @Test
    void shouldEndACommandThatDoesNotEnd() {
        FileExport export =
                new FileExport(
                        new TemplateResource(
                                template,
                                destination,
                                OptionalInt.empty(),
                                null,
                                null,
                                null,
                                "sleep 60",
                                "/",
                                List.of("/")),
                        PebbleTemplates.pure(),
                        Duration.ofMillis(100),
                        false);

        assertThatThrownBy(() -> export.run(data()))
                .isInstanceOf(ExportFailed.class)
                .hasMessageContaining("does not end within 100 ms");
    }

    @Test
    void shouldKeepTheModeThatItHasOrTakeTheOneThatIsGiven() throws Exception {
        export(null, null).run(data("10.0.0.1:80"));
        assertThat(mode()).isEqualTo("rw-r--r--");
        Files.setPosixFilePermissions(destination, PosixFilePermissions.fromString("rw-------"));

        export(null, null).run(data("10.0.0.2:80"));
        assertThat(mode()).isEqualTo("rw-------");
        export(null, reloading(), OptionalInt.of(0640)).run(data("10.0.0.2:80"));

        assertThat(mode()).isEqualTo("rw-r-----");
        assertThat(reloads).hasContent("reloaded");
    }

    private String mode() throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(destination));
    }

    @Test
    void shouldWriteWhatALinkLeadsTo() throws Exception {
        Path target = directory.resolve("target.cfg");
        Files.writeString(target, "old");
        Files.createSymbolicLink(destination, target);

        export(null, null).run(data("10.0.0.1:80"));

        assertThat(destination).isSymbolicLink();
        assertThat(target).hasContent("pool 10.0.0.1:80");
    }

    @Test
    void shouldShowADifferenceAndChangeNothing() throws Exception {
        export(null, null).run(data("10.0.0.1:80"));

        assertThat(export(null, reloading()).difference(data("10.0.0.2:80")))
                .endsWith("-pool 10.0.0.1:80", "+pool 10.0.0.2:80");
        assertThat(destination).hasContent("pool 10.0.0.1:80");
        assertThat(reloads).doesNotExist();
    }

    @Test
    void shouldNameAFolderThatIsMissing() {
        destination = directory.resolve("nope").resolve("x.cfg");

        assertThatThrownBy(() -> export(null, null).run(data()))
                .isInstanceOf(ExportFailed.class)
                .hasMessageContaining("the folder " + directory.resolve("nope") + " is missing");
    }
}
