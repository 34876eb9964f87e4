package io.signalbox.renderer.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.schemas.Container.NetworkAttachment;
import io.signalbox.schemas.Container.NetworkMode;
import org.junit.jupiter.api.Test;

/** Containers that have their network from another one. */
class SharedNetworkTest {
    private final Rig rig = new Rig();

    @Test
    void shouldFollowTheContainerWhoseNetworkIsShared() {
        rig.take(sideOf("main").at(1));
        assertThat(rig.codes("web")).containsExactly("network-of-missing");

        NetworkAttachment network = new NetworkAttachment("n", "net", "172.30.0.9", null, false);
        GroupRenderer.Step step = rig.take(A.container("main").networks(network).at(2));
        assertThat(step.changed()).containsOnlyKeys("service/web");
        assertThat(address(rig)).isEqualTo("172.30.0.9");

        rig.take(A.container("main").gone().at(3));
        assertThat(rig.servers("web")).isEmpty();
    }

    @Test
    void shouldFindTheSharedNetworksContainerByItsNameToo() {
        rig.take(sideOf("name-main").at(1), A.container("main").at(2));

        assertThat(rig.servers("web")).containsExactly("web.side");
    }

    @Test
    void shouldTakeTheNewerOfTwoContainersOfOneName() {
        for (int number = 0; number < 20; number++) {
            Rig both = new Rig();
            both.take(
                    sideOf("main").at(1),
                    named("old" + number, "172.30.0.8").at(2),
                    named("new" + number * 7, "172.30.0.9").at(3));

            assertThat(address(both)).isEqualTo("172.30.0.9");
        }
    }

    @Test
    void shouldServeThroughAContainerThatIsNamedAsItsOwnId() {
        rig.take(sideOf("main").at(1), named("main", "172.30.0.9").at(2));

        assertThat(rig.servers("web")).containsExactly("web.side");
    }

    /** A container of web that has its network from the one that is called so. */
    private static A sideOf(String other) {
        return A.container("side")
                .of("web", A.route("a.example"))
                .networks()
                .mode(NetworkMode.Kind.CONTAINER, other);
    }

    /** Where the first server of web is reached. */
    private static String address(Rig rig) {
        return rig.service("web").servers().getFirst().candidates().getFirst().address();
    }

    private static A named(String id, String address) {
        return A.container(id)
                .named("main")
                .networks(new NetworkAttachment("n", "net", address, null, false));
    }
}
