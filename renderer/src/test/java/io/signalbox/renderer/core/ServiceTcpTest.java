package io.signalbox.renderer.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.haproxy.AllowedText;
import io.signalbox.schemas.ConfigRecord.Frame;
import io.signalbox.schemas.ConfigRecord.HeldRoute;
import io.signalbox.schemas.ConfigRecord.Note;
import io.signalbox.schemas.ConfigRecord.Server;
import io.signalbox.schemas.ConfigRecord.SpareProfile;
import io.signalbox.schemas.Declaration.Route;
import io.signalbox.schemas.GroupDefinition;
import io.signalbox.schemas.GroupDefinition.EntryPoint;
import io.signalbox.schemas.GroupDefinition.Listen;
import io.signalbox.schemas.GroupDefinition.Tcp;
import io.signalbox.schemas.HttpPolicy;
import io.signalbox.schemas.Policy;
import io.signalbox.schemas.Policy.Servers.Protocol;
import io.signalbox.schemas.RouteMatch;
import io.signalbox.schemas.RouteMatch.HostKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What a service's part says where connections lead to it. */
class ServiceTcpTest {
    private final Rig rig = new Rig();

    private static Route tcp(String entryPoint, String host) {
        HostKind kind = host.startsWith("*") ? HostKind.WILDCARD : HostKind.EXACT;
        return new Route("db", host, "/", RouteMatch.tcp(entryPoint, kind));
    }

    @SuppressWarnings("NullAway") // does not see @Nullable on a nested type of another module
    private static EntryPoint entry(String name, int port, Tcp tcp) {
        return new EntryPoint(name, new Listen("", port), null, null, false, List.of(), tcp);
    }

    private static GroupDefinition group() {
        GroupDefinition group = GroupDefinition.builtIn("default", new Listen("", 80));
        List<EntryPoint> entries = new ArrayList<>(group.entryPoints());
        entries.add(entry("mysql", 3306, Tcp.ALL));
        entries.add(entry("edge", 5432, Tcp.BY_NAME));
        return new GroupDefinition(
                group.name(),
                group.selector(),
                entries,
                group.oldestHaproxy(),
                group.addressMode(),
                group.network(),
                group.defaults(),
                group.statistics(),
                group.spares(),
                group.accessLog());
    }

    @Test
    void shouldFitASpareThatOnlyGroupsWithSuchEntryPointsHave() {
        assertThat(FramePart.of(GroupDefinition.builtIn("a", new Listen("", 80))).spares())
                .extracting(SpareProfile::name)
                .containsExactly("plain", "sticky");
        rig.renderer.define(group());
        rig.take(A.container("a").of("db", tcp("mysql", "")).shownAt(1).at(1));

        Frame frame = (Frame) Objects.requireNonNull(rig.contents().get("frame"));

        assertThat(frame.spares())
                .filteredOn(profile -> profile.name().equals("tcp"))
                .extracting(SpareProfile::backend)
                .containsExactly(rig.service("db").backend());
        assertThat(rig.service("db").routes())
                .containsExactly(
                        new HeldRoute(
                                "",
                                "/",
                                A.T0.plusSeconds(1),
                                RouteMatch.tcp("mysql", HostKind.EXACT)));
        assertThat(rig.codes("db")).isEmpty();
    }

