package io.signalbox.renderer.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.schemas.ConfigRecord.Candidate;
import io.signalbox.schemas.ConfigRecord.Candidate.Kind;
import io.signalbox.schemas.ConfigRecord.Note;
import io.signalbox.schemas.Container.NetworkAttachment;
import io.signalbox.schemas.Container.NetworkMode;
import io.signalbox.schemas.Container.State;
import io.signalbox.schemas.GroupDefinition;
import io.signalbox.schemas.GroupDefinition.AddressMode;
import io.signalbox.schemas.GroupDefinition.Listen;
import io.signalbox.schemas.ServiceState.Instance;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AddressesTest {
    private static final NetworkAttachment FRONT =
            new NetworkAttachment("n-front", "front", "172.20.0.2", null, false);
    private static final NetworkAttachment BACK =
            new NetworkAttachment("n-back", "back", "172.21.0.2", null, false);
    private static final NetworkAttachment OVERLAY =
            new NetworkAttachment("n-over", "over", "10.9.0.2", null, true);

    private AddressMode mode = AddressMode.AUTO;
    private @Nullable String groupNetwork;

    @Test
    void shouldUseTheContainersAddressOnItsOwnHost() {
        assertThat(found(a()).candidates())
                .containsExactly(
                        new Candidate(Kind.CONTAINER, "h", "net-bridge", "172.17.0.2", 80));
        assertThat(found(a()).notes()).isEmpty();
    }

    @Test
    void shouldTakeTheFirstNetworkByNameAndSayWhich() {
        Addresses.Found found = found(a().networks(FRONT, BACK));

        assertThat(addresses(found)).containsExactly("172.21.0.2:80", "172.20.0.2:80");
        assertThat(codes(found)).containsExactly("network-chosen");
        assertThat(found.notes().getFirst().message()).contains(" back ");
    }

    @Test
    void shouldPreferTheGroupsNetwork() {
        groupNetwork = "front";
        Addresses.Found found = found(a().networks(BACK, FRONT));

        assertThat(addresses(found)).containsExactly("172.20.0.2:80", "172.21.0.2:80");
        assertThat(found.notes()).isEmpty();
    }

    @Test
    void shouldUseTheLabelsNetworkAlone() {
        Addresses.Found found = found(in("front").networks(BACK, FRONT));

        assertThat(addresses(found)).containsExactly("172.20.0.2:80");
        assertThat(found.notes()).isEmpty();
    }

    @Test
    void shouldFindAComposeNetworkByItsShortName() {
        NetworkAttachment network =
                new NetworkAttachment("n", "shop_front", "172.22.0.2", null, false);

        assertThat(
                        addresses(
                                found(
                                        in("front")
                                                .label("com.docker.compose.project", "shop")
                                                .networks(BACK, network))))
                .containsExactly("172.22.0.2:80");
    }

    @Test
    void shouldNotUseAnotherNetworkThanTheOneAskedFor() {
        Addresses.Found found = found(in("front").networks(BACK).publishes(80, "0.0.0.0", 8080));

        assertThat(found.candidates()).isEmpty();
        assertThat(codes(found)).containsExactly("network-missing");
    }

    @Test
    void shouldAddPublishedPortsByWhereTheyAreBound() {
        Addresses.Found found =
                found(
                        a().publishes(80, "0.0.0.0", 8080)
                                .publishes(80, "::", 8080)
                                .publishes(80, "127.0.0.1", 8081)
                                .publishes(80, "10.0.0.9", 8082)
                                .publishes(443, "0.0.0.0", 8443));

        assertThat(found.candidates())
                .containsExactly(
                        new Candidate(Kind.CONTAINER, "h", "net-bridge", "172.17.0.2", 80),
                        new Candidate(Kind.PUBLISHED, "h", "", "10.0.0.1", 8080),
                        new Candidate(Kind.LOOPBACK, "h", "", "127.0.0.1", 8081),
                        new Candidate(Kind.PUBLISHED, "h", "", "10.0.0.9", 8082));
    }

    @Test
    void shouldReachAHostThatAdvertisesLoopbackFromItselfOnly() {
        Addresses.Found found =
                found(a().networks().hostAddress("127.0.0.1").publishes(80, "0.0.0.0", 8080));

        assertThat(found.candidates())
                .containsExactly(new Candidate(Kind.LOOPBACK, "h", "", "127.0.0.1", 8080));
    }

    @Test
    void shouldOfferAnOverlayToEveryHostAttachedToIt() {
        assertThat(found(a().networks(OVERLAY)).candidates())
                .containsExactly(new Candidate(Kind.OVERLAY, "h", "n-over", "10.9.0.2", 80));
    }

    @Test
    void shouldPutSwarmsOwnNetworksLastAndNotCountThem() {
        NetworkAttachment ingress =
                new NetworkAttachment("n-ingress", "ingress", "10.0.0.5", null, true);
        Addresses.Found found = found(a().networks(ingress, OVERLAY));

        assertThat(addresses(found)).containsExactly("10.9.0.2:80", "10.0.0.5:80");
        assertThat(found.notes()).isEmpty();
    }

    @Test
    void shouldUseIpV6WhereThereIsNothingElse() {
        NetworkAttachment six = new NetworkAttachment("n6", "six", null, "2001:db8::2", false);

        assertThat(found(a().networks(six)).candidates())
                .singleElement()
                .satisfies(one -> assertThat(one.address()).startsWith("2001:db8:"));
    }

    @Test
    void shouldUseTheHostsAddressOnTheHostsNetwork() {
        Instance host = a().networks().mode(NetworkMode.Kind.HOST, "").at(1);

        assertThat(found(host, null).candidates())
                .containsExactly(new Candidate(Kind.PUBLISHED, "h", "", "10.0.0.1", 80));
    }

    @Test
    void shouldUseTheOtherContainersAddress() {
        Instance side = a().networks().mode(NetworkMode.Kind.CONTAINER, "other").at(1);
        Instance other = A.container("other").networks(FRONT).at(2);

        assertThat(addresses(found(side, other))).containsExactly("172.20.0.2:80");
    }

    @Test
    void shouldLeaveOutAContainerWhoseNetworkOwnerDoesNotRun() {
        Instance side = a().networks().mode(NetworkMode.Kind.CONTAINER, "other").at(1);

        assertThat(codes(found(side, null))).containsExactly("network-of-missing");
        assertThat(codes(found(side, A.container("other").state(State.EXITED).at(2))))
                .containsExactly("network-of-missing");
    }

    @Test
    void shouldSayWhyThereIsNoAddress() {
        assertThat(codes(found(a().networks()))).containsExactly("no-address");
        Instance none = a().networks().mode(NetworkMode.Kind.NONE, "").at(1);
        assertThat(codes(found(none, null))).containsExactly("no-network");
        assertThat(codes(found(a().networks().hostAddress("name.example").publishes(80, "", 1))))
                .containsExactly("bad-address");
    }

    @Test
    void shouldFollowTheGroupsAddressMode() {
        A both = a().networks(FRONT, OVERLAY).publishes(80, "0.0.0.0", 8080);

        mode = AddressMode.CONTAINER;
        assertThat(addresses(found(both))).containsExactly("172.20.0.2:80");
        mode = AddressMode.OVERLAY;
        assertThat(addresses(found(both))).containsExactly("10.9.0.2:80");
        mode = AddressMode.PUBLISHED;
        assertThat(addresses(found(both))).containsExactly("10.0.0.1:8080");
    }

    private static A a() {
        return A.container("c").of("web");
    }

    private static A in(String network) {
        return A.container("c").of("web", 80, network, List.of("default"));
    }

    private Addresses.Found found(A container) {
        return found(container.at(1), null);
    }

    private Addresses.Found found(Instance instance, @Nullable Instance shared) {
        return Addresses.of(instance, shared, instance.declarations().getFirst(), group(), null);
    }

    private GroupDefinition group() {
        GroupDefinition built = GroupDefinition.builtIn("default", new Listen("", 80));
        return new GroupDefinition(
                built.name(),
                built.selector(),
                built.entryPoints(),
                built.oldestHaproxy(),
                mode,
                groupNetwork,
                built.defaults(),
                built.statistics(),
                built.spares(),
                built.accessLog());
    }

    private static List<String> addresses(Addresses.Found found) {
        return found.candidates().stream().map(one -> one.address() + ":" + one.port()).toList();
    }

    private static List<String> codes(Addresses.Found found) {
        return found.notes().stream().map(Note::code).toList();
    }
}
