package io.signalbox.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.process.SettingSources;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code signalbox status}: hosts, services, groups, and what is applied, pending or held. */
@Command(
        name = "status",
        mixinStandardHelpOptions = true,
        description =
                "Shows hosts, services, groups and appliers, and what is pending, held back or quarantined.")
final class StatusCommand extends OperatorCommand implements Callable<Integer> {

    @Option(names = "--json", description = "Prints the API's answer as it is.")
    private boolean json;

    StatusCommand() {
        super(List.of(ApiClient.API_URL, SettingSources.CONFIG));
    }

    @Override
    public Integer call() {
        JsonNode status =
                new ApiClient(values().get(ApiClient.API_URL)).get("/v1/status", Map.of());
        if (json) {
            System.out.println(status.toPrettyString());
        } else {
            new StatusView(status, Instant.now()).print(System.out);
        }
        return 0;
    }
}
