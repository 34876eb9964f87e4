package io.signalbox.renderer;

import static org.awaitility.Awaitility.await;

import io.signalbox.process.ProcessRuntime;
import io.signalbox.renderer.core.GroupCatalogue;
import io.signalbox.renderer.core.GroupOwner;
import io.signalbox.renderer.core.ServiceView;
import io.signalbox.schemas.ConfigRecord.Claim;
import io.signalbox.schemas.GroupDefinition;
import io.signalbox.schemas.GroupDefinition.Listen;
import io.signalbox.schemas.Topic;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class InputsIT {
    @TempDir private Path directory;

    @Test
    void shouldNotWaitForTheTopicOfAnotherGroupThatIsLetGoMeanwhile() throws Exception {
        AtomicReference<@Nullable Inputs> made = new AtomicReference<>();
        try (Lab lab = Lab.start(directory);
                ProcessRuntime _ =
                        lab.process((_, runtime) -> made.set(inputs(runtime, lab.codecs())));
                Inputs inputs = Objects.requireNonNull(made.get())) {
            Topic topic = Topic.PROXY_CONFIGS;
            lab.broker.createTopic(
                    topic.topicName(Lab.PREFIX, "other"), 1, topic.creationConfig(1));
            lab.config("other", new Claim("another renderer"));
            OwnedGroup group = group(inputs, "default");
            OwnedGroup other = group(inputs, "other");
            inputs.open();
            inputs.follow(List.of(group, other));

            group.waitFor(inputs.ends(group.partition));
            inputs.follow(List.of(group));

            await().atMost(Duration.ofSeconds(30))
                    .until(
                            () -> {
                                inputs.poll(Duration.ofMillis(20), Map.of("default", group));
                                return group.reached(inputs::position);
                            });
        }
    }

    private static Inputs inputs(ProcessRuntime runtime, Codecs codecs) {
        return new Inputs(
                runtime,
                codecs,
                new RendererMetrics(runtime.metrics()),
                new GroupCatalogue(
                        Topic.PROXY_GROUPS.partitions(),
                        GroupDefinition.builtIn("default", new Listen("", 80))),
                new ServiceView(Topic.SERVICE_STATE.partitions()));
    }

    private static OwnedGroup group(Inputs inputs, String name) {
        return new OwnedGroup(new GroupOwner(name, "test", "test"), inputs.topicOf(name));
    }
}
