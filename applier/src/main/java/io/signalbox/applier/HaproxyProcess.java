package io.signalbox.applier;

import io.signalbox.haproxy.Capabilities;
import io.signalbox.haproxy.MasterProcesses;
import io.signalbox.process.Setting;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * An HAProxy that Signalbox starts and owns, as master and worker. It is a session of its own and
 * writes to files, not to its starter: it survives the applier, and the next one finds it by its
 * process id and its master's socket. One thread at a time.
 */
final class HaproxyProcess implements Haproxy {
    private static final Duration START_PATIENCE = Duration.ofSeconds(20);

    /**
     * A call that meets the master while it becomes itself may never be answered: the next one is.
     */
    private static final Duration START_CALL = Duration.ofMillis(250);

    /** As long as a reload may take, in which an applier may have been killed. */
    private static final Duration ADOPT_PATIENCE = Duration.ofSeconds(10);

    /** As long as a master may take from deleting its file to writing it anew. */
    private static final Duration FILE_PATIENCE = Duration.ofMillis(500);

    private static final Duration STOP_PATIENCE = Duration.ofSeconds(5);
    private static final Duration PAUSE = Duration.ofMillis(5);
    private static final int LAST_WORDS_BYTES = 8 * 1024;

    private final Path binary;
    private final Path config;
    private final Places places;
    private final boolean accessLog;
    private final MasterSocket master;
    private @Nullable Process child;
    private long pid = -1;

    HaproxyProcess(Path binary, Path config, Places places, boolean accessLog) {
        this.binary = binary;
        this.config = config;
        this.places = places;
        this.accessLog = accessLog;
        this.master = new MasterSocket(places.masterSocket());
    }

    /**
     * Takes over the process that an earlier applier left, if it still serves. A master in the
     * middle of a reload starts itself anew: for a moment its file is gone, or empty, and its
     * socket refuses connections, and a second HAProxy must not be started beside it.
     *
     * @return false if there is none, or it does not answer in time
     */
    boolean adopt() throws InterruptedException {
        long begin = System.nanoTime();
        long until = begin + ADOPT_PATIENCE.toNanos();
        long absentUntil = Files.exists(config) ? begin + FILE_PATIENCE.toNanos() : begin;
        while (true) {
            long now = System.nanoTime();
            OptionalLong found = writtenPid();
            if (found.isPresent() && isMaster(found.getAsLong())) {
                pid = found.getAsLong();
                return true;
            }
            if (Files.exists(places.pidFile())) {
                absentUntil = now + FILE_PATIENCE.toNanos();
            }
            boolean gone = found.isPresent() ? !mayBeOurs(found.getAsLong()) : now >= absentUntil;
            if (gone || now > until) {
                return false;
            }
            Thread.sleep(PAUSE);
        }
    }

    /** Empty while a master is writing it. */
    private OptionalLong writtenPid() {
        try {
            return OptionalLong.of(Long.parseLong(Files.readString(places.pidFile()).strip()));
        } catch (IOException | NumberFormatException e) {
            return OptionalLong.empty();
        }
    }

    private boolean isMaster(long found) {
        try {
            MasterProcesses processes = master.status();
            return processes.master() == found && processes.worker().isPresent();
        } catch (IOException e) {
            return false;
        }
    }

