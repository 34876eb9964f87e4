package io.signalbox.registry.core.translate.cosmonaut;

import io.signalbox.registry.core.translate.Row;
import java.util.List;
import java.util.Optional;

/** What becomes of each of Cosmonaut's variables. */
public final class CosmonautRows {
    public static final List<Row> ALL =
            List.of(
                    Row.route(
                            "SERVICE_NAME",
                            "signalbox.service",
                            "go-demo",
                            "A container speaks so that has it with PREDICATE or CONFIG_MODE; it"
                                    + " needs all four."),
                    Row.route("PORT", "signalbox.port", "8080", "The port of the application."),
                    Row.route(
                            "PREDICATE",
                            "signalbox.host",
                            "go.example.com",
                            "With CONFIG_MODE=path it is signalbox.path, by whole segments, where"
                                    + " `url_beg` took `/services` for `/service`."),
                    Row.route("CONFIG_MODE", "signalbox.host", "host", "host or path."),
                    Row.policy(
                            "COOKIE",
                            "signalbox.sticky",
                            "JSESSIONID",
                            "`prefix` with that cookie; each server has a value of its own."));

    private CosmonautRows() {}

    /** What is known of a variable. */
    public static Optional<Row> of(String key) {
        return ALL.stream().filter(row -> row.key().equals(key)).findFirst();
    }
}
