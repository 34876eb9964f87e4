package io.signalbox.cli;

import io.signalbox.schemas.SchemaRegistryUnavailable;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code signalbox topics}: makes the topics and registers the schemas. */
@Command(
        name = "topics",
        mixinStandardHelpOptions = true,
        description =
                "Creates the topics that are missing and registers the schemas. Repeating it changes nothing.")
final class TopicsCommand extends OperatorCommand implements Callable<Integer> {

    TopicsCommand() {
        super(OperatorSettings.ALL);
    }

    @Override
    public Integer call() {
        OperatorSettings settings = OperatorSettings.from(values());
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
