package io.signalbox.cli;

import io.signalbox.process.CommonSettings;
import io.signalbox.process.KnownSettings;
import io.signalbox.process.ProcessLauncher;
import io.signalbox.process.Setting;
import io.signalbox.process.SettingSources;
import io.signalbox.process.SettingValues;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * {@code signalbox broker}: the broker and the schema registry of {@code up} without anything else,
 * for processes that run on their own; they find it by {@code --config DIR/endpoints}.
 */
@Command(
        name = "broker",
        hidden = true,
        mixinStandardHelpOptions = true,
        description =
                "Runs the embedded broker and schema registry alone, with all topics and schemas.")
final class BrokerCommand extends OperatorCommand implements Callable<Integer> {

    private static final List<Setting<?>> SETTINGS =
            List.of(
                    CommonSettings.TOPIC_PREFIX,
                    CommonSettings.LOG_FORMAT,
                    CommonSettings.LOG_LEVEL,
                    SettingSources.CONFIG);

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description =
                    "Where everything is kept (default: /var/lib/signalbox, or ~/.local/share/signalbox).")
    private @Nullable Path data;

    BrokerCommand() {
        super(SETTINGS);
    }

    @Override
    public Integer call() {
        return ProcessLauncher.run(
                "broker",
                onFatal -> {
                    UpCommand.configureLogging(sources());
                    return start(data == null ? DataDirectory.byDefault() : data);
                });
    }

    private AutoCloseable start(Path directory) {
        Parts parts = new Parts();
        try {
            DataDirectory held = parts.open(DataDirectory.open(directory));
            EmbeddedLog log = parts.open(EmbeddedLog.start(held));
            SettingSources sources = sources().with(log.settings());
            log.setUp(
                    OperatorSettings.from(
                            SettingValues.read(
                                    OperatorSettings.ALL,
                                    KnownSettings.load(OperatorSettings.ALL),
                                    sources)));
            Map<String, String> endpoints = new LinkedHashMap<>();
            log.settings().forEach((name, value) -> endpoints.put(Setting.keyOf(name), value));
            held.write(Endpoints.FILE, endpoints);
            System.out.println("ready config=" + held.path(Endpoints.FILE));
            System.out.flush();
            return parts;
        } catch (RuntimeException e) {
            parts.close();
            throw e;
        }
    }
}
