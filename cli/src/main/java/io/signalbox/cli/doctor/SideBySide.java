package io.signalbox.cli.doctor;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;

/** Looks at several things at once, so that those that do not answer cost their deadline once. */
final class SideBySide {
    private SideBySide() {}

    /**
     * Threads that do not outlive the program. Those of the system, because a virtual thread that
     * loads a class or calls native code holds up all others on a machine of few processors.
     */
    static ExecutorService threads() {
        return Executors.newThreadPerTaskExecutor(
                Thread.ofPlatform().daemon().name("doctor-", 0).factory());
    }

    /** The findings about each thing, in the things' order. */
    static <T> List<Finding> look(Collection<T> things, Function<T, List<Finding>> look)
            throws InterruptedException {
        List<Callable<List<Finding>>> looks = new ArrayList<>();
        things.forEach(thing -> looks.add(() -> look.apply(thing)));
        List<Finding> findings = new ArrayList<>();
        try (ExecutorService threads = threads()) {
            for (Future<List<Finding>> done : threads.invokeAll(looks)) {
                findings.addAll(done.get());
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException(Reasons.of(e), e);
        }
        return findings;
    }
}
