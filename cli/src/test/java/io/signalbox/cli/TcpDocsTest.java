package io.signalbox.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.cli.group.GroupYaml;
import io.signalbox.registry.core.dialect.Declared;
import io.signalbox.registry.core.dialect.Dialects;
import io.signalbox.schemas.Container;
import io.signalbox.schemas.GroupDefinition;
import io.signalbox.schemas.GroupDefinition.EntryPoint;
import io.signalbox.schemas.RouteMatch;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What {@code docs/tcp.md} shows is followed. */
class TcpDocsTest {
    private static final Path PAGE = Path.of("../docs/tcp.md");
    private static final Pattern YAML = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL);
    private static final Pattern LABEL = Pattern.compile("--label ([^ =]+)=([^ ]+)");

    @Test
    void shouldFollowItsExamples() throws Exception {
        String page = Files.readString(PAGE);
        Matcher yaml = YAML.matcher(page);
        assertThat(yaml.find()).isTrue();
        GroupDefinition group = GroupYaml.parse("docs/tcp.md", yaml.group(1));
        List<String> entryPoints =
                group.entryPoints().stream()
                        .filter(point -> point.tcp() != null)
                        .map(EntryPoint::name)
                        .toList();
        assertThat(entryPoints).containsExactly("mysql", "secure", "postgres");

        List<String> commands = page.lines().filter(line -> line.startsWith("docker run")).toList();
        assertThat(commands).hasSize(3);
        for (String command : commands) {
            Declared declared = Dialects.declare(container(labels(command)));

            assertThat(declared.rejections()).as(command).isEmpty();
            assertThat(declared.declarations()).as(command).hasSize(1);
            assertThat(declared.declarations().getFirst().routes())
                    .as(command)
                    .allSatisfy(
                            route -> {
                                RouteMatch match = route.match();
                                assertThat(route.isTcp()).isTrue();
                                assertThat(match == null ? List.of() : match.entryPoints())
                                        .isSubsetOf(entryPoints);
                            });
        }
    }

    private static Map<String, String> labels(String command) {
        Map<String, String> labels = new TreeMap<>();
        Matcher label = LABEL.matcher(command);
        while (label.find()) {
            labels.put(label.group(1), label.group(2));
        }
        return labels;
    }

    private static Container container(Map<String, String> labels) {
        return new Container(
                "0123456789abcdef",
                "shop",
                "image",
                Container.State.RUNNING,
                Container.Health.NONE,
                Instant.EPOCH,
                null,
                0,
                false,
                new Container.NetworkMode(Container.NetworkMode.Kind.NETWORKS, ""),
                List.of(),
                List.of(),
                List.of(),
                labels,
                Map.of(),
                10);
    }
}
