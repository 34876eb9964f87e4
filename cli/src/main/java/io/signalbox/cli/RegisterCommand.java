package io.signalbox.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.signalbox.process.SettingSources;
import io.signalbox.process.StartFailure;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code signalbox register}: makes something outside Docker a server of a service. */
@Command(
        name = "register",
        mixinStandardHelpOptions = true,
        description = {
            "Registers what is no container as a server of a service.",
            "With a command behind --, runs it: registers once its port answers, renews, and takes it"
                    + " back when the command ends or is told to stop. Without, registers once; the"
                    + " same call again renews."
        })
final class RegisterCommand extends OperatorCommand implements Callable<Integer> {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MOST_PORT = 65_535;
    private static final Duration STANDARD_TTL = Duration.ofSeconds(30);

    @Option(names = "--service", required = true, paramLabel = "NAME", description = "The service.")
    private String service = "";

    @Option(
            names = "--address",
            required = true,
            paramLabel = "ADDRESS",
            description =
                    "Where HAProxy reaches it: an IP address, or a name that is looked up here and now.")
    private String address = "";

    @Option(names = "--port", required = true, paramLabel = "PORT", description = "Its TCP port.")
    private int port;

    @Option(
            names = "--id",
            paramLabel = "ID",
            description = "The endpoint's id (default: SERVICE-ADDRESS-PORT).")
    private @Nullable String id;

    @Option(
            names = "--ttl",
            paramLabel = "DURATION",
            description =
                    "After so long without a renewal it is gone (default: 30s where it is renewed here, else never).")
    private @Nullable String ttl;

    @Option(
            names = "--label",
            paramLabel = "KEY=VALUE",
            description = "A native label, such as signalbox.host=db.example.com; may be repeated.")
    private Map<String, String> labels = new LinkedHashMap<>();

    @Option(
            names = "--foreground",
            description = "Stays and renews until it is stopped, without a command.")
    private boolean foreground;

    @Option(
            names = "--wait",
            paramLabel = "DURATION",
            defaultValue = "60s",
            description =
                    "How long a command's port may take until it answers; 0s registers at once (default: ${DEFAULT-VALUE}).")
    private String wait = "60s";

    @Option(
            names = "--drain",
            paramLabel = "DURATION",
            defaultValue = "1s",
            description =
                    "How long a command goes on after it was taken back, before it is told to stop (default: ${DEFAULT-VALUE}).")
    private String drain = "1s";

    @Parameters(
            paramLabel = "COMMAND",
            arity = "0..*",
            description = "Behind --: what is to be run and registered.")
    private List<String> command = List.of();

    RegisterCommand() {
        super(List.of(ApiClient.API_URL, ApiClient.API_TOKEN_FILE, SettingSources.CONFIG));
    }

    @Override
    public Integer call() throws Exception {
        if (port < 1 || port > MOST_PORT) {
            throw new StartFailure("--port must be a whole number from 1 to 65535: " + port);
        }
        String resolved = resolved();
        boolean stays = foreground || !command.isEmpty();
        Optional<Duration> life =
                Optional.ofNullable(ttl)
                        .map(text -> duration("--ttl", text))
                        .or(() -> stays ? Optional.of(STANDARD_TTL) : Optional.empty());
        String name = id == null ? service + "-" + resolved.replace(':', '-') + "-" + port : id;
        ApiClient api =
                new ApiClient(
                        values().get(ApiClient.API_URL), values().get(ApiClient.API_TOKEN_FILE));
        Registrar registrar = new Registrar(api, name, body(resolved, life));
        if (!stays) {
            return once(registrar);
        }
        RegisteredCommand.Times times =
                new RegisteredCommand.Times(
                        life.orElse(STANDARD_TTL).dividedBy(3),
                        duration("--wait", wait),
                        duration("--drain", drain));
        return new RegisteredCommand(registrar, command, resolved, port, times).run();
    }

    private static int once(Registrar registrar) {
        return switch (registrar.register()) {
            case Registrar.Outcome.Done(String text) -> {
                System.out.println(text);
                yield 0;
            }
            case Registrar.Outcome.Refused(String reason) -> throw new OperationFailed(reason);
            case Registrar.Outcome.Failed(String reason) -> throw new OperationFailed(reason);
        };
    }

    private String body(String resolved, Optional<Duration> life) {
        ObjectNode body = JSON.createObjectNode();
        body.put("service", service).put("address", resolved).put("port", port);
        life.ifPresent(duration -> body.put("ttl", duration.toSeconds()));
        ObjectNode said = body.putObject("labels");
        labels.forEach(said::put);
        return body.toString();
    }

    private String resolved() {
        try {
            return InetAddress.getByName(address).getHostAddress();
        } catch (UnknownHostException e) {
            throw new OperationFailed("--address " + address + " is not known here");
        }
    }
}
