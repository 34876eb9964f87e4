package io.signalbox.bench.faults;

import java.io.IOException;
import java.io.UncheckedIOException;

/** Sends signals to processes by their id. */
final class Signals {
    private Signals() {}

    /** The process does nothing any more until {@link #thaw}; its sockets stay open. */
    static void freeze(long pid) {
        send(pid, "STOP");
    }

    static void thaw(long pid) {
        send(pid, "CONT");
    }

    /** The process reads its settings again. */
    static void hangUp(long pid) {
        send(pid, "HUP");
    }

    /** SIGKILL; a process that is gone already is no mistake. */
    static void kill(long pid) {
        send(pid, "KILL");
    }

    static boolean alive(long pid) {
        return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
    }

    private static void send(long pid, String signal) {
        try {
            new ProcessBuilder("sh", "-c", "kill -" + signal + " " + pid + " 2>/dev/null")
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
