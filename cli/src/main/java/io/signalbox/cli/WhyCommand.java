package io.signalbox.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.process.SettingSources;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code signalbox why}: why a container, a service or a request is, or is not, served. */
@Command(
        name = "why",
        mixinStandardHelpOptions = true,
        description =
                "Says why a container, a service, or a host and path is, or is not, served; of a host"
                        + " also where connections go that ask for it by TLS.")
final class WhyCommand extends OperatorCommand implements Callable<Integer> {

    @Parameters(
            paramLabel = "SUBJECT",
            description =
                    "A container's name or id, a service, or a host with or without a path (example.com/api).")
    private String subject = "";

    @Option(names = "--json", description = "Prints the API's answer as it is.")
    private boolean json;

    WhyCommand() {
        super(List.of(ApiClient.API_URL, SettingSources.CONFIG));
    }

    @Override
    public Integer call() {
        JsonNode why =
                new ApiClient(values().get(ApiClient.API_URL))
                        .get("/v1/why", Map.of("subject", subject));
        if (json) {
            System.out.println(why.toPrettyString());
        } else {
            why.path("text").forEach(line -> System.out.println(line.asText()));
        }
        return 0;
    }
}
