package io.signalbox.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What a figure was measured on. */
final class Machine {

    private Machine() {}

    /** Prints cores, system, Java and the load that there is already. */
    static void print() throws IOException {
        String load = Files.readString(Path.of("/proc/loadavg")).strip();
        System.out.printf(
                "%d cores, %s, Java %s, load %s%n",
                Runtime.getRuntime().availableProcessors(),
                System.getProperty("os.name") + " " + System.getProperty("os.version"),
                System.getProperty("java.version"),
                load);
    }
}
