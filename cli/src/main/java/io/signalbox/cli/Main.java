package io.signalbox.cli;

import io.signalbox.process.ProcessDefinition;
import io.signalbox.process.ProcessLauncher;
import io.signalbox.process.SettingSources;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The entry of the one command. A process whose flags are plain is started without picocli: that
 * library's class files are of Java 5's format, which no class cache can hold, and reading them
 * costs each start a quarter of a second. Help is picocli's in any case.
 */
public final class Main {
    private static final Pattern FLAG = Pattern.compile("--(?!help$|version$)[a-z][a-z0-9-]*");

    private Main() {}

    /** Runs the command that the arguments name, and ends the JVM with its exit code. */
    public static void main(String... arguments) {
        System.exit(run(List.of(arguments)));
    }

    private static int run(List<String> arguments) {
        ProcessDefinition process = process(arguments).orElse(null);
        Map<String, String> flags = process == null ? null : plainFlags(arguments);
        if (process == null || flags == null) {
            return Signalbox.commandLine().execute(arguments.toArray(String[]::new));
        }
        return ProcessLauncher.run(process, SettingSources.of(flags, System.getenv()));
    }

    private static Optional<ProcessDefinition> process(List<String> arguments) {
        return ServiceLoader.load(ProcessDefinition.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(
                        process ->
                                !arguments.isEmpty() && process.name().equals(arguments.getFirst()))
                .findFirst();
    }

    /**
     * The values of flags by name, of arguments {@code --name value} and {@code --name=value}, each
     * given once; null if anything else is among them. A flag that is not a setting is reported
     * with all other mistakes by whoever reads the settings.
     */
    static @Nullable Map<String, String> plainFlags(List<String> arguments) {
        Map<String, String> flags = new HashMap<>();
        for (var rest = arguments.listIterator(1); rest.hasNext(); ) {
            String[] parts = rest.next().split("=", 2);
            boolean plain =
                    FLAG.matcher(parts[0]).matches() && (parts.length == 2 || rest.hasNext());
            String value = parts.length == 2 || !plain ? parts[parts.length - 1] : rest.next();
            if (!plain
                    || value.startsWith("-")
                    || flags.put(parts[0].substring("--".length()), value) != null) {
                return null;
            }
        }
        return flags;
    }
}
