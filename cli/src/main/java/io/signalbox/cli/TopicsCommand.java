package io.signalbox.cli;

import io.signalbox.process.StartFailure;
import io.signalbox.schemas.SchemaRegistryUnavailable;
import io.signalbox.schemas.Topic;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code signalbox topics}: makes the topics and registers the schemas. */
@Command(
        name = "topics",
        mixinStandardHelpOptions = true,
        description =
                "Creates the topics that are missing and registers the schemas. Repeating it changes nothing.")
final class TopicsCommand extends OperatorCommand implements Callable<Integer> {

    @Option(
            names = "--adopt",
            paramLabel = "TOPIC",
            description =
                    "Adopts container-events after it was created again or lost facts: deletes service-state, which is rebuilt from the facts that are there, and lets watchers open new sessions. Refuses where there is nothing to adopt.")
    private @Nullable String adopt;

    TopicsCommand() {
        super(OperatorSettings.ALL);
    }

    @Override
    public Integer call() {
        OperatorSettings settings = OperatorSettings.from(values());
        if (adopt != null) {
            if (!adopt.equals(Topic.CONTAINER_EVENTS.shortName())) {
                throw new StartFailure(
                        "--adopt must be "
                                + Topic.CONTAINER_EVENTS.shortName()
                                + ", the only topic that can be adopted: "
                                + adopt);
            }
            TopicAdoption.adoptContainerEvents(settings, System.out::println);
            return 0;
        }
        TopicSetup.createTopics(settings, System.out::println);
        try {
            TopicSetup.registerSchemas(settings, System.out::println);
        } catch (SchemaRegistryUnavailable e) {
            throw new OperationFailed(
                    "the schema registry at "
                            + settings.common().schemaRegistryUrl()
                            + " does not answer: "
                            + e.getMessage());
        } catch (IllegalStateException e) {
            throw new OperationFailed("the schema registry refused: " + e.getMessage());
        }
        return 0;
    }
}
