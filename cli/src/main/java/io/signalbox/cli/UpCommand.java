package io.signalbox.cli;

import io.signalbox.process.CommonSettings;
import io.signalbox.process.KnownSettings;
import io.signalbox.process.LogFormat;
import io.signalbox.process.Logging;
import io.signalbox.process.ProcessDefinition;
import io.signalbox.process.ProcessLauncher;
import io.signalbox.process.SettingSources;
import io.signalbox.process.SettingValues;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code signalbox up}: every process in this JVM, on an embedded broker and a schema registry of its own. */
@Command(
        name = "up",
        mixinStandardHelpOptions = true,
        description = "Runs everything on this machine: broker, schema registry, watcher, registry, renderer, applier and HAProxy.")
final class UpCommand implements Callable<Integer> {

    @Spec private @Nullable CommandSpec spec;

    @Option(
            names = "--listen",
            paramLabel = "HOST:PORT",
            defaultValue = ":80",
            description = "Where HAProxy listens for the default group (default: ${DEFAULT-VALUE}).")
    private String listen = ":80";

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Where everything is kept (default: /var/lib/signalbox, or ~/.local/share/signalbox).")
    private @Nullable Path data;

    @Option(
            names = "--set",
            paramLabel = "NAME=VALUE",
            description = "Sets any setting of any process, such as --set host-id=web1; may be repeated.")
    private Map<String, String> settings = Map.of();

    @Override
    public Integer call() {
        SettingSources sources = SettingSources.of(settings, System.getenv());
        UpOptions options = new UpOptions(listen, data == null ? DataDirectory.byDefault() : data, sources);
        return ProcessLauncher.run(
                "up",
                onFatal -> {
                    List<ProcessDefinition> processes = new ArrayList<>();
                    ServiceLoader.load(ProcessDefinition.class).forEach(processes::add);
                    configureLogging(sources);
                    return Up.start(options, onFatal);
                });
    }

    private static void configureLogging(SettingSources sources) {
        SettingValues values =
                SettingValues.read(
                        List.of(CommonSettings.LOG_FORMAT, CommonSettings.LOG_LEVEL),
                        KnownSettings.load(List.of(SettingSources.CONFIG)),
                        sources);
        LogFormat format = values.get(CommonSettings.LOG_FORMAT);
        Logging.configure(format, values.get(CommonSettings.LOG_LEVEL));
    }
}
