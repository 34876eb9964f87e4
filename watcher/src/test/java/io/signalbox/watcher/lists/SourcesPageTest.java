package io.signalbox.watcher.lists;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.watcher.core.AllowList;
import io.signalbox.watcher.core.lists.ListedService;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What the documentation says of static files holds. */
class SourcesPageTest {
    private static final Path DOCS = Path.of("../docs");
    private static final Pattern YAML = Pattern.compile("(?s)```yaml\\n(.*?)```");

    @Test
    void shouldReadEachExampleOfThePage() throws Exception {
        String page = Files.readString(DOCS.resolve("sources.md"));
        List<String> examples =
                YAML.matcher(page).results().map((MatchResult one) -> one.group(1)).toList();

        assertThat(examples).hasSizeGreaterThan(1);
        for (String example : examples) {
            List<ListedService> services =
                    ListedFile.parse("example", example, AllowList.labels(List.of()));
            assertThat(services).isNotEmpty();
        }
    }

    @Test
    void shouldPublishASchemaWithTheKeysThatAreRead() throws Exception {
        JsonObject schema =
                new JsonObject(Files.readString(DOCS.resolve("static-files.schema.json")));

        JsonObject service =
                schema.getJsonObject("properties")
                        .getJsonObject("services")
                        .getJsonObject("additionalProperties");
        assertThat(service.getJsonObject("properties").fieldNames())
                .containsExactlyInAnyOrderElementsOf(ServiceReader.KEYS);
    }
}
