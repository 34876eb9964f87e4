package io.signalbox.cli;

import io.signalbox.process.CommonSettings;
import io.signalbox.process.HostPort;
import io.signalbox.process.Setting;
import io.signalbox.process.SettingSources;
import io.signalbox.process.SettingType;
import io.signalbox.process.SettingValues;
import io.signalbox.process.StartFailure;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/**
 * What the operator's commands share: their settings are options, and found where {@code up} has
 * written them.
 */
abstract class OperatorCommand {

    private final List<Setting<?>> settings;
    private @Nullable CommandSpec spec;

    OperatorCommand(List<Setting<?>> settings) {
        this.settings = settings;
    }

    @Spec
    final void spec(CommandSpec given) {
        spec = given;
        SettingOptions.add(given, settings);
    }

    /** The values of this command's settings. */
    final SettingValues values() {
        return SettingOptions.read(parsed(), settings);
    }

    /** The brokers that this command asks, for messages. */
    final String brokers() {
        return values().get(CommonSettings.BOOTSTRAP_SERVERS).stream()
                .map(HostPort::toString)
                .collect(Collectors.joining(","));
    }

    /** Where this command's settings come from. */
    final SettingSources sources() {
        return SettingSources.of(SettingOptions.flags(parsed(), settings), System.getenv());
    }

    /** Where this command prints what it was asked for. */
    final PrintWriter out() {
        return given().commandLine().getOut();
    }

    /** The duration that an option of the command's own was given as text. */
    static Duration duration(String option, String text) {
        try {
            return SettingType.DURATION.parser().apply(text);
        } catch (IllegalArgumentException e) {
            throw new StartFailure(
                    option + " must be " + SettingType.DURATION.form() + ": " + text, e);
        }
    }

    private ParseResult parsed() {
        return given().commandLine().getParseResult();
    }

    private CommandSpec given() {
        if (spec == null) {
            throw new IllegalStateException("not a command yet");
        }
        return spec;
    }
}