    @Test
    void shouldFollowOfAPolicyWhatConnectionsCanHaveAndNothingElse() {
        HttpPolicy none = HttpPolicy.NONE;
        Policy policy =
                new Policy(
                        null,
                        Policy.Balance.LEASTCONN,
                        new Policy.Timeouts(
                                Duration.ofSeconds(1),
                                Duration.ofSeconds(2),
                                Duration.ofSeconds(3)),
                        2,
                        new Policy.Sticky(Policy.Sticky.Mode.INSERT, "", false),
                        null,
                        new Policy.Servers(7, 8, Duration.ofSeconds(4), 9, Protocol.H2, 2),
                        new Policy.Standing(5, true),
                        new HttpPolicy(
                                none.headers(),
                                new HttpPolicy.PathRules(true, List.of(), "/x"),
                                none.redirects(),
                                null,
                                null,
                                null,
                                new HttpPolicy.Access(List.of("10.0.0.0/8"), List.of()),
                                new HttpPolicy.Rate(3, Duration.ofSeconds(1)),
                                null,
                                new HttpPolicy.Maintenance("<b>x</b>"),
                                List.of(),
                                true));
        rig.renderer.define(group());
        rig.take(A.container("a").of("db", tcp("edge", "db.example")).with(policy).at(1));

        assertThat(rig.service("db").backend())
                .containsExactly(
                        "    mode tcp",
                        "    balance leastconn",
                        "    timeout queue 2s",
                        "    timeout tunnel 3s",
                        "    retries 2",
                        "    tcp-request content reject unless { ssl_c_used } { ssl_c_verify 0 }",
                        "    acl allowed src 10.0.0.0/8",
                        "    tcp-request content reject unless allowed",
                        "    stick-table type ipv6 size 100k expire 1s store conn_rate(1s)",
                        "    tcp-request content track-sc0 src,ipmask(32,64)",
                        "    tcp-request content reject if { sc_conn_rate(0) gt 3 }",
                        "    tcp-request content reject");
        assertThat(AllowedText.problem(rig.service("db").backend())).isEmpty();
        assertThat(rig.service("db").serverOptions().further().cookie()).isFalse();
        assertThat(rig.service("db").serverOptions().further().servers())
                .isEqualTo(new Policy.Servers(7, 8, Duration.ofSeconds(4), null, null, 2));
        assertThat(rig.service("db").servers())
                .singleElement()
                .satisfies(
                        server -> {
                            assertThat(server.weight()).isEqualTo(5);
                            assertThat(server.backup()).isTrue();
                        });
    }

    @Test
    void shouldLetOneServiceHaveARouteAndNameTheOther() {
        rig.renderer.define(group());
        rig.take(
                A.container("a").of("one", tcp("edge", "db.example")).shownAt(1).at(1),
                A.container("b")
                        .of("two", tcp("edge", "db.example"), tcp("edge", "*.db.example"))
                        .shownAt(2)
                        .at(2));

        assertThat(rig.service("one").routes()).hasSize(1);
        assertThat(rig.service("two").routes())
                .extracting(HeldRoute::host)
                .containsExactly("*.db.example");
        assertThat(rig.service("two").notes())
                .singleElement()
                .satisfies(
                        note -> {
                            assertThat(note.code()).isEqualTo("route-taken");
                            assertThat(note.subject()).isEqualTo("tcp edge db.example");
                        });
    }

    @Test
    void shouldNoteEntryPointsAtWhichARouteLeadsNothing() {
        rig.renderer.define(group());
        rig.take(
                A.container("a")
                        .of(
                                "db",
                                tcp("http", ""),
                                tcp("nowhere", ""),
                                tcp("mysql", "db.example"),
                                tcp("edge", ""))
                        .at(1));

        assertThat(rig.service("db").notes())
                .extracting(Note::code)
                .containsExactlyInAnyOrder(
                        "entry-point-of-requests", "no-entry-point", "entry-point-without-names");
    }

    @Test
    void shouldNotMixServersOfConnectionsAndOfRequests() {
        rig.renderer.define(group());
        rig.take(
                A.container("a").of("db", A.route("db.example")).shownAt(1).at(1),
                A.container("b").of("db", tcp("mysql", "")).shownAt(2).at(2));

        assertThat(rig.service("db").servers()).extracting(Server::container).containsExactly("b");
        assertThat(rig.service("db").routes()).extracting(HeldRoute::host).containsExactly("");
        assertThat(rig.codes("db")).contains("other-kind");
    }
}
