package io.signalbox.cli.group;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.cli.group.ValueKind.Named;
import io.signalbox.cli.group.ValueKind.Section;
import io.signalbox.cli.group.ValueKind.Single;
import io.signalbox.schemas.GroupDefinition;
import io.signalbox.schemas.GroupDefinition.Listen;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * What is published about group definitions is what the reader reads. {@code
 * -Dsignalbox.golden=write} writes the files anew.
 */
class GroupDocsTest {
    private static final Path DOCS = Path.of("../docs");

    private static void assertPublished(String file, String text) throws IOException {
        if ("write".equals(System.getProperty("signalbox.golden"))) {
            Files.writeString(DOCS.resolve(file), text);
        }
        assertThat(Files.readString(DOCS.resolve(file)))
                .as("written anew by -Dsignalbox.golden=write")
                .isEqualTo(text);
    }

    @Test
    void shouldPublishTheSchema() throws IOException {
        assertPublished("group.schema.json", GroupSchema.text());
    }

    @Test
    void shouldPublishThePage() throws IOException {
        assertPublished("groups.md", GroupDocs.text());
    }

    @Test
    void shouldReadTheExampleOfThePage() throws Exception {
        assertThat(GroupYaml.parse("example", GroupDocs.EXAMPLE).entryPoints()).hasSize(5);
    }

    @Test
    void shouldSayTheDefaultsThatHold() throws Exception {
        StringBuilder yaml = new StringBuilder("name: default\n");
        append(yaml, "", "", key -> key.preset().startsWith("(") ? "" : key.preset());

        assertThat(GroupYaml.parse("defaults", yaml.toString()))
                .as(yaml.toString())
                .isEqualTo(GroupDefinition.builtIn("default", new Listen("", 80)));
    }

    @Test
    void shouldReadEveryExample() throws Exception {
        StringBuilder yaml = new StringBuilder("name: x\n");
        append(yaml, "", "", GroupKey::example);

        assertThat(GroupYaml.parse("examples", yaml.toString()).defaults().balance())
                .isEqualTo("leastconn");
        assertThat(problems(yaml.toString())).isEmpty();
    }

    private interface Shown {
        String of(GroupKey key);
    }

    private static void append(StringBuilder yaml, String path, String indent, Shown shown) {
        for (GroupKey key : GroupKeys.in(path)) {
            if (key.kind() instanceof Section) {
                yaml.append(indent).append(key.name()).append(":\n");
                append(yaml, key.path(), indent + "  ", shown);
            } else if (!key.path().equals("name") && !shown.of(key).isEmpty()) {
                yaml.append(indent).append(key.name()).append(": ");
                yaml.append(shown.of(key)).append('\n');
            }
        }
    }

    @Test
    void shouldGiveEveryKeyAMeaningAndAnExampleThatFits() {
        for (GroupKey key : GroupKeys.ALL) {
            assertThat(key.meaning()).as(key.path()).endsWith(".");
            if (key.kind() instanceof Single single) {
                assertThat(single.fits(key.example().replace("\"", ""))).as(key.path()).isTrue();
            }
        }
    }

    @Test
    void shouldAgreeWithTheReaderOnWhatIsWrong() throws Exception {
        assertThat(problems(GroupDocs.EXAMPLE)).isEmpty();
        for (String wrong :
                List.of(
                        "spares: 1",
                        "name: Edge",
                        "name: x\nspares: -1",
                        "name: x\nspares: many",
                        "name: x\nnonsense: 1",
                        "name: x\naccess-log: maybe",
                        "name: x\ndefaults: {balance: best}",
                        "name: x\ndefaults: {timeouts: {server: 0s}}",
                        "name: x\ndefaults: {timeouts: {server: 5}}",
                        "name: x\nentry-points: {}",
                        "name: x\nentry-points: {http: \"80\"}",
                        "name: x\nentry-points: {http: {tls: modern}}",
                        "name: x\nentry-points: {http: {listen: \":80\", tls: old}}",
                        "name: x\nentry-points: {http: {listen: \":80\", redirect-https: 200}}",
                        "name: x\nstatistics: somewhere")) {
            assertThat(problems(wrong)).as(wrong).isNotEmpty();
            assertThat(reads(wrong)).as(wrong).isFalse();
        }
    }

