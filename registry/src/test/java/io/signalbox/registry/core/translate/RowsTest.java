package io.signalbox.registry.core.translate;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.registry.core.translate.Translation.Line;
import io.signalbox.registry.core.translate.cosmonaut.CosmonautRows;
import io.signalbox.registry.core.translate.dockercloud.DockercloudRows;
import io.signalbox.registry.core.translate.dockerflow.DockerFlowRows;
import io.signalbox.registry.core.translate.nginxproxy.NginxProxyRows;
import io.signalbox.registry.core.translate.traefik.TraefikKeys;
import io.signalbox.schemas.Container;
import io.signalbox.schemas.Container.NetworkMode;
import io.signalbox.schemas.Dialect;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code -Dsignalbox.golden=write} writes the pages anew. */
class RowsTest {
    private static final Path PAGES = Path.of("../docs/migrating");

    private static final Set<String> TCP =
            Set.of(
                    "com.df.reqMode",
                    "com.df.checkTcp",
                    "com.df.serviceGroup",
                    "com.df.balanceGroup");

    record Case(Dialect dialect, Row row) {}

    static Stream<Case> rows() {
        return Stream.of(
                        DockerFlowRows.OF_DESTINATION.stream()
                                .map(row -> new Case(Dialect.DOCKER_FLOW, row)),
                        DockerFlowRows.OF_SERVICE.stream()
                                .map(row -> new Case(Dialect.DOCKER_FLOW, row)),
                        DockercloudRows.ALL.stream().map(row -> new Case(Dialect.DOCKERCLOUD, row)),
                        NginxProxyRows.ALL.stream().map(row -> new Case(Dialect.NGINX_PROXY, row)),
                        CosmonautRows.ALL.stream().map(row -> new Case(Dialect.COSMONAUT, row)))
                .flatMap(all -> all);
    }

    @ParameterizedTest
    @MethodSource("rows")
    void shouldSayWhatBecameOfEachRowsExample(Case one) {
        String key = (one.dialect() == Dialect.DOCKER_FLOW ? "com.df." : "") + one.row().key();
        Translation made = translated(one.dialect(), key, one.row().example());

        List<Line> lines = made.lines().stream().filter(line -> line.key().equals(key)).toList();
        assertThat(lines).as("%s", made.lines()).isNotEmpty();
        switch (one.row().treatment()) {
            case TRANSLATED -> assertThat(lines).doesNotHaveAnyElementsOfTypes(Line.Refused.class);
            case NOT_NEEDED -> assertThat(lines).hasOnlyElementsOfType(Line.NotNeeded.class);
            case REFUSED -> {
                assertThat(lines).hasOnlyElementsOfType(Line.Refused.class);
                assertThat(made.services().isEmpty()).isEqualTo(one.row().whole());
            }
        }
    }

    @Test
    void shouldBeWhatThePagesSay() throws IOException {
        page(
                "docker-flow",
                "Docker Flow Proxy",
                "`com.df.`",
                Stream.of(DockerFlowRows.OF_SERVICE, DockerFlowRows.OF_DESTINATION)
                        .flatMap(List::stream)
                        .toList());
        page("dockercloud", "dockercloud-haproxy", "no prefix, as variables", DockercloudRows.ALL);
        page("nginx-proxy", "nginx-proxy", "no prefix, as variables", NginxProxyRows.ALL);
        page("cosmonaut", "Cosmonaut", "no prefix, as variables", CosmonautRows.ALL);
    }

    static Stream<String> refusedOfTraefik() {
        return TraefikKeys.ALL.stream()
                .filter(row -> row.treatment() == Row.Treatment.REFUSED)
                .map(row -> row.key().replace("<name>", "m").replace("*", "x"));
    }

    @ParameterizedTest
    @MethodSource("refusedOfTraefik")
    void shouldRefuseByNameWhatIsNotFollowedOfTraefik(String label) {
        Map<String, String> said = new TreeMap<>();
        said.put("traefik.http.routers.r.rule", "Host(`a.example`)");
        said.put(label, "x");

        Translation made = Translators.translate(container(said, Map.of())).getFirst();

        assertThat(made.lines())
                .filteredOn(line -> line.key().equals(label))
                .hasAtLeastOneElementOfType(Line.Refused.class);
    }

