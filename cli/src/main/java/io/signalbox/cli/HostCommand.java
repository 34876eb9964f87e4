package io.signalbox.cli;

import io.signalbox.schemas.ServiceState.Host;
import io.signalbox.schemas.ServiceState.Host.Status;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code signalbox host}: the operator's word on hosts, each a fact in the log. */
@Command(
        name = "host",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        description = "Decides about hosts what silence alone does not.",
        subcommands = HostCommand.Expire.class)
final class HostCommand {

    private HostCommand() {}

    @Command(
            name = "expire",
            mixinStandardHelpOptions = true,
            description =
                    "Says that a silent host is really gone: its servers go at once. It counts for the watcher's present session only; a watcher that comes back says everything again.")
    static final class Expire extends OperatorCommand implements Callable<Integer> {

        @Parameters(paramLabel = "HOST", description = "The host's id, as status shows it.")
        private String host = "";

        @Option(names = "--yes", description = "Does it; without, it is only said what would be.")
        private boolean yes;

        Expire() {
            super(OperatorSettings.ALL);
        }

        @Override
        public Integer call() {
            try (HostsLog log = new HostsLog(OperatorSettings.from(values()))) {
                HostsLog.Known known = log.require(host);
                String what =
                        "host %s, %s since %s, session %d: %d containers"
                                .formatted(
                                        host,
                                        lower(known.host()),
                                        known.host().statusAt(),
                                        known.host().session(),
                                        known.containers());
                requireSilent(known.host());
                if (!yes) {
                    System.out.println(what + " would be taken out of service at once");
                    throw new OperationFailed(
                            "nothing was done; if the host is really gone, run: signalbox host expire "
                                    + host
                                    + " --yes");
                }
                log.expire(known.host());
                System.out.println(what + " are taken out of service");
            }
            return 0;
        }

        private static void requireSilent(Host host) {
            if (host.status() == Status.UP || host.status() == Status.EXPIRED) {
                throw new OperationFailed(
                        "host %s is %s: only a silent host can be said to be gone"
                                .formatted(host.host(), lower(host)));
            }
        }

        private static String lower(Host host) {
            return host.status().name().toLowerCase(Locale.ROOT);
        }
    }
}
