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
 * refuses connections for a moment; those tries are repeated until the deadline. One thread at a
 * time.
 */
public final class MasterSocket {
    private static final Duration ONE_CALL = Duration.ofSeconds(2);
    private static final Duration RELOAD_CALL = Duration.ofSeconds(60);
    private static final Duration PAUSE = Duration.ofMillis(5);

    private final RuntimeSocket calls;
    private final RuntimeSocket reloads;

    /** The master socket at that path. */
    public MasterSocket(Path path) {
        this.calls = new RuntimeSocket(path, ONE_CALL);
        this.reloads = new RuntimeSocket(path, RELOAD_CALL);
    }

    /** What the master says of its processes. */
    public MasterProcesses status() throws IOException {
        try {
            return MasterProcesses.parse(calls.ask(new RuntimeCommand.ShowProcesses()));
        } catch (IllegalValue e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    /** The same, tried again until the deadline. */
    public MasterProcesses status(Duration patience) throws IOException, InterruptedException {
        long until = System.nanoTime() + patience.toNanos();
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
     * Asks for a reload and waits until the master has carried it out.
     *
     * @return empty if a new worker serves, else what HAProxy said
     */
    public String reload(Capabilities capabilities, Duration patience)
            throws IOException, InterruptedException {
        MasterProcesses before = status(patience);
        Reply reply =
                reloads.call(new RuntimeLine(List.of(new RuntimeCommand.Reload(capabilities))))
                        .getFirst();
        return reply instanceof Reply.Ok && capabilities.reloadAnswers()
                ? ""
                : reply instanceof Reply.Refused(Reply.Reason reason, String text)
                        ? text
                        : awaitReload(before, patience);
    }

    /** Before 2.7 the master answers nothing: its table of processes tells. */
    private String awaitReload(MasterProcesses before, Duration patience)
            throws IOException, InterruptedException {
        long until = System.nanoTime() + patience.toNanos();
        while (System.nanoTime() < until) {
            MasterProcesses now = status(patience);
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
