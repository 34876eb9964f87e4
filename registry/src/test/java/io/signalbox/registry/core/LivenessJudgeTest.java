package io.signalbox.registry.core;

import static io.signalbox.registry.core.Facts.T0;
import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.schemas.Cause;
import io.signalbox.schemas.Endpoint;
import io.signalbox.schemas.Fact;
import io.signalbox.schemas.Keys;
import io.signalbox.schemas.Liveness;
import io.signalbox.schemas.Partitions;
import io.signalbox.schemas.ServiceState.Host;
import io.signalbox.schemas.ServiceState.Host.Status;
import io.signalbox.schemas.ServiceState.RegisteredEndpoint;
import io.signalbox.schemas.Topic;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class LivenessJudgeTest {
    private static final LivenessRules RULES = new LivenessRules(5, 30, OptionalInt.of(900));

    private LivenessJudge judge = new LivenessJudge(RULES);
    private long offset;
    private Instant now = T0;

    @Test
    void shouldSuspectAfterFiveSilentTicksAndLoseAfterThirty() {
        own(0);
        host("h", 7, Status.UP);
        assertThat(ticks("h", 4)).isEmpty();
        assertThat(ticks("h", 1)).containsExactly(new Verdict(0, "h", new Fact.HostSuspected(7)));
        host("h", 7, Status.SUSPECTED);
        assertThat(ticks("h", 24)).isEmpty();
        assertThat(ticks("h", 1)).containsExactly(new Verdict(0, "h", new Fact.HostLost(7)));
    }

    @Test
    void shouldCountFromTheCurrentSessionsLastBeatOnly() {
        own(0);
        host("h", 7, Status.UP);
        ticks("h", 4);
        beat("h", 7);
        assertThat(ticks("h", 4)).isEmpty();
        beat("h", 9);
        assertThat(ticks("h", 1)).hasSize(1);
    }

    @Test
    void shouldCountFromTheSessionsBecomingCurrent() {
        own(0);
        host("h", 7, Status.UP);
        ticks("h", 4);
        host("h", 12, Status.UP);
        assertThat(ticks("h", 4)).isEmpty();
        assertThat(ticks("h", 1)).containsExactly(new Verdict(0, "h", new Fact.HostSuspected(12)));
    }

    @Test
    void shouldDecideNothingFromRecordsOlderThanItsTakeOver() {
        host("h", 7, Status.UP);
        own(100);
        assertThat(ticks("h", 50)).isEmpty();
        offset = 100;
        beat("h", 7);
        assertThat(ticks("h", 4)).isEmpty();
        assertThat(ticks("h", 1)).hasSize(1);
    }

    @Test
    void shouldDecideNothingForPartitionsOfOthers() {
        host("h", 7, Status.UP);
        assertThat(ticks("h", 100)).isEmpty();
        own(0);
        judge.release(0);
        assertThat(ticks("h", 100)).isEmpty();
    }

    @Test
    void shouldSayAVerdictAgainOnlyWhenItsFactDoesNotShow() {
        own(0);
        host("h", 7, Status.UP);
        assertThat(ticks("h", 5)).hasSize(1);
        assertThat(ticks("h", 2)).isEmpty();
        assertThat(ticks("h", 1)).containsExactly(new Verdict(0, "h", new Fact.HostSuspected(7)));
    }

    @Test
    void shouldTakeAHostBackAtItsFirstBeat() {
        own(0);
        host("h", 7, Status.LOST);
        now = now.plusSeconds(1);
        assertThat(beat("h", 6)).isEmpty();
        assertThat(beat("h", 7)).containsExactly(new Verdict(0, "h", new Fact.HostReturned(7)));
    }

    @Test
    void shouldNotSuspectAHostAgainThatBeatWhileItWasSuspected() {
        own(0);
        host("h", 7, Status.UP);
        ticks("h", 5);
        host("h", 7, Status.SUSPECTED);
        now = now.plusSeconds(1);
        beat("h", 7);
        host("h", 7, Status.SUSPECTED);
        host("h", 7, Status.UP);
        assertThat(ticks("h", 4)).isEmpty();
        assertThat(ticks("h", 1)).containsExactly(new Verdict(0, "h", new Fact.HostSuspected(7)));
    }

    @Test
    void shouldCountAllTicksAnewWhenABeatCrossesTheSuspicion() {
        own(0);
        host("h", 7, Status.UP);
        assertThat(ticks("h", 5)).hasSize(1);
        Instant suspectedAt = now;
        beat("h", 7);
        judge.host(record("h", 7, Status.SUSPECTED, suspectedAt));
        assertThat(ticks("h", 29)).isEmpty();
        assertThat(ticks("h", 1)).containsExactly(new Verdict(0, "h", new Fact.HostLost(7)));
    }

    @Test
    void shouldCountTheTicksBeforeASuspicionThatWasKnownBefore() {
        own(0);
        judge.host(record("h", 7, Status.SUSPECTED, now.plusSeconds(8)));
        assertThat(ticks("h", 8 + 24)).isEmpty();
        assertThat(ticks("h", 1)).containsExactly(new Verdict(0, "h", new Fact.HostLost(7)));
    }

    @Test
    void shouldCountGraceFromHostLost() {
        own(0);
        host("h", 7, Status.UP);
        ticks("h", 40);
        host("h", 7, Status.LOST);
        assertThat(ticks("h", 899)).isEmpty();
        assertThat(ticks("h", 1)).containsExactly(new Verdict(0, "h", new Fact.HostExpired(7)));
    }

    @Test
    void shouldNeverExpireAHostWhenToldSo() {
        judge = new LivenessJudge(new LivenessRules(5, 30, OptionalInt.empty()));
        own(0);
        host("h", 7, Status.LOST);
        assertThat(ticks("h", 5000)).isEmpty();
    }

    @Test
    void shouldCountGraceOfAnotherOwnerFromTicksAfterHostLostOnly() {
        Instant lostAt = now.plusSeconds(100);
        judge.host(record("h", 7, Status.LOST, lostAt));
        own(0);
        assertThat(ticks("h", 100)).isEmpty();
        assertThat(ticks("h", 899)).isEmpty();
        assertThat(ticks("h", 1)).hasSize(1);
    }

    @Test
    void shouldLoseNoneWhenMoreThanAThirdAreSilentAtOnce() {
        own(0);
        List<String> hosts = sameLivenessPartition(9);
        hosts.forEach(host -> host(host, 7, Status.UP));
        List<String> silent = hosts.subList(0, 4);
        List<String> beating = hosts.subList(4, 9);

        List<Verdict> verdicts = new ArrayList<>();
        for (int tick = 0; tick < 60; tick++) {
            beating.forEach(host -> beat(host, 7));
            verdicts.addAll(ticks(hosts.getFirst(), 1));
            if (tick == 10) {
                silent.forEach(host -> host(host, 7, Status.SUSPECTED));
            }
        }

        assertThat(verdicts).noneMatch(verdict -> verdict.fact() instanceof Fact.HostLost);
        assertThat(judge.massLoss()).contains(new LivenessJudge.MassLoss(4, 9));
    }

    @Test
    void shouldLoseAThirdOfTheHosts() {
        own(0);
        List<String> hosts = sameLivenessPartition(9);
        hosts.forEach(host -> host(host, 7, Status.UP));
        List<String> silent = hosts.subList(0, 3);
        List<Verdict> verdicts = new ArrayList<>();
        for (int tick = 0; tick < 31; tick++) {
            hosts.subList(3, 9).forEach(host -> beat(host, 7));
            verdicts.addAll(ticks(hosts.getFirst(), 1));
            if (tick == 10) {
                silent.forEach(host -> host(host, 7, Status.SUSPECTED));
            }
        }
        assertThat(verdicts.stream().filter(v -> v.fact() instanceof Fact.HostLost)).hasSize(3);
        assertThat(judge.massLoss()).isEmpty();
    }

    @Test
    void shouldNeverExpireAnEndpointWithoutATimeToLive() {
        own(0);
        endpoint(0);

        assertThat(ticksOf(Keys.endpoint("e"), 1_000)).isEmpty();
    }

    @Test
    void shouldExpireAnEndpointThatIsNotRenewed() {
        own(0);
        endpoint(10);
        String key = Keys.endpoint("e");
        assertThat(ticksOf(key, 9)).isEmpty();
        read(key, new Liveness.EndpointRenewed("e"));
        assertThat(ticksOf(key, 9)).isEmpty();
        assertThat(ticksOf(key, 1))
                .containsExactly(new Verdict(0, key, new Fact.EndpointExpired("e", 1L)));
    }

    private void endpoint(int ttlSeconds) {
        judge.endpoint(
                0,
                new RegisteredEndpoint(
                        new Endpoint("e", "192.0.2.9", 80, ttlSeconds, List.of()),
                        false,
                        T0,
                        new Cause(0, 1, "endpoint/e", null, T0, T0, null),
                        true));
    }

    private void own(long from) {
        judge.take(0, java.util.Collections.nCopies(Topic.LIVENESS.partitions(), from));
    }

    private void host(String id, long session, Status status) {
        judge.host(record(id, session, status, now));
    }

    private Host record(String id, long session, Status status, Instant statusAt) {
        return new Host(id, session, 1, null, status, null, -1, -1, 0, offset++, statusAt);
    }

    private List<Verdict> ticks(String host, int count) {
        return ticksOf(Keys.hostBeat(host), count);
    }

    private List<Verdict> ticksOf(String key, int count) {
        List<Verdict> verdicts = new ArrayList<>();
        for (int tick = 0; tick < count; tick++) {
            now = now.plusSeconds(1);
            verdicts.addAll(read(key, new Liveness.Tick("r")));
        }
        return verdicts;
    }

    private List<Verdict> beat(String host, long session) {
        return read(Keys.hostBeat(host), new Liveness.HostBeat(host, session));
    }

    private List<Verdict> read(String key, Liveness record) {
        return judge.read(partition(key), offset++, now, record);
    }

    private static List<String> sameLivenessPartition(int count) {
        List<String> hosts = new ArrayList<>();
        for (int number = 0; hosts.size() < count; number++) {
            String host = "host-" + number;
            if (partition(Keys.hostBeat(host)) == 0) {
                hosts.add(host);
            }
        }
        return hosts;
    }

    private static int partition(String key) {
        return Partitions.of(key, Topic.LIVENESS.partitions());
    }
}
