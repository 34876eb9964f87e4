package io.signalbox.cli;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Runs a command (or none) and keeps it registered meanwhile. The registry may be away: it is tried
 * again, and said once. When this program is told to stop, the endpoint is taken back first and the
 * command told after it, so that no request comes to one that stops.
 *
 * <p>The caller's thread registers and renews; the JVM's shutdown hook takes back and ends.
 */
final class RegisteredCommand {
    private static final Duration LEAST = Duration.ofMillis(500);
    private static final Duration KNOCK = Duration.ofMillis(200);

    private final Registrar registrar;
    private final List<String> command;
    private final InetSocketAddress address;
    private final Times times;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private boolean over;
    private @Nullable String trouble;

    /**
     * How long what takes.
     *
     * @param renew from one renewal to the next
     * @param answer until the port must answer; zero registers at once
     * @param drain from taking back to telling the command to stop
     */
    record Times(Duration renew, Duration answer, Duration drain) {}

    /**
     * @param command empty for none
     */
    RegisteredCommand(
            Registrar registrar, List<String> command, String address, int port, Times times) {
        this.registrar = registrar;
        this.command = List.copyOf(command);
        this.address = new InetSocketAddress(address, port);
        this.times = times;
    }

    /**
     * Runs until the command ends, or this program is told to stop.
     *
     * @return the command's exit code
     * @throws OperationFailed when it cannot be started, or what is registered is refused
     */
    int run() throws InterruptedException {
        Process process = start();
        Thread hook =
                new Thread(
                        () -> stop(process).ifPresent(Runtime.getRuntime()::halt), "register-stop");
        Runtime.getRuntime().addShutdownHook(hook);
        return run(process);
    }

    /** The same of a command that was started. */
    int run(@Nullable Process process) throws InterruptedException {
        try {
            String refused = keep(process);
            if (refused != null && process != null) {
                process.destroy();
                process.waitFor();
            }
            takeBack();
            if (refused != null) {
                throw new OperationFailed(refused);
            }
            return process == null ? 0 : process.waitFor();
        } finally {
            stopping.countDown();
        }
    }

    /** The command, started; null where there is none. */
    @Nullable Process start() {
        if (command.isEmpty()) {
            return null;
        }
        try {
            return new ProcessBuilder(command).inheritIO().start();
        } catch (IOException e) {
            throw new OperationFailed(
                    "%s cannot be run: %s".formatted(command.getFirst(), e.getMessage()));
        }
    }

    /** Registers and renews until the command ends; the reason if that is refused. */
    private @Nullable String keep(@Nullable Process process) throws InterruptedException {
        if (process != null && !answers(process)) {
            return process.isAlive()
                    ? "%s does not answer after %d s".formatted(address, times.answer().toSeconds())
                    : null;
        }
        boolean registered = false;
        Duration pause = times.renew().compareTo(LEAST) < 0 ? LEAST : times.renew();
        do {
            switch (register()) {
                case Registrar.Outcome.Done(String text) -> {
                    if (!registered || trouble != null) {
                        say(text);
                    }
                    registered = true;
                    trouble = null;
                }
                case Registrar.Outcome.Refused(String reason) -> {
                    if (!registered) {
                        return reason;
                    }
                    trouble(reason);
                }
                case Registrar.Outcome.Failed(String reason) -> trouble(reason);
            }
        } while (!ends(process, trouble == null ? pause : LEAST));
        return null;
    }

    private boolean ends(@Nullable Process process, Duration pause) throws InterruptedException {
        return process == null
                ? stopping.await(pause.toMillis(), TimeUnit.MILLISECONDS)
                : process.waitFor(pause.toMillis(), TimeUnit.MILLISECONDS);
    }

    private boolean answers(Process process) throws InterruptedException {
        long end = System.nanoTime() + times.answer().toNanos();
        while (!times.answer().isZero() && !connects()) {
            if (System.nanoTime() - end > 0
                    || process.waitFor(KNOCK.toMillis(), TimeUnit.MILLISECONDS)) {
                return false;
            }
        }
        return true;
    }

    private boolean connects() {
        try (Socket socket = new Socket()) {
            socket.connect(address, (int) KNOCK.toMillis());
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * Takes the endpoint back and then ends the command, unless it has ended by itself.
     *
     * @return the command's exit code; empty where there is none to wait for
     */
    OptionalInt stop(@Nullable Process process) {
        if (!takeBack()) {
            return OptionalInt.empty();
        }
        stopping.countDown();
        if (process == null) {
            return OptionalInt.empty();
        }
        try {
            if (!process.waitFor(times.drain().toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroy();
            }
            return OptionalInt.of(process.waitFor());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return OptionalInt.empty();
        }
    }

    /** Registers, unless it was taken back: that is the last word. */
    private synchronized Registrar.Outcome register() {
        return over ? new Registrar.Outcome.Failed("it stops") : registrar.register();
    }

    /** Takes it back once; whether this was the time. */
    private synchronized boolean takeBack() {
        if (over) {
            return false;
        }
        over = true;
        try {
            say(registrar.deregister().text());
        } catch (OperationFailed e) {
            say(String.valueOf(e.getMessage()));
        }
        return true;
    }

    private void trouble(String reason) {
        if (!reason.equals(trouble) && stopping.getCount() > 0) {
            say("not registered now: " + reason);
        }
        trouble = reason;
    }

    private static void say(String text) {
        System.err.println("signalbox register: " + text);
    }
}
