package io.signalbox.haproxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.signalbox.haproxy.ServersState.Operational;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** Answers as HAProxy 2.6 and 3.0 gave them. */
class AnswersTest {

    private static final String STATE =
            """
            1
            # be_id be_name srv_id srv_name srv_addr srv_op_state srv_admin_state srv_uweight \
            srv_iweight srv_time_since_last_change srv_check_status srv_check_result \
            srv_check_health srv_check_state srv_agent_state bk_f_forced_id srv_f_forced_id \
            srv_fqdn srv_port srvrecord srv_use_ssl srv_check_port srv_check_addr srv_agent_addr \
            srv_agent_port
            6 service_a 7 a.1 2001:db8::1 0 1 50 1 0 1 0 0 14 0 0 1 - 81 - 0 0 - - 0
            6 service_a 1 a.2 10.0.0.2 2 0 100 1 0 6 3 3 6 0 0 0 - 80 - 0 0 - - 0
            6 service_a 3 e - 0 9 1 1 0 1 0 0 0 0 0 0 nohost.invalid 80 - 0 0 - - 0

            """;

    @Test
    void shouldReadServersState() {
        var servers = ServersState.parse(STATE);

        assertThat(servers).hasSize(3);
        var first = servers.getFirst();
        assertThat(first.backend()).isEqualTo(new Identifier("service_a"));
        assertThat(first.server()).isEqualTo(new Identifier("a.1"));
        assertThat(first.id()).isEqualTo(7);
        assertThat(first.weight()).isEqualTo(50);
        assertThat(first.operational()).isEqualTo(Operational.STOPPED);
        assertThat(first.inMaintenance()).isTrue();
        assertThat(first.draining()).isFalse();
        assertThat(first.isAt(new ServerAddress("2001:DB8:0::1", 81))).isTrue();
        assertThat(first.isAt(new ServerAddress("2001:db8::1", 82))).isFalse();
        assertThat(servers.get(1).operational()).isEqualTo(Operational.RUNNING);
        assertThat(servers.get(1).inMaintenance()).isFalse();
        assertThat(servers.get(1).checkResult()).isEqualTo(3);
        assertThat(servers.get(2).draining()).isTrue();
        assertThat(servers.get(2).isAt(new ServerAddress("10.0.0.2", 80))).isFalse();
    }

    @Test
    void shouldRefuseWhatIsNoAnswerOfThatKind() {
        assertThatExceptionOfType(IllegalValue.class)
                .isThrownBy(() -> ServersState.parse("Can't find backend.\n"));
        assertThatExceptionOfType(IllegalValue.class).isThrownBy(() -> ProcessInfo.parse("\n"));
        assertThatExceptionOfType(IllegalValue.class)
                .isThrownBy(() -> ProcessInfo.parse("Version: 2.6.12\nPid: x\n"));
        assertThatExceptionOfType(IllegalValue.class).isThrownBy(() -> MasterProcesses.parse(""));
    }

    @Test
    void shouldReadConnectionsOfBothShapes() {
        var answer =
                """
                # bkname/svname bkid/svid addr port - purge_delay used_cur used_max need_est \
                unsafe_nb safe_nb idle_lim idle_cur idle_per_thr[2]
                service_a/a.1 6/7 10.0.0.1 81 - 1000 2 3 0 0 0 -1 5 2 3
                service_a/a.2 6/1 ::1 80 - 0 1 0 0 0 0 0 0

                """;

        assertThat(ServerConnections.parse(answer))
                .extracting(c -> c.server().value(), c -> c.used(), c -> c.idle())
                .containsExactly(
                        org.assertj.core.api.Assertions.tuple("a.1", 2, 5),
                        org.assertj.core.api.Assertions.tuple("a.2", 1, -1));
    }

    @Test
    void shouldReadMaps() {
        assertThat(MapEntries.parse("0x55ab example.com/ root\n0x7faa */x/ a\n\n"))
                .containsExactly(new MapEntry("example.com/", "root"), new MapEntry("*/x/", "a"));
        assertThat(MapEntries.parse("\n")).isEmpty();
        assertThat(MapEntries.preparedVersion("New version created: 12\n\n"))
                .isEqualTo(OptionalInt.of(12));
        assertThat(MapEntries.preparedVersion("Unknown map identifier.\n")).isEmpty();
        assertThat(
                        LoadedMap.parse(
                                """
                                # id (file) description
                                -1 (/etc/x) pattern loaded from file '/etc/x' used by acl at file \
                                'a' line 2. curr_ver=0 next_ver=0 entry_cnt=2
                                1 (/m/routes) pattern loaded from file '/m/routes' used by map at \
                                file 'a.cfg' line 27, by map at file 'a.cfg' line 28. curr_ver=0 \
                                next_ver=0 entry_cnt=4

                                """))
                .containsExactly(new LoadedMap("/m/routes", 4));
    }

    @Test
    void shouldReadTheWorkersSelf() {
        var info = ProcessInfo.parse("Name: HAProxy\nVersion: 3.0.11-1+deb13u3\nPid: 4711\n\n");

        assertThat(info.version()).isEqualTo(HaproxyVersion.of("3.0.11"));
        assertThat(info.pid()).isEqualTo(4711);
        assertThat(info.values()).containsEntry("Name", "HAProxy");
    }

    @Test
    void shouldReadTheMastersProcesses() {
        var head = "#<PID>          <type>          <reloads>       <uptime>        <version>\n";
        assertThat(
                        MasterProcesses.parse(
                                head
                                        + """
                                        1162            master          5 [failed: 2]   0d00h02m07s     2.6.12
                                        # workers
                                        1271            worker          1               0d00h00m00s     2.6.12
                                        # old workers
                                        1233            worker          3               0d00h00m43s     2.6.12
                                        1210            worker          4               0d00h00m50s     2.6.12
                                        # programs

                                        """))
                .isEqualTo(
                        new MasterProcesses(
                                1162,
                                5,
                                2,
                                OptionalLong.of(1271),
                                List.of(1233L, 1210L),
                                Duration.ofSeconds(50)));
        assertThat(
                        MasterProcesses.parse(
                                head + "7   master   0   0d00h00m01s   2.4.0\n# workers\n"))
                .isEqualTo(
                        new MasterProcesses(
                                7, 0, 0, OptionalLong.empty(), List.of(), Duration.ZERO));
    }

    @Test
    void shouldReadStatistics() {
        var rows =
                Statistics.parse(
                        """
                        # pxname,svname,qcur,econ,last_chk,
                        in_http,FRONTEND,,,,
                        service_a,a.1,0,17,"L4, \"\"refused\"\"\",

                        """);

        assertThat(rows).hasSize(2);
        assertThat(rows.get(0).isServer()).isFalse();
        assertThat(rows.get(0).count("econ")).isZero();
        assertThat(rows.get(1).isServer()).isTrue();
        assertThat(rows.get(1).count("econ")).isEqualTo(17);
        assertThat(rows.get(1).values()).containsEntry("last_chk", "L4, \"refused\"");
    }
}
