package io.signalbox.applier;

import io.signalbox.haproxy.Capabilities;
import io.signalbox.haproxy.IllegalValue;
import io.signalbox.haproxy.MasterProcesses;
import io.signalbox.haproxy.Reply;
import io.signalbox.haproxy.RuntimeCommand;
import io.signalbox.haproxy.RuntimeLine;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * The socket of HAProxy's master. While the master starts itself anew in a reload its socket
 * refuses connections for a moment; those tries are repeated until the deadline. Whatever the
 * master does or does not, no call lasts longer than its patience and one more short call. Safe for
 * all threads.
 */
public final class MasterSocket {
    private static final Duration ONE_CALL = Duration.ofSeconds(2);
    private static final Duration PAUSE = Duration.ofMillis(5);

    private final Path path;
    private final RuntimeSocket calls;

    /** The master socket at that path. */
    public MasterSocket(Path path) {
        this(path, ONE_CALL);
    }

    /** The same; a call for its processes is given up after that time. */
    MasterSocket(Path path, Duration oneCall) {
        this.path = path;
        this.calls = new RuntimeSocket(path, oneCall);
    }

    /** What the master says of its processes. */
    public MasterProcesses status() throws IOException {
        try {
            return MasterProcesses.parse(calls.ask(new RuntimeCommand.ShowProcesses()));
        } catch (IllegalValue e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    /** The same, tried again until that time of {@link System#nanoTime}. */
    private MasterProcesses statusUntil(long until) throws IOException, InterruptedException {
        while (true) {
            try {
                return status();
            } catch (IOException e) {
                if (System.nanoTime() > until) {
                    throw e;
                }
                Thread.sleep(PAUSE);
            }
        }
    }

    /**
     * Asks for a reload and waits until the master has carried it out, for so long at most.
     *
     * @return empty if a new worker serves, else what HAProxy said
     * @throws IOException if the master does not answer in time
     */
    public String reload(Capabilities capabilities, Duration patience)
            throws IOException, InterruptedException {
        long until = System.nanoTime() + patience.toNanos();
        MasterProcesses before = statusUntil(until);
        Duration left = Duration.ofNanos(Math.max(0, until - System.nanoTime()));
        Reply reply =
                new RuntimeSocket(path, left)
                        .call(new RuntimeLine(List.of(new RuntimeCommand.Reload(capabilities))))
                        .getFirst();
        if (reply instanceof Reply.Refused(Reply.Reason reason, String text)) {
            return text;
        }
        return reply instanceof Reply.Ok && capabilities.reloadAnswers()
                ? ""
                : awaitReload(before, until, patience);
    }

    /** Before 2.7 the master answers nothing: its table of processes tells. */
    private String awaitReload(MasterProcesses before, long until, Duration patience)
            throws IOException, InterruptedException {
        while (System.nanoTime() < until) {
            MasterProcesses now = statusUntil(until);
            if (now.failedReloads() > before.failedReloads()) {
                return "the master counts a failed reload";
            }
            if (now.worker().isPresent() && !now.worker().equals(before.worker())) {
                return "";
            }
            Thread.sleep(PAUSE);
        }
        return "no new worker within " + patience.toSeconds() + " s";
    }
}
