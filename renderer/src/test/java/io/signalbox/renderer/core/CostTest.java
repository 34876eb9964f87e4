package io.signalbox.renderer.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.renderer.core.GroupOwner.Inputs;
import io.signalbox.renderer.core.GroupOwner.Write;
import io.signalbox.schemas.Declaration;
import io.signalbox.schemas.Keys;
import io.signalbox.schemas.ServiceState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One change costs the same in a group of 100 servers and in one of 100,000, or 20,000 lent. */
class CostTest {
    private static final int SERVERS_PER_SERVICE = 10;
    private static final int CHANGES = 400;
    private static final int MOST_TIMES = 4;

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldCostWhatTheChangeCosts(boolean lent) {
        Group small = new Group(10, lent);
        Group large = new Group(lent ? 2_000 : 10_000, lent);
        for (int round = 0; round < CHANGES; round++) {
            small.change(round);
            large.change(round);
        }

        assertThat(large.median())
                .as("median of a change in ns, small group: %d", small.median())
                .isLessThan(small.median() * MOST_TIMES);
    }

    private static final class Group {
        private final ServiceView view = new ServiceView(12);
        private final GroupOwner owner = new GroupOwner("default", "me", "v");
        private final List<Long> took = new ArrayList<>();
        private final int services;
        private final boolean lent;
        private int offset;
        private Instant now = A.T0;

        /**
         * @param lent whether the services are declared by their names, and not by containers
         */
        Group(int services, boolean lent) {
            this.services = services;
            this.lent = lent;
            for (int service = 0; service < services; service++) {
                if (lent) {
                    read(LendersTest.declared("s" + service, offset++, word(service, 0)));
                }
                for (int server = 0; server < SERVERS_PER_SERVICE; server++) {
                    read(container(service, server).at(offset++));
                }
            }
            owner.takeOver();
            owner.claimed(0);
            owner.begin(Rig.DEFAULT, new Inputs(view, 0), now);
        }

        void change(int round) {
            A container = container(round % services, SERVERS_PER_SERVICE);
            boolean comes = round / services % 2 == 0;
            ServiceState value =
                    lent && round % 2 == 0
                            ? LendersTest.declared(
                                    "s" + round % services,
                                    offset++,
                                    word(round % services, round + 1))
                            : (comes ? container : container.gone()).at(offset++);
            now = now.plus(Duration.ofSeconds(1));
            long started = System.nanoTime();
            read(value);
            List<Write> writes = owner.step(new Inputs(view, 0), now);
            took.add(System.nanoTime() - started);
            assertThat(writes).hasSize(2);
        }

        long median() {
            List<Long> late = new ArrayList<>(took.subList(took.size() / 2, took.size()));
            Collections.sort(late);
            return late.get(late.size() / 2);
        }

        private void read(ServiceState value) {
            view.read(0, Keys.of(value), value, A.T0).forEach(owner::apply);
        }

        private static Declaration word(int service, int round) {
            return LendersTest.word("s" + service, 80 + round, "/s" + service);
        }

        private A container(int service, int server) {
            A container = A.container("c" + service + "x" + server).named("s" + service);
            return lent
                    ? container
                    : container.of("s" + service, A.route("s" + service + ".example"));
        }
    }
}