    @Test
    void shouldBeCheapForHostileContainers() {
        Map<String, String> said = new TreeMap<>();
        said.put("com.df.notify", "true");
        said.put("com.df.port", "80");
        for (int i = 1; i < 5000; i++) {
            said.put("com.df.servicePath." + i, "/a" + i + ",/b\n".repeat(20));
        }
        said.put("com.df.servicePathExclude", "x,".repeat(500_000));
        Map<String, String> variables =
                Map.of(
                        "VIRTUAL_HOST",
                        "*.a.example:1/x*y,".repeat(400),
                        "VIRTUAL_HOST_MULTIPORTS",
                        "a: {".repeat(2000),
                        "COOKIE",
                        "\n".repeat(8000));
        long start = System.nanoTime();

        List<Translation> all = Translators.translate(container(said, variables));

        assertThat(all).isNotEmpty().allSatisfy(one -> assertThat(one.services()).isEmpty());
        assertThat(System.nanoTime() - start).isLessThan(2_000_000_000L);
    }

    private static Translation translated(Dialect dialect, String key, String value) {
        Map<String, String> said = new TreeMap<>();
        boolean labels = dialect == Dialect.DOCKER_FLOW;
        if (labels) {
            said.put("com.df.notify", "true");
            said.put("com.df.servicePath", "/demo");
            said.put("com.df.serviceDomain", "acme.com");
            said.put("com.df.port", "8080");
            if (key.equals("com.df.compressionType")) {
                said.put("com.df.compressionAlgo", "gzip");
            }
            if (TCP.contains(key)) {
                said.remove("com.df.servicePath");
                said.put("com.df.reqMode", "sni");
                said.put("com.df.srcPort", "3306");
                said.put("com.df.serviceDomainAlgo", "req_ssl_sni -i");
            }
        } else if (dialect == Dialect.COSMONAUT) {
            CosmonautRows.ALL.forEach(row -> said.put(row.key(), row.example()));
        } else {
            said.put("VIRTUAL_HOST", "a.example");
        }
        said.put(key, value);
        Container container = labels ? container(said, Map.of()) : container(Map.of(), said);
        return Translators.translate(container).stream()
                .filter(one -> one.dialect() == dialect)
                .findFirst()
                .orElseThrow();
    }

    private static void page(String name, String title, String prefix, List<Row> rows)
            throws IOException {
        StringBuilder text = new StringBuilder("# From " + title + "\n\n");
        text.append("What becomes of its words (").append(prefix).append("). A test compares this");
        text.append(
                " page with the code.\n\nWhere a word is refused, the service is served without");
        text.append(" it, or not at all if more requests could get in than were meant.\n\n");
        text.append("| word | becomes | here | example | |\n|---|---|---|---|---|\n");
        for (Row row : rows) {
            text.append("| `")
                    .append(row.key())
                    .append("` | ")
                    .append(row.treatmentAndReach())
                    .append(" | ")
                    .append(row.natively().isEmpty() ? "" : "`" + row.natively() + "`")
                    .append(" | `")
                    .append(row.example().replace("|", "\\|"))
                    .append("` | ")
                    .append(row.doc().replace("|", "\\|"))
                    .append(" |\n");
        }
        Path page = PAGES.resolve(name + ".md");
        if ("write".equals(System.getProperty("signalbox.golden"))) {
            Files.createDirectories(PAGES);
            Files.writeString(page, text.toString());
        }
        assertThat(Files.readString(page)).isEqualTo(text.toString());
    }

    private static Container container(Map<String, String> labels, Map<String, String> variables) {
        return new Container(
                "0123456789abcdef",
                "web",
                "image",
                Container.State.RUNNING,
                Container.Health.NONE,
                Instant.EPOCH,
                null,
                0,
                false,
                new NetworkMode(NetworkMode.Kind.NETWORKS, ""),
                List.of(),
                List.of(),
                List.of(new Container.ExposedPort(80, Container.Protocol.TCP)),
                labels,
                variables,
                10);
    }
}
