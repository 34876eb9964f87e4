package io.signalbox.cli.group;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.signalbox.schemas.GroupDefinition;
import io.signalbox.schemas.Snippets;
import io.signalbox.schemas.Snippets.Named;
import java.util.List;
import org.junit.jupiter.api.Test;

class SnippetsYamlTest {

    private static final String ALL =
            """
            name: edge
            entry-points: {http: ":80", inner: ":81"}
            snippets:
              global: [maxconn 20000]
              defaults: [option http-ignore-probes]
              frontend: |
                # a comment

                http-response set-header X-Served-By edge
                http-request deny if { path_beg /x }
              entry-points:
                inner: ["http-request deny if { src 10.0.0.1 }"]
              backends: [http-reuse safe]
              services:
                web: |
                  http-reuse always
              sections: [peers my_peers, "peer a 10.0.0.1:1024"]
              templates:
                global: |
                  maxconn {{ services | length }}
                entry-points.inner: |
                  # for each
                    {% for s in services %}
                    acl is_{{ s.name }} always_true
                    {% endfor %}
              replace:
                unavailable: |
                  http-request deny deny_status 503
                entry-points.inner: "{{ generated }}"
            """;

    @Test
    void shouldReadListsAndBlocks() throws Exception {
        assertThat(GroupYaml.parse("g.yaml", ALL).snippets())
                .isEqualTo(
                        new Snippets(
                                List.of("maxconn 20000"),
                                List.of("option http-ignore-probes"),
                                List.of(
                                        "http-response set-header X-Served-By edge",
                                        "http-request deny if { path_beg /x }"),
                                List.of(
                                        new Named(
                                                "inner",
                                                List.of("http-request deny if { src 10.0.0.1 }"))),
                                List.of("http-reuse safe"),
                                List.of(new Named("web", List.of("http-reuse always"))),
                                List.of("peers my_peers", "peer a 10.0.0.1:1024"),
                                List.of(
                                        new Named(
                                                "global",
                                                List.of("maxconn {{ services | length }}")),
                                        new Named(
                                                "entry-points.inner",
                                                List.of(
                                                        "# for each",
                                                        "  {% for s in services %}",
                                                        "  acl is_{{ s.name }} always_true",
                                                        "  {% endfor %}")),
                                        new Named(
                                                "replace.unavailable",
                                                List.of("http-request deny deny_status 503")),
                                        new Named(
                                                "replace.entry-points.inner",
                                                List.of("{{ generated }}")))));
    }

    @Test
    void shouldReadWhatItWrites() throws Exception {
        GroupDefinition group = GroupYaml.parse("g.yaml", ALL);

        assertThat(GroupYaml.parse("again", GroupYamlWriter.write(group))).isEqualTo(group);
    }

    @Test
    void shouldNameEveryMistakeWithItsLine() {
        GroupYaml.Invalid invalid =
                catchThrowableOfType(
                        GroupYaml.Invalid.class,
                        () ->
                                GroupYaml.parse(
                                        "g.yaml",
                                        """
                                        name: edge
                                        snippets:
                                          global:
                                            - stats socket /tmp/s
                                          frontend: |
                                            http-request deny

                                            bind :81
                                          entry-points: {nowhere: [http-request deny]}
                                          backends: {a: b}
                                          services:
                                            web: [listen x, [a]]
                                          nonsense: x
                                        """));

        assertThat(invalid.lines())
                .satisfiesExactlyInAnyOrder(
                        line -> assertThat(line).startsWith("g.yaml:13: snippets.nonsense"),
                        line -> assertThat(line).startsWith("g.yaml:4: snippets.global: line must"),
                        line ->
                                assertThat(line)
                                        .startsWith("g.yaml:8: snippets.frontend: line must not")
                                        .contains("'bind'"),
                        line ->
                                assertThat(line)
                                        .startsWith(
                                                "g.yaml:9: snippets.entry-points.nowhere: is none"
                                                        + " of http"),
                        line ->
                                assertThat(line)
                                        .startsWith("g.yaml:10: snippets.backends: must be"),
                        line ->
                                assertThat(line)
                                        .startsWith("g.yaml:12: snippets.services.web: line must"),
                        line ->
                                assertThat(line)
                                        .startsWith("g.yaml:12: snippets.services.web: must be"));
    }

    @Test
    void shouldNameWhatIsWrongWithSectionsAndTemplates() {
        GroupYaml.Invalid invalid =
                catchThrowableOfType(
                        GroupYaml.Invalid.class,
                        () ->
                                GroupYaml.parse(
                                        "g.yaml",
                                        """
                                        name: edge
                                        snippets:
                                          sections: [listen pool]
                                          templates:
                                            nowhere: x
                                            entry-points.https: x
                                            global: [x]
                                            frontend: |
                                              {% if x %}
                                            sections: "{% include 'x' %}"
                                          replace:
                                            backends: x
                                            global: "{{"
                                        """));

        assertThat(invalid.lines())
                .satisfiesExactly(
                        line ->
                                assertThat(line)
                                        .startsWith("g.yaml:3: snippets.sections: line must have"),
                        line ->
                                assertThat(line)
                                        .startsWith("g.yaml:5: snippets.templates.nowhere: is none")
                                        .endsWith("sections, entry-points.http"),
                        line -> assertThat(line).startsWith("g.yaml:6: snippets.templates.entry"),
                        line -> assertThat(line).endsWith("global: must be a block of text"),
                        line ->
                                assertThat(line)
                                        .startsWith("g.yaml:8: snippets.templates.frontend: ")
                                        .contains("endif"),
                        line -> assertThat(line).contains("g.yaml:10:").contains("include"),
                        line ->
                                assertThat(line)
                                        .isEqualTo(
                                                "g.yaml:12: snippets.replace.backends: is none of"
                                                        + " global, defaults, unavailable,"
                                                        + " entry-points.http"),
                        line -> assertThat(line).startsWith("g.yaml:13: snippets.replace.global"));
    }
}
