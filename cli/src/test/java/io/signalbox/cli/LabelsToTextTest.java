package io.signalbox.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.haproxy.AllowedText;
import io.signalbox.registry.core.dialect.Declared;
import io.signalbox.registry.core.dialect.Dialects;
import io.signalbox.registry.core.dialect.SignalboxKeys;
import io.signalbox.renderer.core.GroupRenderer;
import io.signalbox.renderer.core.ServiceView;
import io.signalbox.schemas.Cause;
import io.signalbox.schemas.ConfigRecord;
import io.signalbox.schemas.Container;
import io.signalbox.schemas.GroupDefinition;
import io.signalbox.schemas.Keys;
import io.signalbox.schemas.ServiceState.Instance;
import io.signalbox.watcher.core.AllowList;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * The way of labels from the engine to the text of a backend: whatever they say, an applier takes
 * the text, and what was accepted is rendered.
 */
class LabelsToTextTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final AllowList ALLOW_LIST = AllowList.labels(List.of());
    private static final GroupDefinition GROUP =
            GroupDefinition.builtIn(GroupDefinition.DEFAULT, new GroupDefinition.Listen("", 80));
    private static final List<String> HOSTILE =
            List.of(
                    "\n",
                    "\r\n    server x 192.0.2.1:80",
                    "'",
                    "\"",
                    "\\",
                    "#",
                    " ",
                    "%[env(HOME)]",
                    "%",
                    "$HOME",
                    "${HOME}",
                    "`id`",
                    "@maps@",
                    "@users@",
                    ",",
                    ";",
                    ":",
                    "/",
                    "..",
                    "-f",
                    "*",
                    "{",
                    "}",
                    "<",
                    "\0",
                    "\u00e4",
                    "unless { always_true }",
                    "0",
                    "-1",
                    "99999999999",
                    "true",
                    "^/(a+)+$",
                    "\\1",
                    "http://",
                    "name:$6$x$y");
    private static final int LABELS = 12;

    /** Few in the build; more by {@code -Dsignalbox.tries=}. */
    private static final int TRIES = Integer.getInteger("signalbox.tries", 2_000);

    private final ServiceView view = new ServiceView(1);
    private final GroupRenderer renderer = new GroupRenderer(GROUP, view, Map.of());

    @Test
    void shouldNeverBecomeTextThatAnApplierWouldNotTake() {
        long seed = Long.getLong("signalbox.seed", System.nanoTime());
        Random random = new Random(seed);
        int parts = 0;
        for (int time = 0; time < TRIES; time++) {
            Map<String, String> labels = labels(random);
            String what = "try %d of seed %d: %s".formatted(time, seed, labels);
            Declared declared = Dialects.declare(container(ALLOW_LIST.apply(labels)));
            render(declared, time + 1);
            assertThat(renderer.unrendered()).as(what).isEmpty();
            for (ConfigRecord.Content content : renderer.contents().values()) {
                if (content instanceof ConfigRecord.Service service) {
                    parts++;
                    assertThat(AllowedText.problem(service.backend())).as(what).isEmpty();
                }
            }
        }
        assertThat(parts).isGreaterThan(TRIES / 4);
    }

    private static Map<String, String> labels(Random random) {
        Map<String, String> labels = new TreeMap<>();
        labels.put("signalbox.host", "a.example");
        int count = 1 + random.nextInt(LABELS);
        for (int number = 0; number < count; number++) {
            SignalboxKeys.Key key = SignalboxKeys.ALL.get(random.nextInt(SignalboxKeys.ALL.size()));
            labels.put(
                    key.key()
                            .replace("<name>", random.nextBoolean() ? "r" : "s")
                            .replace("<Name>", random.nextInt(4) == 0 ? any(random) : "X-Test")
                            .replace("<status>", random.nextInt(4) == 0 ? any(random) : "503"),
                    value(random, key.example()));
        }
        return labels;
    }

    /** The example, or that with something hostile in it, or something hostile. */
    private static String value(Random random, String example) {
        return switch (random.nextInt(5)) {
            case 0, 1 -> example;
            case 2, 3 -> {
                int at = random.nextInt(example.length() + 1);
                int to = Math.min(example.length(), at + random.nextInt(2));
                yield example.substring(0, at) + any(random) + example.substring(to);
            }
            default -> any(random) + any(random);
        };
    }

    private static String any(Random random) {
        return random.nextInt(3) == 0
                ? Character.toString(random.nextInt(0x180))
                : HOSTILE.get(random.nextInt(HOSTILE.size()));
    }

    private void render(Declared declared, int offset) {
        Instance instance = instance(declared, offset);
        view.read(0, Keys.of(instance), instance, NOW).forEach(renderer::apply);
        renderer.commit(renderer.plan());
    }

    private static Container container(Map<String, String> labels) {
        return new Container(
                "0123456789abcdef",
                "web",
                "image",
                Container.State.RUNNING,
                Container.Health.NONE,
                NOW,
                null,
                0,
                false,
                new Container.NetworkMode(Container.NetworkMode.Kind.NETWORKS, ""),
                List.of(),
                List.of(),
                List.of(new Container.ExposedPort(8080, Container.Protocol.TCP)),
                labels,
                Map.of(),
                10);
    }

    private static Instance instance(Declared declared, int offset) {
        return new Instance(
                "host",
                "0123456789abcdef",
                "web",
                "image",
                false,
                Container.State.RUNNING,
                Container.Health.NONE,
                NOW,
                false,
                NOW,
                "10.0.0.1",
                new Container.NetworkMode(Container.NetworkMode.Kind.NETWORKS, ""),
                List.of(
                        new Container.NetworkAttachment(
                                "net-bridge", "bridge", "172.17.0.2", null, false)),
                List.of(),
                Map.of(),
                declared.declarations(),
                declared.rejections(),
                new Cause(0, offset, "subject", null, NOW, NOW, null),
                true,
                "docker");
    }
}
