package io.signalbox.cli;

import io.signalbox.process.CommonSettings;
import io.signalbox.process.KnownSettings;
import io.signalbox.process.LogFormat;
import io.signalbox.process.Logging;
import io.signalbox.process.ProcessLauncher;
import io.signalbox.process.Setting;
import io.signalbox.process.SettingSources;
import io.signalbox.process.SettingValues;
import io.signalbox.process.StartFailure;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.Level;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * {@code signalbox up}: every process in this JVM, on an embedded broker and a schema registry of
 * its own.
 */
@Command(
        name = "up",
        mixinStandardHelpOptions = true,
        description =
                "Runs everything on this machine: broker, schema registry, watcher, registry, renderer, applier and HAProxy.")
final class UpCommand extends OperatorCommand implements Callable<Integer> {

    /** What {@code up} decides itself, and so takes no option for. */
    private static final Set<String> DECIDED =
            Set.of(
                    CommonSettings.BOOTSTRAP_SERVERS.name(),
                    CommonSettings.SCHEMA_REGISTRY_URL.name(),
                    CommonSettings.SCHEMA_CACHE.name(),
                    CommonSettings.REPLICATION_FACTOR.name(),
                    CommonSettings.MIN_INSYNC_REPLICAS.name(),
                    "default-listen",
                    "applier-dir",
                    "on-exit");

    @Option(
            names = "--listen",
            paramLabel = "HOST:PORT",
            defaultValue = ":80",
            description =
                    "Where HAProxy listens for the default group (default: ${DEFAULT-VALUE}).")
    private String listen = ":80";

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description =
                    "Where everything is kept (default: /var/lib/signalbox, or ~/.local/share/signalbox).")
    private @Nullable Path data;

    UpCommand() {
        super(settings());
    }

    @Override
    public Integer call() {
        UpOptions options =
                new UpOptions(
                        listen, data == null ? DataDirectory.byDefault() : data, sources(), true);
        return ProcessLauncher.run(
                "up",
                onFatal -> {
                    try {
                        configureLogging(options.sources());
                    } catch (StartFailure e) {
                        // Named together with all other mistakes.
                        Logging.configure(LogFormat.TEXT, Level.INFO);
                    }
                    return Up.start(options, onFatal);
                });
    }

    private static List<Setting<?>> settings() {
        return KnownSettings.load(List.of()).all().stream()
                .filter(setting -> !DECIDED.contains(setting.name()))
                .toList();
    }

    /** Lets the log take the form and level that the sources ask for. */
    static void configureLogging(SettingSources sources) {
        List<Setting<?>> logging =
                List.of(CommonSettings.LOG_FORMAT, CommonSettings.LOG_LEVEL, SettingSources.CONFIG);
        SettingValues values = SettingValues.read(logging, KnownSettings.load(logging), sources);
        Logging.configure(
                values.get(CommonSettings.LOG_FORMAT), values.get(CommonSettings.LOG_LEVEL));
    }
}
