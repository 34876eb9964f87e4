package io.signalbox.bench.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Runs cases one after another on one engine, and on one Signalbox as long as no case has needs of
 * its own or has failed. Used by one thread, and closed by any.
 */
public final class Suite implements AutoCloseable {
    private final Path home;
    private final Path directory;
    private final Consumer<String> out;
    private final Random random;
    private final int slack;
    private final OwnEngine engine;
    private @Nullable Rig rig;
    private Installation.Needs needs = Installation.Needs.NOTHING;
    private int rigs;
    private boolean failed;
    private volatile boolean closed;

    /**
     * Starts the engine.
     *
     * @param home where Signalbox' repository lies
     * @param out takes what happens, in lines
     * @param seed of everything that is random
     * @param slack how many times longer everything may take than on a machine with nothing else to
     *     do
     */
    public Suite(Path home, Consumer<String> out, long seed, int slack)
            throws IOException, InterruptedException {
        this.home = home;
        this.out = out;
        this.random = new Random(seed);
        this.slack = slack;
        this.directory = Files.createTempDirectory("sbf");
        this.engine = new OwnEngine(directory.resolve("e"));
        try {
            engine.start();
            engine.client().makeNetwork();
            Command.run(
                    Map.of("DOCKER_HOST", "unix://" + engine.socket()),
                    home.resolve("compose/sample/build").toString());
        } catch (IOException | InterruptedException | RuntimeException e) {
            close();
            throw e;
        }
    }

    /**
     * Runs the case of that name.
     *
     * @param rounds 0 for as many as the case wants
     * @throws IllegalArgumentException if there is none
     */
    public Outcome run(String name, int rounds) throws IOException, InterruptedException {
        FaultCase wanted =
                Cases.ALL.stream()
                        .filter(one -> one.name().equals(name))
                        .findFirst()
                        .orElseThrow(
                                () -> new IllegalArgumentException("there is no case " + name));
        return run(wanted, rounds == 0 ? wanted.rounds() : rounds);
    }

    Outcome run(FaultCase one, int rounds) throws IOException, InterruptedException {
        if (closed) {
            throw new IllegalStateException("the suite was closed");
        }
        out.accept(one.name() + ": " + one.about());
        Findings findings = new Findings();
        Outcome outcome;
        try {
            Rig begun = rigFor(one);
            begun.begin(findings, one.limit());
            for (int round = 0; round < rounds; round++) {
                one.round(begun);
            }
            outcome = Outcome.of(one, findings, begun.load().tally(), begun.end(), slack);
        } catch (IOException | RuntimeException e) {
            outcome = Outcome.broken(one, findings, e);
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) {
            outcome = Outcome.broken(one, findings, e);
        }
        Rig used = rig;
        if (used != null) {
            used.quiet();
        }
        outcome.lines().forEach(out);
        failed |= !outcome.good();
        if (one.needs().alone() || (!outcome.good() && !sound())) {
            endRig();
        }
        return outcome;
    }

    /** Ends and removes everything; what a failed case left in files stays. */
    @Override
    public synchronized void close() throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        endRig();
        engine.close();
        if (failed) {
            out.accept("logs are kept in " + directory);
            delete(directory.resolve("e"));
        } else {
            delete(directory);
        }
    }

    private Rig rigFor(FaultCase one) throws IOException, InterruptedException {
        Rig running = rig;
        if (running != null && needs.equals(one.needs())) {
            return running;
        }
        endRig();
        engine.client().removeContainers();
        Path own = Files.createDirectory(directory.resolve(Integer.toString(++rigs)));
        needs = one.needs();
        Rig fresh = new Rig(engine, home.resolve("signalbox"), own, random, slack);
        hold(fresh);
        fresh.installation().start(needs);
        return fresh;
    }

    /** From here on {@link #close} ends it. */
    private synchronized void hold(Rig fresh) throws IOException {
        if (closed) {
            fresh.close();
            throw new IllegalStateException("the suite was closed");
        }
        rig = fresh;
    }

    private boolean sound() {
        Rig running = rig;
        return running != null && running.sound();
    }

    private void endRig() throws IOException {
        Rig running = rig;
        if (running != null) {
            rig = null;
            running.close();
        }
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
