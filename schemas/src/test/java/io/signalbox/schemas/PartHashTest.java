package io.signalbox.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.schemas.ConfigRecord.Candidate;
import io.signalbox.schemas.ConfigRecord.Content;
import io.signalbox.schemas.ConfigRecord.Frame;
import io.signalbox.schemas.ConfigRecord.HeldRoute;
import io.signalbox.schemas.ConfigRecord.Note;
import io.signalbox.schemas.ConfigRecord.Removed;
import io.signalbox.schemas.ConfigRecord.Server;
import io.signalbox.schemas.ConfigRecord.ServerOptions;
import io.signalbox.schemas.ConfigRecord.Service;
import io.signalbox.schemas.ConfigRecord.SpareProfile;
import io.signalbox.schemas.HttpPolicy.Compression;
import io.signalbox.schemas.HttpPolicy.HeaderRule;
import io.signalbox.schemas.HttpPolicy.Hsts;
import io.signalbox.schemas.HttpPolicy.Maintenance;
import io.signalbox.schemas.Policy.Balance;
import io.signalbox.schemas.Policy.Timeouts;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PartHashTest {
    private static final Instant T = Instant.ofEpochSecond(1_700_000_000, 5);
    private static final Cause CAUSE = new Cause(1, 2, "h/c", T, T, T, null);

    @Test
    void shouldNotChangeFromReleaseToRelease() {
        assertThat(PartHash.of(new Removed()))
                .isEqualTo(new CanonicalDigest().text("removed").hex());
        assertThat(PartHash.of(service("a", List.of("x"), List.of(server("s", false)))))
                .isEqualTo("867df3284245f58a0d5d0bd24c0aa20671d521acd2e269aa912930f6dae18f78");
        assertThat(PartHash.of(frame(32)))
                .isEqualTo("101a79d0f427a179b7c604b579f4b307026782f0d7f40909ca355450bee572c2");
    }

    @Test
    void shouldTellEveryFieldApart() {
        List<Content> different =
                List.of(
                        new Removed(),
                        frame(32),
                        frame(33),
                        service("a", List.of("x"), List.of()),
                        service("ax", List.of(""), List.of()),
                        service("a", List.of("x", ""), List.of()),
                        service("a", List.of(), List.of()),
                        service("a", List.of("x"), List.of(server("s", false))),
                        service("a", List.of("x"), List.of(server("s", true))),
                        service("a", List.of("x"), List.of(server("t", true))));

        Set<String> hashes = new HashSet<>();
        different.forEach(content -> hashes.add(PartHash.of(content)));

        assertThat(hashes).hasSameSizeAs(different);
    }

    @Test
    void shouldTellEveryPolicyApart() {
        Duration second = Duration.ofSeconds(1);
        List<Content> different =
                List.of(
                        with(Policy.NONE),
                        with(new Policy(Duration.ZERO)),
                        with(new Policy(Duration.ofNanos(1))),
                        with(new Policy(second)),
                        with(new Policy(null, Balance.FIRST, Timeouts.NONE, null)),
                        with(new Policy(null, Balance.SOURCE, Timeouts.NONE, null)),
                        with(new Policy(null, null, new Timeouts(second, null, null), null)),
                        with(new Policy(null, null, new Timeouts(null, second, null), null)),
                        with(new Policy(null, null, new Timeouts(null, null, second), null)),
                        with(new Policy(null, null, Timeouts.NONE, 0)),
                        with(new Policy(null, null, Timeouts.NONE, 1)),
                        with(new Policy(second, null, Timeouts.NONE, 1)),
                        with(new Policy(second, Balance.FIRST, Timeouts.NONE, 1)));

        Set<String> hashes = new HashSet<>();
        different.forEach(content -> hashes.add(PartHash.of(content)));

        assertThat(hashes).hasSameSizeAs(different);
    }

    @Test
    void shouldTellLiveOptionsApart() {
        Duration second = Duration.ofSeconds(1);
        List<LiveOptions> different =
                List.of(
                        LiveOptions.NONE,
                        new LiveOptions(301, null, null, null, null),
                        new LiveOptions(308, null, null, null, null),
                        new LiveOptions(null, LiveOptions.Closed.AT_ONCE, null, null, null),
                        new LiveOptions(null, LiveOptions.Closed.IN_TURN, null, null, null),
                        new LiveOptions(null, null, second, null, null),
                        new LiveOptions(null, null, null, second, null),
                        new LiveOptions(null, null, null, null, new Hsts(second, false, false)),
                        new LiveOptions(null, null, null, null, new Hsts(second, true, false)),
                        new LiveOptions(null, null, null, null, null, true));

        assertThat(different.stream().map(PartHashTest::hashWith).distinct())
                .hasSameSizeAs(different);
        assertThat(hashWith(LiveOptions.NONE)).isEqualTo(PartHash.of(with(Policy.NONE)));
    }

    private static String hashWith(LiveOptions live) {
        Service service = with(Policy.NONE);
        return PartHash.of(
                new Service(
                        service.service(),
                        service.backend(),
                        service.serverOptions(),
                        service.servers(),
                        service.routes(),
                        service.notes(),
                        service.policy(),
                        List.of(),
                        live));
    }

    @Test
    void shouldTellApartWhatEntryPointsSay() {
        GroupDefinition.Listen listen = new GroupDefinition.Listen("", 80);
        GroupDefinition.Tls tls =
                new GroupDefinition.Tls(GroupDefinition.TlsProfile.INTERMEDIATE, "", false);
        List<GroupDefinition.EntryPoint> points =
                List.of(
                        new GroupDefinition.EntryPoint("http", listen),
                        entryPoint(listen, tls),
                        entryPoint(
                                listen,
                                new GroupDefinition.Tls(
                                        GroupDefinition.TlsProfile.MODERN, "", false)),
                        entryPoint(
                                listen,
                                new GroupDefinition.Tls(
                                        GroupDefinition.TlsProfile.INTERMEDIATE, "ca", false)),
                        entryPoint(
                                listen,
                                new GroupDefinition.Tls(
                                        GroupDefinition.TlsProfile.INTERMEDIATE, "ca", true)),
                        new GroupDefinition.EntryPoint(
                                "http",
                                listen,
                                null,
                                new GroupDefinition.HttpsRedirect(301, 443),
                                false,
                                List.of()),
                        new GroupDefinition.EntryPoint("http", listen, null, null, true, List.of()),
                        new GroupDefinition.EntryPoint(
                                "http", listen, null, null, false, List.of("10.0.0.0/8")));

        assertThat(points.stream().map(PartHashTest::hashWith).distinct()).hasSize(points.size());
        assertThat(hashWith(points.getFirst())).isEqualTo(PartHash.of(frame(1)));
    }

    private static GroupDefinition.EntryPoint entryPoint(
            GroupDefinition.Listen listen, GroupDefinition.Tls tls) {
        return new GroupDefinition.EntryPoint("http", listen, tls, null, false, List.of());
    }

    private static String hashWith(GroupDefinition.EntryPoint point) {
        Frame frame = frame(1);
        return PartHash.of(
                new Frame(
                        frame.global(),
                        frame.defaults(),
                        frame.sections(),
                        frame.spares(),
                        List.of(point),
                        frame.statistics(),
                        frame.oldestHaproxy(),
                        frame.accessLog()));
    }

    @Test
    void shouldHashTheSamePartsToTheSameValueInAnyOrderAndHistory() {
        ManifestHash one = new ManifestHash();
        ManifestHash other = new ManifestHash();
        for (int part = 0; part < 1000; part++) {
            one.put("service/" + part, "h" + part);
            other.put("service/" + (999 - part), "old");
        }
        other.value();
        for (int part = 0; part < 1000; part++) {
            other.put("service/" + part, "h" + part);
        }
        other.put("gone", "x");
        other.remove("gone");

        assertThat(other.value()).isEqualTo(one.value());
        other.put("service/7", "different");
        assertThat(other.value()).isNotEqualTo(one.value());
    }

    @Test
    void shouldTellApartValuesOfCookies() {
        Server plain = server("a.1", false);

        assertThat(
                        List.of(plain, plain.withCookie("1"), plain.withCookie("2")).stream()
                                .map(server -> service("a", List.of(), List.of(server)))
                                .map(PartHash::of)
                                .distinct())
                .hasSize(3);
        assertThat(plain.withCookie("")).isEqualTo(plain);
    }

    private static Server server(String name, boolean stopping) {
        return new Server(
                name,
                "h",
                "c",
                T,
                1,
                stopping,
                List.of(new Candidate(Candidate.Kind.CONTAINER, "h", "n", "172.17.0.2", 80)),
                CAUSE);
    }

    private static Service service(String name, List<String> backend, List<Server> servers) {
        return new Service(
                name,
                backend,
                new ServerOptions(2000, 3, 1),
                servers,
                List.of(new HeldRoute("a.example", "/", T)),
                List.of(new Note("code", "subject", "message")),
                Policy.NONE);
    }

    @Test
    void shouldTellApartLinesOfTheOperator() {
        List<String> line = List.of("x");
        List<String> none = List.of();
        List<Snippets.Named> names = List.of();
        List<Snippets.Named> named = List.of(new Snippets.Named("n", line));
        List<Snippets> different =
                List.of(
                        Snippets.NONE,
                        new Snippets(line, none, none, names, none, names),
                        new Snippets(none, line, none, names, none, names),
                        new Snippets(none, none, line, names, none, names),
                        new Snippets(none, none, none, named, none, names),
                        new Snippets(none, none, none, names, line, names),
                        new Snippets(none, none, none, names, none, named));

        assertThat(different.stream().map(s -> PartHash.of(frame(1).with(s))).distinct())
                .hasSize(different.size());
        assertThat(PartHash.of(frame(1).with(Snippets.NONE))).isEqualTo(PartHash.of(frame(1)));
    }

    @Test
    void shouldKeepTheHashOfAServiceThatOnlyDrains() {
        assertThat(PartHash.of(with(new Policy(Duration.ofSeconds(3)))))
                .isEqualTo("9e43a63aaee1eab3d8bb729a39ba022d5a4d5aec2eb27c4bd7a4456e0769185a");
    }

    @Test
    void shouldTellApartWhatPoliciesSay() {
        HttpPolicy none = HttpPolicy.NONE;
        List<Policy> different =
                List.of(
                        Policy.NONE,
                        sticky("", false),
                        sticky("", true),
                        sticky("a", false),
                        http(new Compression(List.of()), null, List.of()),
                        http(new Compression(List.of("")), null, List.of()),
                        http(new Compression(List.of("a", "")), null, List.of()),
                        http(new Compression(List.of("", "a")), null, List.of()),
                        http(null, new Maintenance(""), List.of()),
                        http(null, new Maintenance("a"), List.of()),
                        http(null, null, List.of(rule("a", ""), rule("", "b"))),
                        http(null, null, List.of(rule("a", "b"), rule("", ""))),
                        http(null, null, List.of(rule("", ""), rule("a", "b"))));

        assertThat(different.stream().map(policy -> PartHash.of(with(policy))))
                .doesNotHaveDuplicates();
        assertThat(PartHash.of(with(http(none.compression(), null, List.of()))))
                .isEqualTo(PartHash.of(with(Policy.NONE)));
    }

    private static Policy sticky(String cookie, boolean secure) {
        return policy(
                new Policy.Sticky(Policy.Sticky.Mode.INSERT, cookie, secure), HttpPolicy.NONE);
    }

    private static Policy http(
            @Nullable Compression compression,
            @Nullable Maintenance maintenance,
            List<HeaderRule> headers) {
        HttpPolicy none = HttpPolicy.NONE;
        return policy(
                null,
                new HttpPolicy(
                        headers,
                        none.path(),
                        none.redirects(),
                        null,
                        compression,
                        null,
                        none.access(),
                        null,
                        null,
                        maintenance,
                        List.of()));
    }

    private static Policy policy(Policy.@Nullable Sticky sticky, HttpPolicy http) {
        return new Policy(
                null,
                null,
                Policy.Timeouts.NONE,
                null,
                sticky,
                null,
                Policy.Servers.NONE,
                Policy.Standing.NONE,
                http);
    }

    private static HeaderRule rule(String name, String value) {
        return new HeaderRule(
                HttpPolicy.Direction.REQUEST, HttpPolicy.HeaderAction.SET, name, value);
    }

    private static Service with(Policy policy) {
        Service service = service("a", List.of("x"), List.of());
        return new Service(
                service.service(),
                service.backend(),
                service.serverOptions(),
                service.servers(),
                service.routes(),
                service.notes(),
                policy);
    }

    private static Frame frame(int spares) {
        return new Frame(
                List.of("global"),
                List.of("defaults"),
                List.of("frontend"),
                List.of(new SpareProfile("plain", spares, List.of())),
                List.of(new GroupDefinition.EntryPoint("http", new GroupDefinition.Listen("", 80))),
                new GroupDefinition.Listen("127.0.0.1", 8404),
                "2.6",
                true);
    }
}
