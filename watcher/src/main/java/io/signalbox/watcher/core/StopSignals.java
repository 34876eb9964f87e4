package io.signalbox.watcher.core;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Which signals mean that a container is to end: the one it is configured to be stopped with, and
 * TERM, INT, QUIT and KILL. Others (HUP, USR1 …) are talk with the application.
 */
public final class StopSignals {
    /** The number of SIGTERM, which {@code docker stop} sends where nothing else is configured. */
    public static final int TERM = 15;

    private static final int KILL = 9;
    private static final int INT = 2;
    private static final int QUIT = 3;
    private static final int RTMIN = 34;
    private static final int RTMAX = 64;
    private static final Set<Integer> ALWAYS = Set.of(TERM, INT, QUIT, KILL);

    /** Linux' names by number, from 1 on. */
    private static final List<String> NAMES =
            List.of(
                    "HUP", "INT", "QUIT", "ILL", "TRAP", "ABRT", "BUS", "FPE", "KILL", "USR1",
                    "SEGV", "USR2", "PIPE", "ALRM", "TERM", "STKFLT", "CHLD", "CONT", "STOP",
                    "TSTP", "TTIN", "TTOU", "URG", "XCPU", "XFSZ", "VTALRM", "PROF", "WINCH", "IO",
                    "PWR", "SYS");

    private StopSignals() {}

    /** Whether this signal stops a container that is configured with that stop signal. */
    public static boolean stops(int signal, int configured) {
        return signal == configured || ALWAYS.contains(signal);
    }

    /**
     * The number of a signal as Docker writes it: {@code 15}, {@code SIGTERM}, {@code TERM}, {@code
     * SIGRTMIN+3}. Nothing, or what is none, is {@link #TERM}.
     */
    public static int number(String text) {
        String name = text.strip().toUpperCase(Locale.ROOT);
        if (name.startsWith("SIG")) {
            name = name.substring("SIG".length());
        }
        if (name.matches("[0-9]{1,2}")) {
            return Integer.parseInt(name);
        }
        if (name.matches("RTMIN(\\+[0-9]{1,2})?")) {
            return RTMIN + offset(name);
        }
        if (name.matches("RTMAX(-[0-9]{1,2})?")) {
            return RTMAX + offset(name);
        }
        int index = NAMES.indexOf(name);
        return index < 0 ? TERM : index + 1;
    }

    private static int offset(String name) {
        String rest = name.substring("RTMIN".length());
        return rest.isEmpty() ? 0 : Integer.parseInt(rest);
    }
}
