package io.signalbox.cli.doctor;

import io.signalbox.schemas.SchemaRegistrySettings;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;

/** Whether the schema registry is reached, and is one. */
final class SchemaRegistries {
    private static final Duration PATIENCE = Duration.ofSeconds(4);
    private static final String REMEDY = "start it, or correct --schema-registry-url";

    private SchemaRegistries() {}

    static List<Finding> reached(SchemaRegistrySettings settings) throws InterruptedException {
        String subject = "schema registry " + settings.url();
        URI uri = URI.create(settings.url().replaceAll("/+$", "") + "/subjects");
        try (HttpClient client = HttpClient.newBuilder().connectTimeout(PATIENCE).build()) {
            HttpResponse<String> answer =
                    client.send(
                            HttpRequest.newBuilder(uri).timeout(PATIENCE).build(),
                            HttpResponse.BodyHandlers.ofString());
            boolean list =
                    answer.statusCode() == 200 && answer.body().stripLeading().startsWith("[");
            return List.of(
                    list
                            ? Finding.ok(subject, "answers")
                            : Finding.fail(
                                    subject,
                                    "answers " + answer.statusCode() + " to /subjects",
                                    "must be the base of Confluent's API",
                                    "correct --schema-registry-url: Apicurio has that API below"
                                            + " /apis/ccompat/v7"));
        } catch (IOException e) {
            return List.of(Finding.fail(subject, Reasons.of(e), "", REMEDY));
        }
    }
}