    /** Whether the process was started with our master's socket; it says nothing while it execs. */
    private boolean mayBeOurs(long found) {
        try {
            String words = Files.readString(Path.of("/proc", Long.toString(found), "cmdline"));
            return running(found)
                    && (words.isEmpty() || words.contains(places.masterSocket().toString()));
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public boolean alive() {
        Process started = child;
        if (started != null && started.pid() == pid) {
            return started.isAlive();
        }
        return pid > 0 && running(pid);
    }

    @Override
    public void start() throws IOException, InterruptedException {
        Files.deleteIfExists(places.pidFile());
        Path out = accessLog ? places.accessLog() : places.errors();
        ProcessBuilder builder =
                new ProcessBuilder(command())
                        .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                        .redirectOutput(ProcessBuilder.Redirect.appendTo(out.toFile()))
                        .redirectError(ProcessBuilder.Redirect.appendTo(places.errors().toFile()));
        // It would show them to whoever asks on its command socket.
        builder.environment().keySet().removeIf(HaproxyProcess::isOurs);
        long wordsFrom = Files.exists(places.errors()) ? Files.size(places.errors()) : 0;
        Process started = builder.start();
        child = started;
        pid = started.pid();
        long until = System.nanoTime() + START_PATIENCE.toNanos();
        while (System.nanoTime() < until) {
            if (!started.isAlive()) {
                throw new IOException("HAProxy does not start: " + lastWords(wordsFrom));
            }
            if (serves()) {
                return;
            }
            started.waitFor(PAUSE.toMillis(), TimeUnit.MILLISECONDS);
        }
        throw new IOException(
                "HAProxy (process %d) does not answer at %s within %d s of its start"
                        .formatted(pid, places.masterSocket(), START_PATIENCE.toSeconds()));
    }

    private List<String> command() {
        List<String> command = new ArrayList<>();
        setsid().ifPresent(command::add);
        command.addAll(
                List.of(
                        binary.toString(),
                        "-W",
                        "-S",
                        places.masterSocket() + ",mode,600",
                        "-p",
                        places.pidFile().toString(),
                        "-f",
                        config.toString()));
        return command;
    }

    /** Away from the terminal's process group, so that Ctrl-C reaches the applier only. */
    private static Optional<String> setsid() {
        return List.of("/usr/bin/setsid", "/bin/setsid").stream()
                .filter(path -> Files.isExecutable(Path.of(path)))
                .findFirst();
    }

    private boolean serves() {
        try {
            MasterProcesses now = new MasterSocket(places.masterSocket(), START_CALL).status();
            return now.master() == pid && now.worker().isPresent();
        } catch (IOException e) {
            return false;
        }
    }

    private String lastWords(long from) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(places.errors().toFile(), "r")) {
            long length = file.length();
            // It was rotated meanwhile if it is shorter: then all of it is new.
            long start = Math.max(length < from ? 0 : from, length - LAST_WORDS_BYTES);
            byte[] bytes = new byte[(int) (length - start)];
            file.seek(start);
            file.readFully(bytes);
            return words(new String(bytes, StandardCharsets.UTF_8));
        }
    }

    private static boolean isOurs(String variable) {
        return variable.startsWith(Setting.KEY_PREFIX)
                || CertificateSettings.ALIASES.contains(variable);
    }

    /** What HAProxy calls alerts, in one line. */
    static String words(String output) {
        List<String> alerts =
                output.lines().filter(line -> line.startsWith("[ALERT]")).limit(5).toList();
        List<String> shown = alerts.isEmpty() ? output.lines().limit(3).toList() : alerts;
        return String.join("; ", shown.stream().map(String::strip).toList());
    }

    @Override
    public String reload(Capabilities capabilities, Duration patience)
            throws IOException, InterruptedException {
        return master.reload(capabilities, patience);
    }

    @Override
    public Optional<OldWorkers> oldWorkers() {
        return OldWorkers.of(master);
    }

    @Override
    public void stop() throws InterruptedException {
        Optional<ProcessHandle> handle = pid > 0 ? ProcessHandle.of(pid) : Optional.empty();
        if (handle.isEmpty() || !alive()) {
            return;
        }
        handle.get().destroy();
        long until = System.nanoTime() + STOP_PATIENCE.toNanos();
        while (alive() && System.nanoTime() < until) {
            Thread.sleep(PAUSE);
        }
        if (alive()) {
            handle.get().destroyForcibly();
        }
    }

    /** Whether the process exists and is more than an entry that nobody has collected. */
    private static boolean running(long pid) {
        Path stat = Path.of("/proc", Long.toString(pid), "stat");
        if (!Files.exists(Path.of("/proc/self"))) {
            return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
        }
        try {
            String text = Files.readString(stat);
            char state = text.charAt(text.lastIndexOf(')') + 2);
            return state != 'Z' && state != 'X';
        } catch (IOException | StringIndexOutOfBoundsException e) {
            return false;
        }
    }
}
