package io.signalbox.bench;

import io.signalbox.bench.faults.FaultsCommand;
import io.signalbox.cli.OperationFailed;
import io.signalbox.process.LogFormat;
import io.signalbox.process.Logging;
import io.signalbox.process.StartFailure;
import org.slf4j.event.Level;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/**
 * {@code signalbox bench}: the benchmarks; {@code simulate}, {@code fuzz} and {@code faults}: the
 * proofs.
 */
@Command(
        name = "signalbox",
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true,
        subcommands = {
            BenchMain.Bench.class,
            SimulateCommand.class,
            FuzzCommand.class,
            FaultsCommand.class
        })
public final class BenchMain {

    private BenchMain() {}

    /** The word that the launcher passes on. */
    @Command(
            name = "bench",
            mixinStandardHelpOptions = true,
            synopsisSubcommandLabel = "BENCHMARK",
            description = "Measures on this machine, on real parts.",
            subcommands = {
                LatencyCommand.class,
                FootprintCommand.class,
                RoutesCommand.class,
                StackCommand.class
            })
    static final class Bench {}

    /** Runs the benchmark that the arguments name. */
    public static void main(String... arguments) {
        Logging.configure(LogFormat.TEXT, Level.ERROR);
        System.exit(commandLine().execute(arguments));
    }

    /** The commands; what keeps one from running is said in lines, a bug with its stack. */
    static CommandLine commandLine() {
        return new CommandLine(new BenchMain())
                .setUsageHelpAutoWidth(true)
                .setExecutionExceptionHandler(BenchMain::report);
    }

    private static int report(
            Exception failure, CommandLine command, CommandLine.ParseResult parsed)
            throws Exception {
        return switch (failure) {
            case StartFailure refused -> {
                refused.lines().forEach(line -> say(command, line));
                yield StartFailure.EXIT_CODE;
            }
            case NotReady late -> {
                say(command, late.line());
                yield NotReady.EXIT_CODE;
            }
            case OperationFailed failed -> {
                say(command, String.valueOf(failed.getMessage()));
                yield NotReady.EXIT_CODE;
            }
            default -> throw failure;
        };
    }

    private static void say(CommandLine command, String line) {
        command.getErr().println(command.getCommandSpec().qualifiedName(" ") + ": " + line);
    }
}
