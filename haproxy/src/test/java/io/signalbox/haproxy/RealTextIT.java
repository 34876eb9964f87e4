package io.signalbox.haproxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.haproxy.RealHaproxy.Release;
import io.signalbox.haproxy.Reply.Ok;
import io.signalbox.haproxy.RuntimeCommand.PrepareMap;
import io.signalbox.haproxy.RuntimeCommand.ShowMap;
import io.signalbox.haproxy.RuntimeCommand.ShowMapVersion;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A real HAProxy reads what the writers write as what it was meant to be. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class RealTextIT {

    @TempDir Path directory;

    @ParameterizedTest
    @EnumSource
    void shouldBeAcceptedAsItStandsInTheGoldenFiles(Release release) throws Exception {
        for (var golden : Golden.values()) {
            var own = directory.resolve(golden.name());

            assertThat(RealHaproxy.check(release, own, moved(golden, own)))
                    .as("%s", golden)
                    .isEmpty();
        }
    }

    /** Each value stands as a variable's in the file, and is asked back from the worker. */
    @ParameterizedTest
    @EnumSource
    void shouldBeReadBackAsTheValuesThatWereWritten(Release release) {
        Seeded.check(
                3,
                random -> {
                    var values = new TreeMap<String, String>();
                    for (var i = 0; i < 300; i++) {
                        var value = Seeded.printable(random);
                        if (!value.isEmpty() && !Placeholder.isIn(value)) {
                            values.put("V" + (1000 + i), value);
                        }
                    }
                    var writer = new ConfigWriter();
                    values.forEach((name, value) -> writer.line("setenv").value(name).value(value));

                    try (var haproxy =
                            RealHaproxy.start(release, directory, with(writer.toLines()))) {
                        var shown =
                                haproxy.raw(
                                        "runtime.sock",
                                        "show env\n".getBytes(StandardCharsets.US_ASCII));
                        var expected = new ArrayList<String>();
                        values.forEach((name, value) -> expected.add(name + "=" + value));
                        assertThat(shown.lines().filter(line -> line.matches("V1\\d{3}=.*")))
                                .containsExactlyElementsOf(expected);
                    }
                });
    }

    @ParameterizedTest
    @EnumSource
    void shouldBeReadBackAsTheMapEntriesThatWereSent(Release release) throws IOException {
        try (var haproxy = RealHaproxy.start(release, directory, with(List.of()))) {
            var map = haproxy.map(MapName.ROUTES);
            Seeded.check(
                    3,
                    random -> {
                        var entries = new TreeSet<MapEntry>();
                        while (entries.size() < 4000) {
                            try {
                                entries.add(
                                        new MapEntry(
                                                Seeded.printable(random) + entries.size(), "v"));
                            } catch (IllegalValue e) {
                                entries.add(new MapEntry("k" + entries.size(), "v"));
                            }
                        }
                        var prepared = haproxy.run(new PrepareMap(map)).getFirst();
                        var version = MapEntries.preparedVersion(prepared.text()).orElseThrow();
                        var chunks =
                                MapEntries.chunks(
                                        map, version, List.copyOf(entries), haproxy.capabilities());
                        assertThat(chunks).hasSizeGreaterThan(1);
                        for (var chunk : chunks) {
                            assertThat(haproxy.run(chunk)).containsExactly(new Ok(""));
                        }

                        var shown = haproxy.run(new ShowMapVersion(map, version)).getFirst();
                        assertThat(MapEntries.parse(shown.text()))
                                .containsExactlyInAnyOrderElementsOf(entries);
                    });
            assertThat(haproxy.run(new ShowMap(map))).containsExactly(new Ok(""));
        }
    }

    private Configuration.Files with(List<String> operatorGlobal) {
        var local = RealHaproxy.local(directory);
        return new Configuration(
                        Frame.of(Samples.frame(new ListenAddress("127.0.0.1", freePort()))),
                        List.of(),
                        List.of(),
                        new TreeMap<>(),
                        1,
                        1)
                .files(
                        new LocalSettings(
                                local.runtimeSocket(),
                                local.maps(),
                                local.certificates(),
                                local.log(),
                                local.statistics(),
                                operatorGlobal.stream().map(String::strip).toList()),
                        HaproxyVersion.OLDEST.capabilities());
    }

    private static int freePort() {
        try {
            return RealHaproxy.freePort();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** The golden text, with the directory of this test in place of the one that it names. */
    private static Configuration.Files moved(Golden golden, Path directory) throws IOException {
        var text = Files.readString(golden.directory().resolve("haproxy.cfg"));
        return new Configuration.Files(
                text.replace("/tmp/signalbox-golden", directory.toString()), golden.files().maps());
    }
}