    private static boolean reads(String yaml) {
        try {
            GroupYaml.parse("y", yaml);
            return true;
        } catch (GroupYaml.Invalid e) {
            return false;
        }
    }

    /** What the schema has against a definition, by those words of JSON Schema that we use. */
    private static List<String> problems(String yaml) {
        Object value = new Load(LoadSettings.builder().build()).loadFromString(yaml);
        List<String> problems = new ArrayList<>();
        check(new JsonObject(GroupSchema.text()), value, "", problems);
        return problems;
    }

    private static void check(JsonObject schema, Object value, String at, List<String> problems) {
        if (schema.containsKey("anyOf")) {
            boolean any =
                    schema.getJsonArray("anyOf").stream()
                            .anyMatch(
                                    one -> {
                                        List<String> found = new ArrayList<>();
                                        check((JsonObject) one, value, at, found);
                                        return found.isEmpty();
                                    });
            problems.addAll(any ? List.of() : List.of(at + ": fits none of its forms"));
            return;
        }
        if (schema.containsKey("enum")) {
            JsonArray values = schema.getJsonArray("enum");
            problems.addAll(values.contains(value) ? List.of() : List.of(at + ": no such word"));
            return;
        }
        boolean typed =
                switch (schema.getString("type")) {
                    case "object" -> value instanceof Map;
                    case "array" -> value instanceof List;
                    case "integer" -> value instanceof Integer;
                    case "boolean" -> value instanceof Boolean;
                    default -> value instanceof String;
                };
        if (!typed) {
            problems.add(at + ": not of type " + schema.getString("type"));
        } else if (value instanceof Map<?, ?> map) {
            checkMap(schema, map, at, problems);
        } else if (value instanceof List<?> list) {
            list.forEach(item -> check(schema.getJsonObject("items"), item, at, problems));
        } else if (value instanceof Integer number) {
            boolean inside =
                    number >= schema.getInteger("minimum")
                            && number <= schema.getInteger("maximum");
            problems.addAll(inside ? List.of() : List.of(at + ": out of range"));
        } else if (value instanceof String text && schema.containsKey("pattern")) {
            boolean fits = Pattern.compile(schema.getString("pattern")).matcher(text).find();
            problems.addAll(fits ? List.of() : List.of(at + ": does not fit"));
        }
    }

    private static void checkMap(
            JsonObject schema, Map<?, ?> map, String at, List<String> problems) {
        if (map.size() < schema.getInteger("minProperties", 0)) {
            problems.add(at + ": too few");
        }
        for (Object required : schema.getJsonArray("required", new JsonArray())) {
            if (!map.containsKey(required)) {
                problems.add(at + ": " + required + " is missing");
            }
        }
        JsonObject properties = schema.getJsonObject("properties", new JsonObject());
        map.forEach(
                (key, value) -> {
                    String path = at + "." + key;
                    if (properties.containsKey(String.valueOf(key))) {
                        check(properties.getJsonObject(String.valueOf(key)), value, path, problems);
                    } else if (schema.getValue("additionalProperties") instanceof JsonObject any) {
                        check(any, value, path, problems);
                    } else {
                        problems.add(path + ": is not known");
                    }
                });
    }

    @Test
    void shouldKnowNoKeyBelowOneThatHasNone() {
        for (GroupKey key : GroupKeys.ALL) {
            String section = key.section().replace(".*", "");
            if (!section.isEmpty()) {
                assertThat(GroupKeys.at(section).kind())
                        .isInstanceOfAny(Section.class, Named.class);
            }
        }
    }
}
