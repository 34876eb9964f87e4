package io.signalbox.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.signalbox.cli.doctor.Finding.State;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class StatusFindingsTest {
    private static final Instant NOW = Instant.parse("2026-01-01T10:00:00Z");

    @Test
    void shouldTellHostsThatBeatFromThoseThatAreSilentLostOrGone() throws Exception {
        List<Finding> findings =
                status(
                                """
                                {"hosts":[
                                 {"host":"a","status":"up","since":"2026-01-01T09:00:00Z",
                                  "lastBeat":"2026-01-01T09:59:59Z","containers":2,"engine":"28.0"},
                                 {"host":"b","status":"up","lastBeat":"2026-01-01T09:59:00Z"},
                                 {"host":"c","status":"suspected"},
                                 {"host":"d","status":"lost"},
                                 {"host":"e","status":"expired"},
                                 {"host":"f","status":"up","lastBeat":"2026-01-01T09:59:59Z",
                                  "refusedSession":3},
                                 {"host":"g","status":"up"}]}
                                """)
                        .hosts();

        assertThat(findings)
                .extracting(Finding::state)
                .containsExactly(
                        State.OK,
                        State.WARN,
                        State.WARN,
                        State.FAIL,
                        State.WARN,
                        State.OK,
                        State.FAIL,
                        State.WARN);
        assertThat(findings.get(1).line()).contains("host b", "silent for 60 s");
        assertThat(findings.get(7).line()).contains("host g", "up, but silent for an hour or more");
        assertThat(findings.get(3).remedy()).contains("signalbox host expire d");
        assertThat(findings.get(6).line()).contains("host f", "--host-id");
        assertThat(status("{}").hosts()).extracting(Finding::state).containsExactly(State.SKIPPED);
    }

    @Test
    void shouldSayWhatKeepsTheRegistryFromFolding() throws Exception {
        List<Finding> findings =
                status(
                                """
                                {"complete":false,"registry":{"folding":[0],"lag":5000,
                                 "massLoss":"3 of 4 hosts are silent",
                                 "warnings":["the broker refuses a time-out"],
                                 "refused":{"7":"it lost facts"}}}
                                """)
                        .registry();

        assertThat(findings)
                .extracting(Finding::state)
                .containsExactly(State.WARN, State.WARN, State.FAIL, State.WARN, State.FAIL);
        assertThat(findings.getFirst().line()).contains("5000 facts behind");
        assertThat(findings.getLast().line())
                .contains("partition 7", "it lost facts", "--adopt container-events");
    }

    @Test
    void shouldFindGroupsThatNobodyRendersOrApplies() throws Exception {
        List<Finding> findings =
                status(
                                """
                                {"groups":[
                                 {"group":"a","definition":"defined","appliers":[{"applier":"x"}]},
                                 {"group":"b","definition":"built-in","epoch":1,"generation":2,
                                  "services":3,"servers":4,"appliers":[],
                                  "held":{"dropping":9,"living":10,"reason":"too many"}},
                                 {"group":"c","definition":"none"},
                                 {"group":"d","definition":"withdrawn"},
                                 {"group":"e","definition":"built-in","epoch":0,"generation":1,
                                  "services":0,"servers":0,"appliers":[]},
                                 {"group":"f","definition":"defined","epoch":0,"generation":1,
                                  "services":0,"servers":0,"appliers":[]}]}
                                """)
                        .groups();

        assertThat(findings)
                .extracting(finding -> finding.state() + " " + finding.subject())
                .containsExactly(
                        "FAIL group a",
                        "OK group b",
                        "FAIL group b",
                        "WARN group b",
                        "WARN group c",
                        "WARN group d",
                        "OK group e",
                        "OK group f",
                        "WARN group f");
        assertThat(findings.get(2).remedy()).contains("signalbox group accept b");
    }

    @Test
    void shouldLeaveTheBuiltInGroupAloneWhereOnlyOthersAreUsed() throws Exception {
        String unused =
                """
                {"group":"default","definition":"built-in","epoch":1,"generation":1,
                 "services":0,"servers":0,"appliers":[]}""";
        String used =
                """
                {"group":"edge","definition":"defined","epoch":1,"generation":1,
                 "services":1,"servers":1,"appliers":[{"applier":"x"}]}""";

        assertThat(status("{\"groups\":[%s,%s]}".formatted(unused, used)).groups())
                .extracting(Finding::state)
                .containsExactly(State.OK, State.OK);
        assertThat(status("{\"groups\":[%s]}".formatted(unused)).groups())
                .extracting(Finding::state)
                .containsExactly(State.OK, State.WARN);
    }

    @Test
    void shouldFindAppliersThatAreSilentBehindOrRefuseOrCalledAlike() throws Exception {
        List<Finding> findings =
                status(
                                """
                                {"groups":[{"group":"g","appliers":[
                                 {"applier":"a","lastBeat":"2026-01-01T09:59:59Z","haproxy":"3.0.11",
                                  "outcome":"applied","epoch":1,"generation":2,"how":"runtime",
                                  "leftOut":[
                                   {"code":"quarantined","subject":"web","message":"bad line"},
                                   {"code":"not-running","subject":"h/c","message":"exited"}]},
                                 {"applier":"b","lastBeat":"2026-01-01T09:00:00Z"},
                                 {"applier":"c"},
                                 {"applier":"d","lastBeat":"2026-01-01T09:59:59Z",
                                  "outcome":"applied","behind":"is at 1"},
                                 {"applier":"e","lastBeat":"2026-01-01T09:59:59Z",
                                  "outcome":"rejected","behind":"could not apply"},
                                 {"applier":"f","lastBeat":"2026-01-01T09:59:59Z",
                                  "outcome":"applied","alike":["x","y"]}]}]}
                                """)
                        .appliers();

        assertThat(findings)
                .extracting(finding -> finding.state() + " " + finding.subject())
                .containsExactly(
                        "OK applier g/a",
                        "WARN applier g/a",
                        "OK applier g/a",
                        "FAIL applier g/b",
                        "WARN applier g/c",
                        "WARN applier g/d",
                        "FAIL applier g/e",
                        "FAIL applier g/f");
        assertThat(findings.get(3).remedy()).endsWith("or nothing if it was removed");
        assertThat(findings.getLast().line()).contains("[\"x\",\"y\"]");
        assertThat(findings.get(1).line()).contains("web is quarantined: bad line");
    }

    @Test
    void shouldCallNobodySilentWhileTheRegistryReads() throws Exception {
        StatusFindings reading =
                status(
                        """
                        {"complete":false,
                         "hosts":[
                          {"host":"a","status":"up","lastBeat":"2026-01-01T09:20:00Z"},
                          {"host":"b","status":"up"}],
                         "groups":[{"group":"g","appliers":[
                          {"applier":"c","lastBeat":"2026-01-01T09:20:00Z"},
                          {"applier":"d"}]}]}
                        """);

        assertThat(reading.hosts()).extracting(Finding::state).containsOnly(State.OK);
        assertThat(reading.appliers()).extracting(Finding::state).containsOnly(State.OK);
    }

    @Test
    void shouldNameTheFirstOfManyServicesInNoGroup() throws Exception {
        StringBuilder services = new StringBuilder();
        for (int i = 0; i < 12; i++) {
            services.append("{\"service\":\"s%d\",\"containers\":1,\"groups\":[]},".formatted(i));
        }

        List<Finding> findings =
                status("{\"services\":[" + services + "{\"service\":\"t\",\"groups\":[{}]}]}")
                        .services();

        assertThat(findings).hasSize(12);
        assertThat(findings.getFirst().remedy()).isEqualTo("signalbox why s0");
        assertThat(findings.get(10).line()).startsWith("and 2 more");
        assertThat(findings.getLast().line()).isEqualTo("services: 1 of 13 in a group");
    }

    private static StatusFindings status(String json) throws JsonProcessingException {
        return new StatusFindings(new ObjectMapper().readTree(json), NOW);
    }
}
