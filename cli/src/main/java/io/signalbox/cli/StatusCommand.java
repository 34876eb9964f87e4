package io.signalbox.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.process.SettingSources;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code signalbox status}: hosts, services, groups, and what is applied, pending or held. */
@Command(
        name = "status",
        mixinStandardHelpOptions = true,
        description =
                "Shows hosts, services, groups and appliers, and what is pending, held back or quarantined.")
final class StatusCommand extends OperatorCommand implements Callable<Integer> {

    StatusCommand() {
        super(List.of(ApiClient.API_URL, SettingSources.CONFIG));
    }

    @Override
    public Integer call() {
        JsonNode status =
                new ApiClient(values().get(ApiClient.API_URL)).get("/v1/status", Map.of());
        System.out.println(status.toPrettyString());
        return 0;
    }
}
