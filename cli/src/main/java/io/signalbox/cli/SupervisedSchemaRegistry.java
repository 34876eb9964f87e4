package io.signalbox.cli;

import io.signalbox.process.Backoff;
import io.signalbox.process.StartFailure;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The schema registry's child process, started again on the same port whenever it ends by itself,
 * one to thirty seconds later. Whoever has a warm cache does not notice; the log says once that it
 * went and once that it is back. A thread of its own watches it from {@link #supervise} on; the
 * other methods are for one thread.
 */
final class SupervisedSchemaRegistry implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(SupervisedSchemaRegistry.class);

    private static final Duration CALM = Duration.ofMillis(500);

    private final Path directory;
    private final int port;
    private final Duration patience;
    private final Thread watching =
            Thread.ofPlatform().name("schema-registry").unstarted(this::run);
    private volatile SchemaRegistryChild child;

    private SupervisedSchemaRegistry(Path directory, int port, Duration patience) {
        this.directory = directory;
        this.port = port;
        this.patience = patience;
        this.child = SchemaRegistryChild.start(directory, port);
    }

    /**
     * Starts it and returns at once. Until {@link #supervise} an end of it is a failure to start.
     *
     * @param directory where it keeps schemas, log and pid
     * @param port on 127.0.0.1, the same for each child
     * @param patience with a child that has started and does not answer
     */
    static SupervisedSchemaRegistry start(Path directory, int port, Duration patience) {
        return new SupervisedSchemaRegistry(directory, port, patience);
    }

    /** Base of Confluent's API. */
    String url() {
        return child.url();
    }

    /** Waits until it answers for the first time, and sees from then on that it stays. */
    void supervise() {
        child.awaitReady(patience);
        watching.start();
    }

    /** An end of it is no surprise from now on. Safe for all threads. */
    void ending() {
        watching.interrupt();
    }

    /** Ends it for good. */
    @Override
    public void close() throws IOException {
        watching.interrupt();
        boolean interrupted = false;
        while (watching.isAlive()) {
            try {
                watching.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        child.close();
    }

    private void run() {
        try {
            while (true) {
                int code = child.awaitEnd();
                long ended = System.nanoTime();
                // Ctrl-C reaches the child as well: then this process ends too, and says so soon.
                Thread.sleep(CALM);
                log.atWarn()
                        .addKeyValue("exit", code)
                        .addKeyValue("log", directory.resolve("log"))
                        .log("schema registry is away");
                startAgain();
                log.atInfo()
                        .addKeyValue("awayMs", (System.nanoTime() - ended) / 1_000_000)
                        .addKeyValue("pid", child.pid())
                        .log("schema registry is back");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Tries until a child answers. */
    private void startAgain() throws InterruptedException {
        Backoff backoff = Backoff.random();
        while (true) {
            Thread.sleep(backoff.next());
            try {
                child.close();
                child = SchemaRegistryChild.start(directory, port);
                child.awaitReady(patience);
                return;
            } catch (StartFailure | IOException e) {
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
                log.atDebug().addKeyValue("error", e.getMessage()).log("schema registry");
            }
        }
    }
}
