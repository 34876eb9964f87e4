package io.signalbox.process;

import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;

/**
 * Runs the one process on the class path, with settings from the environment: the entry point of
 * the images, which hold one process each.
 */
public final class ProcessMain {
    private ProcessMain() {}

    /** Takes no arguments; ends with the codes of {@link ProcessLauncher}. */
    public static void main(String[] arguments) {
        List<ProcessDefinition> found =
                ServiceLoader.load(ProcessDefinition.class).stream()
                        .map(ServiceLoader.Provider::get)
                        .toList();
        if (found.size() != 1 || arguments.length > 0) {
            System.err.println(
                    arguments.length > 0
                            ? "settings are given by the environment, not by arguments: "
                                    + String.join(" ", arguments)
                            : "one process must be on the class path, and there are "
                                    + found.stream().map(ProcessDefinition::name).toList());
            System.exit(StartFailure.EXIT_CODE);
        }
        System.exit(
                ProcessLauncher.run(
                        found.getFirst(), SettingSources.of(Map.of(), System.getenv())));
    }
}
