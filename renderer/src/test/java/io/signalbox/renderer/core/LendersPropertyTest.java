package io.signalbox.renderer.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.schemas.ConfigRecord.Content;
import io.signalbox.schemas.Declaration;
import io.signalbox.schemas.Keys;
import io.signalbox.schemas.ServiceState;
import io.signalbox.schemas.ServiceState.DeclaredService;
import io.signalbox.schemas.ServiceState.Instance;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Who borrows what depends on what is there, not on the order in which it came. */
class LendersPropertyTest {
    private static final int SEEDS = 30;
    private static final int NAMES = 3;
    private static final List<String> LABELS =
            List.of(
                    "com.docker.swarm.service.id",
                    "com.docker.swarm.service.name",
                    "com.docker.compose.service");

    @Test
    void shouldRenderChangeByChangeWhatAFreshMembershipRenders() {
        long first = Long.getLong("signalbox.seed", 0);
        int seeds = System.getProperty("signalbox.seed") == null ? SEEDS : 1;
        for (long seed = first; seed < first + seeds; seed++) {
            Random random = new Random(seed);
            Rig rig = new Rig();
            Map<Integer, Long> offsets = new HashMap<>();
            for (int number = 0; number < 80; number++) {
                ServiceState value = value(random, offsets);
                take(rig, value);
                if (random.nextInt(10) == 0) {
                    ServiceState gone = gone(value, offsets);
                    take(rig, gone);
                    rig.view
                            .read(partition(gone), Keys.of(gone), null, A.T0)
                            .forEach(rig.renderer::apply);
                }
                if (random.nextInt(8) == 0) {
                    assertThat(rig.contents())
                            .as("seed %d, change %d: %s", seed, number, value)
                            .isEqualTo(fresh(rig));
                }
            }
        }
    }

    private static void take(Rig rig, ServiceState value) {
        rig.view.read(partition(value), Keys.of(value), value, A.T0).forEach(rig.renderer::apply);
        assertThat(rig.step().dropping()).as("held after %s", value).isZero();
    }

    private static Map<String, Content> fresh(Rig rig) {
        GroupRenderer fresh = new GroupRenderer(Rig.DEFAULT, rig.view, Map.of());
        fresh.commit(fresh.plan());
        return fresh.contents();
    }

    private static int partition(ServiceState value) {
        return switch (value) {
            case Instance instance -> instance.cause().partition();
            case DeclaredService declared -> declared.cause().partition();
            default -> throw new IllegalArgumentException(String.valueOf(value));
        };
    }

    private static ServiceState value(Random random, Map<Integer, Long> offsets) {
        String name = "n" + random.nextInt(NAMES);
        int partition = random.nextInt(3);
        if (random.nextInt(3) == 0) {
            int own = name.charAt(1) - '0';
            long offset = offsets.merge(own, 1L, Long::sum);
            return new DeclaredService(
                    name, words(random, name), random.nextInt(3) == 0, A.cause(own, offset), true);
        }
        long offset = offsets.merge(partition, 1L, Long::sum);
        A entry = A.container("c" + random.nextInt(5)).on("h" + partition, partition).named(name);
        if (random.nextInt(4) == 0) {
            entry.swarm();
        }
        LABELS.stream()
                .filter(_ -> random.nextBoolean())
                .forEach(label -> entry.label(label, called(label) + random.nextInt(NAMES)));
        if (random.nextInt(3) == 0) {
            String service = "n" + random.nextInt(NAMES);
            entry.of(service, A.route("own-" + service));
        }
        return (random.nextInt(4) == 0 ? entry.gone() : entry).at(offset);
    }

    private static String called(String label) {
        return label.endsWith(".id") ? "c" : "n";
    }

    private static ServiceState gone(ServiceState value, Map<Integer, Long> offsets) {
        long offset = offsets.merge(partition(value), 1L, Long::sum);
        return switch (value) {
            case DeclaredService declared ->
                    new DeclaredService(
                            declared.service(),
                            declared.declarations(),
                            true,
                            A.cause(declared.cause().partition(), offset),
                            true);
            case Instance instance ->
                    A.container(instance.container())
                            .named(instance.name())
                            .on(instance.host(), instance.cause().partition())
                            .gone()
                            .at(offset);
            default -> throw new IllegalArgumentException(String.valueOf(value));
        };
    }

    private static List<Declaration> words(Random random, String name) {
        List<Declaration> words = new ArrayList<>();
        for (int number = random.nextInt(3); number > 0; number--) {
            String service = number == 1 ? name : name + "." + number;
            words.add(LendersTest.word(service, 8000 + random.nextInt(3), "/" + service));
        }
        return words;
    }
}
