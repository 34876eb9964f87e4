package io.signalbox.dialects;

import io.signalbox.registry.core.translate.Row;
import io.signalbox.registry.core.translate.cosmonaut.CosmonautRows;
import io.signalbox.registry.core.translate.dockercloud.DockercloudRows;
import io.signalbox.registry.core.translate.dockerflow.DockerFlowRows;
import io.signalbox.registry.core.translate.nginxproxy.NginxProxyRows;
import io.signalbox.registry.core.translate.traefik.TraefikKeys;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * A dialect with its table and the probes of that.
 *
 * @param word as groups call it
 * @param prefix of its labels that the table leaves out
 * @param find what is known of a label or variable without that prefix
 */
record Spoken(String word, String prefix, List<Row> rows, Function<String, Optional<Row>> find) {
    private static final List<Spoken> ALL =
            List.of(
                    new Spoken(
                            "docker-flow",
                            "com.df.",
                            Stream.of(DockerFlowRows.OF_SERVICE, DockerFlowRows.OF_DESTINATION)
                                    .flatMap(List::stream)
                                    .toList(),
                            DockerFlowRows::of),
                    new Spoken("dockercloud", "", DockercloudRows.ALL, DockercloudRows::of),
                    new Spoken("nginx-proxy", "", NginxProxyRows.ALL, NginxProxyRows::of),
                    new Spoken("traefik", "", TraefikKeys.ALL, TraefikKeys::of),
                    new Spoken("cosmonaut", "", CosmonautRows.ALL, CosmonautRows::of));

    static List<Spoken> all() {
        return ALL;
    }

    /** What is known of a label or variable. */
    Optional<Row> row(String key) {
        return key.startsWith(prefix)
                ? find.apply(key.substring(prefix.length()))
                : Optional.empty();
    }

    List<Probe> probes() {
        return ProbeFile.read(word + ".txt");
    }

    @Override
    public String toString() {
        return word;
    }
}
