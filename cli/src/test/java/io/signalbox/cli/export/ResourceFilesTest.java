package io.signalbox.cli.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.signalbox.process.StartFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResourceFilesTest {
    @TempDir private Path directory;

    private void write(String name, String text) throws IOException {
        Path file = directory.resolve("conf.d").resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    @Test
    void shouldReadTheKeysOfConfd() throws IOException {
        write(
                "b.yaml",
                """
                src: haproxy.cfg.tmpl
                dest: /etc/haproxy/haproxy.cfg
                keys: [/stupid_server]
                prefix: /services
                mode: 0644
                uid: 0
                gid: haproxy
                check_cmd: haproxy -c -f {{.src}}
                reload_cmd: systemctl reload haproxy
                """);
        write("deep/a.yml", "{src: a.tmpl, dest: /tmp/a, mode: 600}");

        assertThat(ResourceFiles.read(directory))
                .containsExactly(
                        new TemplateResource(
                                directory.resolve("templates/haproxy.cfg.tmpl"),
                                Path.of("/etc/haproxy/haproxy.cfg"),
                                OptionalInt.of(0644),
                                "0",
                                "haproxy",
                                "haproxy -c -f {{.src}}",
                                "systemctl reload haproxy",
                                "/services",
                                List.of("/stupid_server")),
                        new TemplateResource(
                                directory.resolve("templates/a.tmpl"),
                                Path.of("/tmp/a"),
                                OptionalInt.of(0600),
                                null,
                                null,
                                null,
                                null,
                                "/",
                                List.of("/")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"../docs/templates.md", "../docs/migrating/confd.md"})
    void shouldReadWhatThePagesShow(String page) throws IOException {
        String text = Files.readString(Path.of(page));
        int begin = text.indexOf("```yaml\n") + "```yaml\n".length();
        write("x.yaml", text.substring(begin, text.indexOf("```", begin)));

        assertThat(ResourceFiles.read(directory))
                .singleElement()
                .satisfies(
                        one ->
                                assertThat(one.destination())
                                        .isEqualTo(Path.of("/etc/haproxy/haproxy.cfg")));
    }

    @Test
    void shouldNameEveryMistakeAtOnceWithFileAndLine() throws IOException {
        write("a.yaml", "src: a.tmpl\ndest: /tmp/a\nrelod_cmd: x\nmode: 0999\n");
        write("b.yaml", "dest: [x]\nkeys: /x\n");
        write("c.yaml", "src: c.tmpl\ndest: /tmp/c\n");
        write("d.yaml", "src: d.tmpl\ndest: /tmp/../tmp/c\n");
        write("e.yaml", "src: {\n");

        StartFailure failure =
                catchThrowableOfType(StartFailure.class, () -> ResourceFiles.read(directory));

        assertThat(failure.lines())
                .map(line -> line.replace(directory + "/conf.d/", ""))
                .satisfiesExactly(
                        line ->
                                assertThat(line)
                                        .startsWith(
                                                "a.yaml:3: relod_cmd is not a known key;"
                                                        + " reload_cmd is meant?"),
                        line -> assertThat(line).startsWith("a.yaml:4: mode must be permissions"),
                        line -> assertThat(line).isEqualTo("b.yaml:1: dest must be a single value"),
                        line -> assertThat(line).isEqualTo("b.yaml: src must be given"),
                        line -> assertThat(line).isEqualTo("b.yaml: dest must be given"),
                        line -> assertThat(line).isEqualTo("b.yaml:2: keys must be a list of keys"),
                        line -> assertThat(line).contains("d.yaml: dest is that of another"),
                        line -> assertThat(line).contains("e.yaml").contains("is not YAML"));
    }
}
