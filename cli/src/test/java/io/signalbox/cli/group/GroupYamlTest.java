package io.signalbox.cli.group;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.haproxy.Balance;
import io.signalbox.schemas.GroupDefinition;
import io.signalbox.schemas.GroupDefinition.AddressMode;
import io.signalbox.schemas.GroupDefinition.EntryPoint;
import io.signalbox.schemas.GroupDefinition.HttpsRedirect;
import io.signalbox.schemas.GroupDefinition.Listen;
import io.signalbox.schemas.GroupDefinition.Tcp;
import io.signalbox.schemas.GroupDefinition.Tls;
import io.signalbox.schemas.GroupDefinition.TlsProfile;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
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

    private static final String ENTRY_POINTS =
            """
            name: edge
            entry-points:
              plain: ":8080"
              http: {listen: ":80", redirect-https: 301}
              other: {listen: ":81", redirect-https: 308, https-port: 8443}
              https:
                listen: ":443"
                tls: intermediate
                accept-proxy: true
                trusted-proxies: [10.0.0.0/8, "::1"]
              staff: {listen: ":9443", tls: modern, client-ca: staff, client-certificate: optional}
              off: {listen: ":82", tls: off, redirect-https: off}
            """;

    @Test
    @SuppressWarnings("NullAway") // does not see @Nullable on a nested type of another module
    void shouldReadEntryPoints() throws Exception {
        GroupDefinition group = GroupYaml.parse("g.yaml", ENTRY_POINTS);

        assertThat(group.entryPoints())
                .containsExactly(
                        new EntryPoint("plain", new Listen("", 8080)),
                        new EntryPoint(
                                "http",
                                new Listen("", 80),
                                null,
                                new HttpsRedirect(301, 443),
                                false,
                                List.of()),
                        new EntryPoint(
                                "other",
                                new Listen("", 81),
                                null,
                                new HttpsRedirect(308, 8443),
                                false,
                                List.of()),
                        new EntryPoint(
                                "https",
                                new Listen("", 443),
                                new Tls(TlsProfile.INTERMEDIATE, "", false),
                                null,
                                true,
                                List.of("10.0.0.0/8", "::1")),
                        new EntryPoint(
                                "staff",
                                new Listen("", 9443),
                                new Tls(TlsProfile.MODERN, "staff", true),
                                null,
                                false,
                                List.of()),
                        new EntryPoint("off", new Listen("", 82)));
        assertThat(GroupYaml.parse("again", GroupYamlWriter.write(group))).isEqualTo(group);
    }

    @Test
    void shouldReportEveryMistakeOfEntryPoints() {
        assertThatThrownBy(
                        () ->
                                GroupYaml.parse(
                                        "g.yaml",
                                        """
                                        name: edge
                                        entry-points:
                                          a: {listen: ":80", redirect-https: 200}
                                          b: {listen: ":81", tls: old}
                                          c: {listen: ":82", client-ca: staff}
                                          d: {listen: ":83", tls: modern, redirect-https: 301}
                                          e: {tls: modern}
                                          f: {listen: ":84", trusted-proxies: [10.0.0.1/8, x]}
                                          g: {listen: ":85", https-port: 1}
                                          h: {listen: ":86", tls: modern, client-certificate: optional}
                                          i: {listen: ":86"}
                                          j: {listen: ":87", tls: modern, client-ca: ../x}
                                          k: [1]
                                          l: {listen: ":88", accept-proxy: maybe, certs: x}
                                        """))
                .isInstanceOf(GroupYaml.Invalid.class)
                .extracting(e -> ((GroupYaml.Invalid) e).lines())
                .asInstanceOf(InstanceOfAssertFactories.list(String.class))
                .satisfiesExactly(
                        line -> says(line, 3, "a.redirect-https: must be one of off, 301"),
                        line -> says(line, 4, "b.tls: must be one of off, intermediate, modern"),
                        line -> says(line, 5, "c.client-ca: needs tls"),
                        line ->
                                says(
                                        line,
                                        6,
                                        "d.redirect-https: is for an entry point without tls"),
                        line -> says(line, 7, "e.listen: is missing"),
                        line -> says(line, 8, "f.trusted-proxies: network must have no bit set"),
                        line -> says(line, 8, "f.trusted-proxies: network must be an IPv4 or"),
                        line -> says(line, 9, "g.https-port: needs redirect-https"),
                        line -> says(line, 10, "h.client-certificate: needs client-ca"),
                        line -> says(line, 11, "i: the name or the address is given twice"),
                        line -> says(line, 12, "j.client-ca: name of a certificate must be"),
                        line -> says(line, 13, "k: must be a mapping of listen, mode"),
                        line -> says(line, 14, "l.certs: is not a known key"),
                        line -> says(line, 14, "l.accept-proxy: must be true or false"));
    }

    @Test
    @SuppressWarnings("NullAway") // does not see @Nullable on a nested type of another module
    void shouldReadEntryPointsOfConnections() throws Exception {
        GroupDefinition group =
                GroupYaml.parse(
                        "g.yaml",
                        """
                        name: edge
                        entry-points:
                          web: {listen: ":80", mode: http}
                          mysql: {listen: ":3306", mode: tcp}
                          passed: {listen: ":5432", mode: tcp, sni: true}
                          ended:
                            listen: ":5433"
                            mode: tcp
                            tls: modern
                            client-ca: staff
                            accept-proxy: true
                            trusted-proxies: [10.0.0.0/8]
                        """);

        assertThat(group.entryPoints())
                .containsExactly(
                        new EntryPoint("web", new Listen("", 80)),
                        connections("mysql", 3306, Tcp.ALL),
                        connections("passed", 5432, Tcp.BY_NAME),
                        new EntryPoint(
                                "ended",
                                new Listen("", 5433),
                                new Tls(TlsProfile.MODERN, "staff", false),
                                null,
                                true,
                                List.of("10.0.0.0/8"),
                                Tcp.BY_NAME));
        assertThat(GroupYaml.parse("again", GroupYamlWriter.write(group))).isEqualTo(group);
    }

    @SuppressWarnings("NullAway") // does not see @Nullable on a nested type of another module
    private static EntryPoint connections(String name, int port, Tcp tcp) {
        return new EntryPoint(name, new Listen("", port), null, null, false, List.of(), tcp);
    }

    @Test
    void shouldRefuseWhatOneModeAloneHas() {
        assertThatThrownBy(
                        () ->
                                GroupYaml.parse(
                                        "g.yaml",
                                        """
                                        name: edge
                                        entry-points:
                                          a: {listen: ":80", sni: true}
                                          b: {listen: ":81", mode: tcp, redirect-https: 301, https-port: 1}
                                          c: {listen: ":82", mode: tcp, tls: modern, sni: false}
                                          d: {listen: ":83", mode: tcp, trusted-proxies: [10.0.0.0/8]}
                                          e: {listen: ":84", mode: udp}
                                        """))
                .isInstanceOf(GroupYaml.Invalid.class)
                .extracting(e -> ((GroupYaml.Invalid) e).lines())
                .asInstanceOf(InstanceOfAssertFactories.list(String.class))
                .satisfiesExactly(
                        line -> says(line, 3, "a.sni: is for mode: tcp"),
                        line -> says(line, 4, "b.redirect-https: is for mode: http"),
                        line -> says(line, 4, "b.https-port: is for mode: http"),
                        line -> says(line, 5, "c.sni: is for an entry point without tls"),
                        line -> says(line, 6, "d.trusted-proxies: needs accept-proxy"),
                        line -> says(line, 7, "e.mode: must be one of http, tcp"));
    }

    private static void says(String line, int number, String words) {
        assertThat(line).startsWith("g.yaml:" + number + ": entry-points." + words);
    }

    @Test
    void shouldTakeEveryBalance() throws Exception {
        for (Balance balance : Balance.values()) {
            String word = balance.name().toLowerCase(Locale.ROOT);
            assertThat(
                            GroupYaml.parse("g", "name: x\ndefaults: {balance: " + word + "}")
                                    .defaults()
                                    .balance())
                    .isEqualTo(word);
        }
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
