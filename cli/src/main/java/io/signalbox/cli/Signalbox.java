package io.signalbox.cli;

import io.signalbox.process.CommonSettings;
import io.signalbox.process.ProcessDefinition;
import io.signalbox.process.StartFailure;
import io.signalbox.schemas.SchemaRegistryUnavailable;
import java.util.ServiceLoader;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * {@code signalbox}: the one command. Exit codes: 0 done, 1 a bug or a failed operation, 2 wrong
 * use or settings; {@code translate} has 3 where something is refused.
 */
@Command(
        name = "signalbox",
        mixinStandardHelpOptions = true,
        versionProvider = Signalbox.Version.class,
        synopsisSubcommandLabel = "COMMAND",
        description = "An event-sourced control plane for HAProxy.",
        subcommands = {
            UpCommand.class,
            BrokerCommand.class,
            DemoCommand.class,
            TopicsCommand.class,
            GroupCommand.class,
            HostCommand.class,
            StatusCommand.class,
            DoctorCommand.class,
            WhyCommand.class,
            LabelsCommand.class,
            TranslateCommand.class,
            RegisterCommand.class,
            DeregisterCommand.class,
            ReplayCommand.class,
            ExportCommand.class
        })
public final class Signalbox implements Runnable {

    @CommandLine.Spec private CommandLine.Model.@Nullable CommandSpec spec;

    /** The version in the jar's manifest. */
    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = Signalbox.class.getPackage().getImplementationVersion();
            return new String[] {"signalbox " + (version == null ? "(not packaged)" : version)};
        }
    }

    /** The whole command line, one sub-command for each process on the class path included. */
    static CommandLine commandLine() {
        CommandLine commandLine = new CommandLine(new Signalbox());
        for (ProcessDefinition process : ServiceLoader.load(ProcessDefinition.class)) {
            commandLine.addSubcommand(process.name(), ProcessCommand.spec(process));
        }
        commandLine.setExecutionExceptionHandler(Signalbox::report);
        commandLine.setParameterExceptionHandler(Signalbox::explain);
        commandLine.setUsageHelpAutoWidth(true);
        return commandLine;
    }

    @Override
    public void run() {
        if (spec != null) {
            throw new ParameterException(spec.commandLine(), "a command is missing");
        }
    }

    /** Wrong use in one line, with likely spellings, instead of pages of options. */
    private static int explain(ParameterException wrong, String[] arguments) {
        CommandLine command = wrong.getCommandLine();
        String name = command.getCommandSpec().qualifiedName(" ");
        command.getErr().println(name + ": " + wrong.getMessage() + " (" + name + " --help)");
        UnmatchedArgumentException.printSuggestions(wrong, command.getErr());
        if (!command.getSubcommands().isEmpty()) {
            command.usage(command.getErr());
        }
        return StartFailure.EXIT_CODE;
    }

    private static int report(
            Exception failure, CommandLine command, CommandLine.ParseResult parsed)
            throws Exception {
        String name = command.getCommandSpec().qualifiedName(" ");
        if (failure instanceof StartFailure refused) {
            refused.lines().forEach(line -> command.getErr().println(name + ": " + line));
            return StartFailure.EXIT_CODE;
        }
        String line = said(failure, command.getCommand());
        if (line != null) {
            command.getErr().println(name + ": " + line);
            return 1;
        }
        throw failure;
    }

    /** A failure of the world outside in one line; null for a bug. */
    private static @Nullable String said(Exception failure, Object command) {
        return switch (failure) {
            case OperationFailed failed -> failed.getMessage();
            case KafkaException failed when command instanceof OperatorCommand operator ->
                    BrokerFailure.words(failed, operator.brokers());
            case SchemaRegistryUnavailable away ->
                    away.getMessage() + " (" + CommonSettings.SCHEMA_REGISTRY_URL.flag() + ")";
            default -> null;
        };
    }
}
