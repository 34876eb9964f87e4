package io.signalbox.dialects;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Predicate;
import org.awaitility.core.ConditionTimeoutException;

/** Tries probes on HAProxies whose files lie below a directory. */
record Trial(Path directory, Certified keys) {

    /** What went wrong with the probes on one HAProxy; empty for nothing. */
    List<String> failed(String version, List<String> dialects, List<Probe> probes)
            throws Exception {
        try (EchoServer echo = new EchoServer(keys.context());
                Site site =
                        new Site(
                                version,
                                dialects,
                                probes,
                                Files.createTempDirectory(directory, "site"),
                                echo,
                                keys)) {
            List<Callable<String>> askings = new ArrayList<>();
            probes.forEach(probe -> askings.add(() -> outcome(site, echo, probe)));
            return all(askings).stream().filter(Predicate.not(String::isEmpty)).toList();
        }
    }

    /** What went wrong; empty for nothing. */
    private String outcome(Site site, EchoServer echo, Probe probe) throws Exception {
        try {
            new Asking(site, echo, keys, probe).all();
            return "";
        } catch (AssertionError | ConditionTimeoutException e) {
            List<String> said = new ArrayList<>();
            probe.apps().forEach(app -> said.add(site.declared(probe, app.name()).toString()));
            return "[" + probe.word() + "] " + e.getMessage() + "\n" + said;
        }
    }

    /** Does all at the same time. */
    static <T> List<T> all(List<Callable<T>> some) throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<T> results = new ArrayList<>();
            for (Future<T> one : threads.invokeAll(some)) {
                results.add(one.get());
            }
            return results;
        }
    }
}
