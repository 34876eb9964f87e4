package io.signalbox.schemas.codec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.schemas.Topic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.apache.avro.SchemaFormatter;
import org.apache.avro.SchemaNormalization;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is published never changes, and all versions understand each other. */
class FrozenSchemasTest {

    private static final Path SOURCES = Path.of("src/main/java/io/signalbox/schemas");
    private static final Path SCHEMAS = Path.of("src/main/resources/io/signalbox/schemas/avro");

    @ParameterizedTest
    @EnumSource(Topic.class)
    void shouldDescribeTheRecordsInTheNewestVersion(Topic topic) throws IOException {
        // Given
        Schema wanted = new SchemaDraft(new SourceDocs(SOURCES)).of(TopicSchemas.type(topic));
        Path draft = Path.of("target/schema-drafts", TopicSchemas.folder(topic) + ".avsc");
        Files.createDirectories(draft.getParent());
        Files.writeString(draft, SchemaFormatter.format("json/pretty", wanted) + "\n");

        // When
        Schema newest = TopicSchemas.newest(topic);

        // Then
        assertThat(SchemaNormalization.toParsingForm(newest))
                .as("records and schema differ: publish the next version from %s", draft)
                .isEqualTo(SchemaNormalization.toParsingForm(wanted));
        Bindings.of(TopicSchemas.type(topic), newest);
    }

    @ParameterizedTest
    @EnumSource(Topic.class)
    void shouldKeepEachVersionFullyCompatibleWithEachOther(Topic topic) {
        List<Schema> versions = TopicSchemas.versions(topic);
        for (Schema reader : versions) {
            for (Schema writer : versions) {
                assertThat(
                                SchemaCompatibility.checkReaderWriterCompatibility(reader, writer)
                                        .getType())
                        .isEqualTo(SchemaCompatibilityType.COMPATIBLE);
            }
        }
    }

    @Test
    void shouldNeverChangeAPublishedVersion() throws IOException {
        // Given
        Map<String, String> published =
                Files.readAllLines(SCHEMAS.resolve("published.sha256")).stream()
                        .map(line -> line.split(" +", 2))
                        .collect(
                                Collectors.toMap(
                                        line -> line[1],
                                        line -> line[0],
                                        (a, _) -> a,
                                        TreeMap::new));

        // When
        Map<String, String> present = new TreeMap<>();
        try (var files = Files.walk(SCHEMAS)) {
            for (Path file : files.filter(f -> f.toString().endsWith(".avsc")).toList()) {
                present.put(SCHEMAS.relativize(file).toString(), sha256(Files.readString(file)));
            }
        }

        // Then
        assertThat(present).isEqualTo(published);
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
