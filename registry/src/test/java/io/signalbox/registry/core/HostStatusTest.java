package io.signalbox.registry.core;

import static io.signalbox.registry.core.Facts.container;
import static io.signalbox.registry.core.Facts.decided;
import static io.signalbox.registry.core.Facts.engine;
import static io.signalbox.registry.core.Facts.event;
import static io.signalbox.registry.core.Facts.opened;
import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.schemas.Event;
import io.signalbox.schemas.Fact;
import io.signalbox.schemas.ServiceState.Host.Status;
import io.signalbox.schemas.ServiceState.Instance;
import org.junit.jupiter.api.Test;

/** What decisions about a host change in it and in what it showed. */
class HostStatusTest {
    private final Partition log = new Partition();

    @Test
    void shouldRefuseASessionOfAnotherEngineWhileTheHostIsUp() {
        long session = log.session("h", container("c"));
        log.append(opened("h"));

        FoldResult refused = log.append(otherEngine(log.next - 1));

        assertThat(refused.signals()).singleElement().isInstanceOf(Signal.SessionRefused.class);
        assertThat(log.host("h").session()).isEqualTo(session);
        assertThat(log.host("h").refusedSession()).isEqualTo(log.next - 2);
        assertThat(log.state.control("h").orElseThrow().refusedReason()).contains("engine-1");
    }

    @Test
    void shouldAcceptASessionOfAnotherEngineOnceTheHostIsSuspected() {
        long session = log.session("h", container("c"));
        log.append(decided("h", new Fact.HostSuspected(session)));
        long other = log.next;
        log.append(opened("h"));
        log.append(otherEngine(other));
        assertThat(log.host("h").session()).isEqualTo(other);
        assertThat(log.host("h").status()).isEqualTo(Status.UP);
    }

    @Test
    void shouldIgnoreAHostFactThatJudgesAnotherSession() {
        long session = log.session("h", container("c"));
        log.append(decided("h", new Fact.HostLost(session + 1)));
        log.append(decided("h", new Fact.HostSuspected(session - 1)));
        assertThat(log.host("h").status()).isEqualTo(Status.UP);
    }

    @Test
    void shouldKeepTheContainersOfALostHostAndDropThoseOfAnExpiredOne() {
        long session = log.session("h", container("a"), container("b"));
        log.append(decided("h", new Fact.HostSuspected(session)));
        log.append(decided("h", new Fact.HostLost(session)));
        assertThat(log.instance("h", "a").gone()).isFalse();

        FoldResult expired = log.append(decided("h", new Fact.HostExpired(session)));

        assertThat(Partition.instances(expired)).allMatch(Instance::gone).hasSize(2);
        assertThat(expired.changed()).last().extracting("lastOfFact").isEqualTo(true);
    }

    @Test
    void shouldIgnoreExpiryOfAHostThatIsNotLost() {
        long session = log.session("h", container("a"));
        log.append(decided("h", new Fact.HostLost(session)));
        log.append(decided("h", new Fact.HostReturned(session)));
        assertThat(log.append(decided("h", new Fact.HostExpired(session))).changed()).isEmpty();
        assertThat(log.instance("h", "a").gone()).isFalse();
    }

    @Test
    void shouldAskALostHostThatReturnsForASnapshotButNotASuspectedOne() {
        long session = log.session("h", container("a"));
        log.append(decided("h", new Fact.HostSuspected(session)));
        log.append(decided("h", new Fact.HostReturned(session)));
        assertThat(log.host("h").resyncSession()).isEqualTo(Event.NO_SESSION);

        log.append(decided("h", new Fact.HostLost(session)));
        log.append(decided("h", new Fact.HostReturned(session)));

        assertThat(log.host("h").status()).isEqualTo(Status.UP);
        assertThat(log.host("h").resyncSession()).isEqualTo(session);
    }

    private static Event otherEngine(long session) {
        return event("h", session, 1, new Fact.SnapshotBegan("docker", engine("engine-2")));
    }
}
