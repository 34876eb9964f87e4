package io.signalbox.cli;

import io.signalbox.process.SettingSources;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code signalbox deregister}: takes an endpoint back, as a unit's {@code ExecStopPost}. */
@Command(
        name = "deregister",
        mixinStandardHelpOptions = true,
        description =
                "Takes a registered endpoint back: it gets no more requests, those under way end. One that is not there is no failure.")
final class DeregisterCommand extends OperatorCommand implements Callable<Integer> {

    @Parameters(paramLabel = "ID", description = "The endpoint's id, as register prints it.")
    private String id = "";

    @Option(
            names = "--drain",
            paramLabel = "DURATION",
            defaultValue = "1s",
            description =
                    "How long it waits afterwards, so that what follows may end the program (default: ${DEFAULT-VALUE}).")
    private String drain = "1s";

    DeregisterCommand() {
        super(List.of(ApiClient.API_URL, ApiClient.API_TOKEN_FILE, SettingSources.CONFIG));
    }

    @Override
    public Integer call() throws InterruptedException {
        Duration pause = duration("--drain", drain);
        ApiClient api =
                new ApiClient(
                        values().get(ApiClient.API_URL), values().get(ApiClient.API_TOKEN_FILE));
        Registrar.TakenBack gone = new Registrar(api, id, "").deregister();
        System.out.println(gone.text());
        if (gone.wasThere()) {
            Thread.sleep(pause);
        }
        return 0;
    }
}
