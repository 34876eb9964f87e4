package io.signalbox.cli;

import io.signalbox.process.SettingSources;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * Where an operator's command finds a running {@code signalbox up} on the same machine: the
 * settings file that it writes into its data directory stands in where no settings file is named.
 */
final class Endpoints {

    /** The file's name in the data directory. */
    static final String FILE = "endpoints";

    private Endpoints() {}

    /**
     * The process environment, with {@code SIGNALBOX_CONFIG} filled in where it is absent and
     * {@code up} has run here.
     */
    static Map<String, String> environment() {
        Map<String, String> environment = new HashMap<>(System.getenv());
        Path file = DataDirectory.byDefault().resolve(FILE);
        if (Files.isReadable(file)) {
            environment.putIfAbsent(SettingSources.CONFIG.key(), file.toString());
        }
        return environment;
    }
}
