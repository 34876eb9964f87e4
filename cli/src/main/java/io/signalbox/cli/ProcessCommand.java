package io.signalbox.cli;

import io.signalbox.process.ProcessDefinition;
import io.signalbox.process.ProcessLauncher;
import io.signalbox.process.SettingSources;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;

/**
 * {@code signalbox watcher|registry|renderer|applier}: runs one process until it is told to stop.
 */
final class ProcessCommand implements Callable<Integer> {

    private final ProcessDefinition process;
    private final CommandSpec spec;

    private ProcessCommand(ProcessDefinition process) {
        this.process = process;
        this.spec = CommandSpec.wrapWithoutInspection(this);
    }

    /** The command for a process, with an option for each of its settings. */
    static CommandSpec spec(ProcessDefinition process) {
        ProcessCommand command = new ProcessCommand(process);
        CommandSpec spec = command.spec;
        spec.name(process.name());
        spec.mixinStandardHelpOptions(true);
        spec.usageMessage().description("Runs one " + process.name() + " until SIGTERM or Ctrl-C.");
        SettingOptions.add(spec, process.settings());
        return spec;
    }

    @Override
    public Integer call() {
        var flags = SettingOptions.flags(spec.commandLine().getParseResult(), process.settings());
        return ProcessLauncher.run(process, SettingSources.of(flags, System.getenv()));
    }
}
