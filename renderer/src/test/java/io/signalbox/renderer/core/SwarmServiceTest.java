package io.signalbox.renderer.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.schemas.ConfigRecord.Candidate;
import io.signalbox.schemas.ConfigRecord.Candidate.Kind;
import io.signalbox.schemas.ConfigRecord.Server;
import io.signalbox.schemas.Container.NetworkAttachment;
import io.signalbox.schemas.Container.State;
import io.signalbox.schemas.GroupDefinition;
import io.signalbox.schemas.GroupDefinition.AddressMode;
import io.signalbox.schemas.GroupDefinition.Selector;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A Swarm service, known by the pictures of managers, and its tasks on all hosts. */
class SwarmServiceTest {
    private static final String ID = "com.docker.swarm.service.id";
    private static final NetworkAttachment VIRTUAL = overlay("10.0.1.2");
    private static final NetworkAttachment GATEWAY =
            new NetworkAttachment("gw-h", "docker_gwbridge", "172.18.0.5", null, false);

    private final Rig rig = new Rig();

    @Test
    void shouldServeItByItsTasksOnAllHosts() {
        rig.take(
                service("m1", 0).at(1),
                task("t1", "w1", 1, overlay("10.0.1.3"), GATEWAY).at(1),
                task("t2", "w2", 2, overlay("10.0.1.4")).at(1));

        assertThat(rig.servers("web")).containsExactly("web.t1", "web.t2");
        assertThat(candidates(0))
                .containsExactly(
                        new Candidate(Kind.OVERLAY, "w1", "net", "10.0.1.3", 80),
                        new Candidate(Kind.CONTAINER, "w1", "gw-h", "172.18.0.5", 80),
                        new Candidate(Kind.PUBLISHED, "w1", "", "10.0.0.1", 30_000));
        assertThat(rig.codes("web")).isEmpty();
    }

    @Test
    void shouldReachTasksOfTheirOwnHostAlsoWhereANetworkIsNamed() {
        A named = A.container("s1").swarm().of("web", 80, "net", List.of("default"));
        rig.take(
                named.at(1),
                task("t1", "w1", 1, overlay("10.0.1.3"), GATEWAY)
                        .label("com.docker.stack.namespace", "shop")
                        .at(1));

        assertThat(candidates(0))
                .extracting(Candidate::kind)
                .containsExactly(Kind.OVERLAY, Kind.CONTAINER);
    }

    @Test
    void shouldHoldItsRoutesWithoutATask() {
        rig.take(service("m1", 0).state(State.EXITED).at(1));

        assertThat(rig.routes("web")).containsExactly("w.example/");
        assertThat(rig.servers("web")).isEmpty();
    }

    @Test
    void shouldBeOneServerByItsVirtualAddress() {
        define(AddressMode.VIP, Selector.EVERYTHING);
        rig.take(
                service("m2", 2).at(1),
                service("m1", 0).at(1),
                task("t1", "w1", 1, overlay("10.0.1.3")).at(1));

        Server server = rig.service("web").servers().getFirst();
        assertThat(rig.servers("web")).containsExactly("web.s1");
        assertThat(server.host()).isEqualTo("m1");
        assertThat(server.startedAt()).isNull();
        assertThat(candidates(0))
                .containsExactly(
                        new Candidate(Kind.OVERLAY, "m1", "net", "10.0.1.2", 80),
                        new Candidate(Kind.PUBLISHED, "m1", "", "10.0.0.1", 30_000));
        assertThat(rig.codes("web")).isEmpty();

        rig.take(service("m1", 0).state(State.EXITED).at(2), service("m2", 2).gone().at(2));
        assertThat(rig.servers("web")).isEmpty();
        assertThat(rig.codes("web")).containsExactly("not-running");
    }

    @Test
    void shouldBeServedByItsTasksWithoutAVirtualAddress() {
        define(AddressMode.VIP, Selector.EVERYTHING);
        A named = A.container("s1").swarm().networks(overlay(null)).of("web", A.route("w.example"));
        rig.take(named.at(1), task("t1", "w1", 1, overlay("10.0.1.3")).at(1));

        assertThat(rig.servers("web")).containsExactly("web.t1");
    }

    @Test
    void shouldTakeTheNewestWordOfAllManagers() {
        rig.take(
                service("m1", 0).shownAt(5).at(5),
                A.container("s1")
                        .on("m2", 1)
                        .swarm()
                        .networks(VIRTUAL)
                        .shownAt(4)
                        .of("web", A.route("old.example"))
                        .at(4),
                task("t1", "w1", 2, overlay("10.0.1.3")).shownAt(9).at(1));

        assertThat(rig.routes("web")).containsExactly("w.example/");
        assertThat(rig.servers("web")).containsExactly("web.t1");
    }

    @Test
    void shouldTakeATasksOwnWordBeforeItsServices() {
        rig.take(
                service("m1", 0).shownAt(9).at(1),
                task("t1", "w1", 1, overlay("10.0.1.3"))
                        .of("web", 81, null, List.of("default"), A.route("own.example"))
                        .at(1));

        assertThat(rig.routes("web")).containsExactly("own.example/");
        assertThat(candidates(0).getFirst().port()).isEqualTo(81);
    }

    @Test
    void shouldBeSelectedByItsOwnLabelsAndItsTasksHosts() {
        define(
                AddressMode.AUTO,
                new Selector(Map.of("tier", "web"), List.of("net"), List.of("w1"), List.of()));
        rig.take(
                service("m1", 0).label("tier", "web").at(1),
                task("t1", "w1", 1, overlay("10.0.1.3")).at(1),
                task("t2", "w2", 2, overlay("10.0.1.4")).at(1));

        assertThat(rig.servers("web")).containsExactly("web.t1");
        assertThat(rig.routes("web")).containsExactly("w.example/");
    }

    private static A service(String manager, int partition) {
        return A.container("s1")
                .named("web")
                .on(manager, partition)
                .swarm()
                .networks(VIRTUAL)
                .publishes(80, "0.0.0.0", 30_000)
                .of("web", A.route("w.example"));
    }

    private static A task(String id, String host, int partition, NetworkAttachment... networks) {
        return A.container(id).on(host, partition).label(ID, "s1").networks(networks);
    }

    private static NetworkAttachment overlay(@org.jspecify.annotations.Nullable String address) {
        return new NetworkAttachment("net", "net", address, null, true);
    }

    private List<Candidate> candidates(int server) {
        return rig.service("web").servers().get(server).candidates();
    }

    private void define(AddressMode mode, Selector selector) {
        GroupDefinition built = Rig.DEFAULT;
        rig.renderer.define(
                new GroupDefinition(
                        built.name(),
                        selector,
                        built.entryPoints(),
                        built.oldestHaproxy(),
                        mode,
                        null,
                        built.defaults(),
                        built.statistics(),
                        built.spares(),
                        built.accessLog()));
    }
}
