package io.signalbox.watcher.lists;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.signalbox.watcher.core.AllowList;
import io.signalbox.watcher.core.lists.ListedService;
import io.signalbox.watcher.core.lists.ListedService.Lookup;
import io.signalbox.watcher.core.lists.ListedService.Name;
import io.signalbox.watcher.core.lists.Origin;
import io.signalbox.watcher.core.lists.Place;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ListedFileTest {
    private static final AllowList LABELS = AllowList.labels(List.of());

    @Test
    void shouldReadTheShortFormAsLabels() throws Exception {
        ListedService service =
                parse(
                        """
                        services:
                          legacy:
                            host: [legacy.example.com, old.example.com]
                            path: /app
                            port: 8080
                            servers:
                              - 10.0.0.5
                              - address: "[2001:db8::1]:8081"
                                labels:
                                  signalbox.weight: 2
                            labels:
                              signalbox.sticky: true
                        """);

        assertThat(service.name()).isEqualTo("legacy");
        assertThat(service.port()).isEqualTo(8080);
        assertThat(service.labels())
                .containsOnly(
                        entry("signalbox.enable", "true"),
                        entry("signalbox.service", "legacy"),
                        entry("signalbox.host", "legacy.example.com,old.example.com"),
                        entry("signalbox.path", "/app"),
                        entry("signalbox.port", "8080"),
                        entry("signalbox.sticky", "true"));
        assertThat(service.servers())
                .extracting(ListedService.Server::place)
                .containsExactly(new Place("10.0.0.5", 8080), new Place("2001:db8::1", 8081));
        assertThat(service.servers())
                .extracting(ListedService.Server::origin)
                .containsExactly(new Origin("web.yaml", 7), new Origin("web.yaml", 8));
        assertThat(service.servers().getLast().labels())
                .containsEntry("signalbox.weight", "2")
                .containsAllEntriesOf(service.labels());
    }

    @Test
    void shouldReadNamesWithTheirPorts() throws Exception {
        ListedService service =
                parse(
                        """
                        services:
                          backend:
                            dns: [tasks.backend, tasks.other:81]
                            nameserver: 127.0.0.11
                            labels: {signalbox.host: b.example.com, signalbox.port: "80"}
                        """);

        assertThat(service.names())
                .containsExactly(
                        new Name(
                                new Lookup("tasks.backend", "127.0.0.11:53"),
                                80,
                                new Origin("web.yaml", 3)),
                        new Name(
                                new Lookup("tasks.other", "127.0.0.11:53"),
                                81,
                                new Origin("web.yaml", 3)));
        assertThat(service.port()).isEqualTo(80);
    }

    @Test
    void shouldKnowTheServiceByItsFirstPortWhereNoneIsNamed() throws Exception {
        ListedService service =
                parse("services: {a: {host: a.b, servers: ['10.0.0.1:81', '10.0.0.2:82']}}");

        assertThat(service.port()).isEqualTo(81);
        assertThat(service.labels()).containsEntry("signalbox.port", "81");
    }

    @Test
    void shouldLetLabelsLeaveAsTheyLeaveContainers() throws Exception {
        ListedService service =
                parse(
                        """
                        services:
                          a:
                            servers: [10.0.0.1:80]
                            labels:
                              signalbox.auth.users: "joe:secret"
                              other.label: hidden
                        """);

        assertThat(service.labels().toString()).doesNotContain("secret", "hidden");
        assertThat(service.servers().toString()).doesNotContain("secret", "hidden");
        assertThat(service.labels().get("signalbox.auth.users")).startsWith("joe:$6$");
    }

    @ParameterizedTest
    @ValueSource(strings = {"tasks.backend:80", "tasks.backend:80\n", "'tasks.backend:80'"})
    void shouldGiveEveryRequestToANameThatStandsAlone(String text) throws Exception {
        ListedService service = parse(text);

        assertThat(service.name()).isEqualTo("backend");
        assertThat(service.names())
                .containsExactly(
                        new Name(new Lookup("tasks.backend", ""), 80, new Origin("web.yaml", 1)));
        assertThat(service.labels())
                .containsEntry("signalbox.path", "/")
                .containsEntry("signalbox.sticky", "true")
                .containsEntry("signalbox.sticky.cookie", "SRVID");
    }

    @Test
    void shouldListNothingWhereThatIsSaid() throws Exception {
        assertThat(ListedFile.parse("web.yaml", "services: {}", LABELS)).isEmpty();
    }

    @Test
    void shouldNameAllMistakesWithFileLineAndKey() {
        assertThat(
                        mistakes(
                                """
                                services:
                                  "bad name":
                                    servers: [10.0.0.1]
                                  a:
                                    host: a.example.com
                                    port: 99999
                                    servers: [web:80, 10.0.0.1:1, 10.0.0.1:1, {labels: {}}]
                                    colour: red
                                    labels: {signalbox.host: b, x: [1]}
                                  b:
                                    dns: ["bad name:80", name]
                                    nameserver: resolver
                                  c: 1
                                  d: {host: d}
                                  d: {servers: []}
                                group: x
                                """))
                .containsExactlyInAnyOrder(
                        "web.yaml:2: services.bad name: the name of a service has 1 to 100 letters,"
                                + " digits, '_', '.' or '-'",
                        "web.yaml:3: services.bad name.servers: 10.0.0.1 has no port, and the"
                                + " service has none",
                        "web.yaml:8: services.a.colour: is not a known key; known are host, path,"
                                + " port, servers, dns, nameserver, labels",
                        "web.yaml:9: services.a.labels.x: must be a single value",
                        "web.yaml:5: services.a.host: is given by label signalbox.host too",
                        "web.yaml:6: services.a.port: must be a number from 1 to 65535",
                        "web.yaml:7: services.a.servers: must be an IP address, or one with a port,"
                                + " as in 192.0.2.1:8080 or [2001:db8::1]:8080, not 'web:80'; names"
                                + " stand under dns",
                        "web.yaml:7: services.a.servers: 10.0.0.1:1 is given twice",
                        "web.yaml:7: services.a.servers: must be an address, or have one",
                        "web.yaml:11: services.b.dns: must be a name, or name:port, not 'bad"
                                + " name:80'",
                        "web.yaml:11: services.b.dns: name has no port, and the service has none",
                        "web.yaml:12: services.b.nameserver: must be an IP address, or one with a"
                                + " port, as in 192.0.2.1:8080 or [2001:db8::1]:8080",
                        "web.yaml:13: services.c: must be a mapping of host, path, port, servers,"
                                + " dns, nameserver, labels",
                        "web.yaml:14: services.d: needs servers or dns",
                        "web.yaml:15: services.d: is given twice",
                        "web.yaml:16: group: is not a known key; known is services");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''| says nothing",
                "'# only this'| says nothing",
                "'[a]'| says nothing",
                "'a: ['| is not YAML",
                "'services: 1'| must be a mapping of services by name",
                "'{}'| services: is missing",
                "'tasks.backend'| must be a mapping with services, or one name:port",
                "'tasks.a:80 tasks.b:80'| must be a mapping with services, or one name:port",
            })
    void shouldRefuseWhatIsNoListOfServices(String text, String why) {
        assertThat(mistakes(text)).singleElement().asString().contains("web.yaml", why);
    }

    private static java.util.Map.Entry<String, String> entry(String key, String value) {
        return java.util.Map.entry(key, value);
    }

    private static ListedService parse(String text) throws Exception {
        List<ListedService> services = ListedFile.parse("web.yaml", text, LABELS);
        assertThat(services).hasSize(1);
        return services.getFirst();
    }

    private static List<String> mistakes(String text) {
        return catchThrowableOfType(
                        ListedFile.Invalid.class, () -> ListedFile.parse("web.yaml", text, LABELS))
                .lines();
    }
}
