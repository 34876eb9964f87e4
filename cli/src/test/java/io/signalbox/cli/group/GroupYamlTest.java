package io.signalbox.cli.group;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.schemas.GroupDefinition;
import io.signalbox.schemas.GroupDefinition.AddressMode;
import io.signalbox.schemas.GroupDefinition.EntryPoint;
import io.signalbox.schemas.GroupDefinition.Listen;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GroupYamlTest {

    @Test
    void shouldGiveTheBuiltInValuesForAllThatIsLeftOut() throws Exception {
        GroupDefinition group = GroupYaml.parse("g.yaml", "name: default\n");

        assertThat(group).isEqualTo(GroupDefinition.builtIn("default", new Listen("", 80)));
    }

    @Test
    void shouldReadEveryKey() throws Exception {
        GroupDefinition group =
                GroupYaml.parse(
                        "g.yaml",
                        """
                        name: edge
                        select:
                          labels: {tier: web}
                          networks: [front]
                          hosts: [b, a]
                        entry-points:
                          http: ":8080"
                          inner: "127.0.0.1:8081"
                        oldest-haproxy: "3.0"
                        addresses: published
                        network: front
                        defaults:
                          balance: leastconn
                          timeouts: {connect: 1s, client: 2s, server: 3s, queue: 4s, http-request: 500ms, keep-alive: 6s}
                          retries: 1
                          retry-methods: [GET]
                          check: {interval: 1s, fall: 2, rise: 2}
                          hard-stop-after: 10m
                          max-connections: 5000
                        statistics: off
                        spares: 8
                        access-log: false
                        """);

        assertThat(group.name()).isEqualTo("edge");
        assertThat(group.selector().labels()).isEqualTo(Map.of("tier", "web"));
        assertThat(group.selector().hosts()).containsExactly("a", "b");
        assertThat(group.entryPoints())
                .containsExactly(
                        new EntryPoint("http", new Listen("", 8080)),
                        new EntryPoint("inner", new Listen("127.0.0.1", 8081)));
        assertThat(group.oldestHaproxy()).isEqualTo("3.0");
        assertThat(group.addressMode()).isEqualTo(AddressMode.PUBLISHED);
        assertThat(group.network()).isEqualTo("front");
        assertThat(group.defaults().httpRequestTimeout()).isEqualTo(Duration.ofMillis(500));
        assertThat(group.defaults().retryMethods()).isEqualTo(List.of("GET"));
        assertThat(group.statistics()).isNull();
        assertThat(group.spares()).isEqualTo(8);
        assertThat(group.accessLog()).isFalse();
    }

    @Test
    void shouldReadWhatItWrites() throws Exception {
        GroupDefinition group =
                GroupYaml.parse(
                        "g.yaml", "name: edge\nselect: {hosts: [a]}\nstatistics: \"[::1]:9000\"\n");

        assertThat(GroupYaml.parse("again", GroupYamlWriter.write(group))).isEqualTo(group);
    }

    @Test
    void shouldReportEveryMistakeAtOnceWithLineAndKey() {
        assertThatThrownBy(
                        () ->
                                GroupYaml.parse(
                                        "g.yaml",
                                        """
                                        name: Edge!
                                        adresses: auto
                                        entry-points:
                                          http: "80"
                                        defaults:
                                          retries: many
                                          timeouts: {server: 0s}
                                        """))
                .isInstanceOf(GroupYaml.Invalid.class)
                .hasMessageContaining("g.yaml:1: name: a group name has 1 to 63 lower-case letters")
                .hasMessageContaining(
                        "g.yaml:2: adresses: is not a known key; known are name, select")
                .hasMessageContaining(
                        "g.yaml:4: entry-points.http: must be an address to listen on")
                .hasMessageContaining(
                        "g.yaml:6: defaults.retries: must be a whole number from 0 to 100, not 'many'")
                .hasMessageContaining(
                        "g.yaml:7: defaults.timeouts.server: must be a duration above zero");
    }

    @Test
    void shouldNameTheLineThatIsNotYaml() {
        assertThatThrownBy(() -> GroupYaml.parse("g.yaml", "name: [a\nb: }"))
                .isInstanceOf(GroupYaml.Invalid.class)
                .hasMessageContaining("g.yaml:2: is not YAML");
    }

    @Test
    void shouldRefuseAnEmptyFile() {
        assertThatThrownBy(() -> GroupYaml.parse("g.yaml", ""))
                .hasMessage("g.yaml: the file is empty");
    }
}
