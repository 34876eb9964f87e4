package io.signalbox.applier.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.applier.core.plan.WantedServer;
import io.signalbox.applier.core.plan.WantedService;
import io.signalbox.schemas.ApplyResult.Reach;
import io.signalbox.schemas.Cause;
import io.signalbox.schemas.ConfigRecord.Candidate;
import io.signalbox.schemas.ConfigRecord.Candidate.Kind;
import io.signalbox.schemas.ConfigRecord.Note;
import io.signalbox.schemas.ConfigRecord.Server;
import io.signalbox.schemas.ConfigRecord.ServerOptions;
import io.signalbox.schemas.ConfigRecord.Service;
import io.signalbox.schemas.Policy;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class AddressChoiceTest {
    private static final AddressChoice CHOICE =
            new AddressChoice(new Reach("here", List.of("overlay-1")), true);

    @Test
    void shouldReachAContainerOnItsOwnHostOnly() {
        assertThat(CHOICE.reaches(candidate(Kind.CONTAINER, "here", "bridge"))).isTrue();
        assertThat(CHOICE.reaches(candidate(Kind.CONTAINER, "there", "bridge"))).isFalse();
    }

    @Test
    void shouldReachAnOverlayThatItIsAttachedToFromAnyHost() {
        assertThat(CHOICE.reaches(candidate(Kind.OVERLAY, "there", "overlay-1"))).isTrue();
        assertThat(CHOICE.reaches(candidate(Kind.OVERLAY, "here", "overlay-2"))).isFalse();
    }

    @Test
    void shouldReachWhatLiesInASubnetOfItsOwn() {
        AddressChoice inContainer =
                new AddressChoice(new Reach("here", List.of("10.0.0.0/8")), false);

        assertThat(inContainer.reaches(at(Kind.OVERLAY, "there", "10.0.1.7"))).isTrue();
        assertThat(inContainer.reaches(at(Kind.OVERLAY, "there", "172.18.0.7"))).isFalse();
        assertThat(inContainer.reaches(at(Kind.CONTAINER, "here", "10.0.1.7"))).isTrue();
        assertThat(inContainer.reaches(at(Kind.CONTAINER, "here", "172.18.0.7"))).isFalse();
        assertThat(inContainer.reaches(at(Kind.CONTAINER, "there", "10.0.1.7"))).isFalse();
    }

    private static Candidate at(Kind kind, String host, String address) {
        return new Candidate(kind, host, "network", address, 80);
    }

    @Test
    void shouldReachALoopbackPortOnTheSameHostOnly() {
        assertThat(CHOICE.reaches(candidate(Kind.LOOPBACK, "here", ""))).isTrue();
        assertThat(CHOICE.reaches(candidate(Kind.LOOPBACK, "there", ""))).isFalse();
        assertThat(CHOICE.reaches(candidate(Kind.PUBLISHED, "there", ""))).isTrue();
    }

    @Test
    void shouldTakeTheFirstReachableAndNameWhoHasNone() {
        Service service =
                new Service(
                        "a",
                        List.of(),
                        new ServerOptions(0, 1, 1),
                        List.of(
                                server(
                                        "a.1",
                                        candidate(Kind.CONTAINER, "there", "bridge"),
                                        candidate(Kind.PUBLISHED, "there", "")),
                                server("a.2", candidate(Kind.CONTAINER, "there", "bridge"))),
                        List.of(),
                        List.of(),
                        Policy.NONE);

        WantedService wanted = CHOICE.resolve(service, List.of());

        assertThat(wanted.servers()).extracting(WantedServer::name).containsExactly("a.1");
        assertThat(wanted.servers()).extracting(WantedServer::proxied).containsExactly(true);
        assertThat(wanted.leftOut())
                .extracting(Note::code, Note::subject)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("unreachable", "there/a.2-container"));
    }

    private static Candidate candidate(Kind kind, String host, String scope) {
        return new Candidate(kind, host, scope, "10.0.0.1", 80);
    }

    private static Server server(String name, Candidate... candidates) {
        Instant now = Instant.EPOCH;
        return new Server(
                name,
                "there",
                name + "-container",
                now,
                100,
                false,
                List.of(candidates),
                new Cause(0, 0, "there/c", null, now, now, null));
    }
}
