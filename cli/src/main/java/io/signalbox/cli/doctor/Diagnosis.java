package io.signalbox.cli.doctor;

import static java.util.Objects.requireNonNull;

import io.signalbox.cli.doctor.Finding.State;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Runs checks side by side, each on a thread of its own once those that it needs are done. A check
 * that misses its deadline is left behind; one whose needs were not met is skipped.
 */
public final class Diagnosis {

    private Diagnosis() {}

    /**
     * Runs them; returns when the last one answered or missed its deadline.
     *
     * @param checks each after those that it needs
     */
    public static Report run(List<Check> checks) {
        ExecutorService threads = SideBySide.threads();
        Map<String, CompletableFuture<List<Finding>>> running = new LinkedHashMap<>();
        for (Check check : checks) {
            running.put(check.name(), start(check, running, threads));
        }
        Map<Check, List<Finding>> found = new LinkedHashMap<>();
        checks.forEach(check -> found.put(check, requireNonNull(running.get(check.name())).join()));
        threads.shutdownNow();
        return new Report(found);
    }

    /**
     * The checks of these names and those that they need, in their order.
     *
     * @param names of which each is that of a check
     */
    public static List<Check> only(List<Check> checks, Set<String> names) {
        Set<String> wanted = new LinkedHashSet<>(names);
        for (Check check : checks.reversed()) {
            if (wanted.contains(check.name())) {
                wanted.addAll(check.needs());
            }
        }
        return checks.stream().filter(check -> wanted.contains(check.name())).toList();
    }

    private static CompletableFuture<List<Finding>> start(
            Check check,
            Map<String, CompletableFuture<List<Finding>>> before,
            ExecutorService threads) {
        List<CompletableFuture<List<Finding>>> needs = new ArrayList<>();
        for (String need : check.needs()) {
            CompletableFuture<List<Finding>> needed = before.get(need);
            if (needed == null) {
                throw new IllegalArgumentException(check.name() + " needs " + need + " before it");
            }
            needs.add(needed);
        }
        return CompletableFuture.allOf(needs.toArray(CompletableFuture[]::new))
                .thenCompose(
                        _ ->
                                unmet(check, before)
                                        .map(CompletableFuture::completedFuture)
                                        .orElseGet(() -> look(check, threads)));
    }

    /** A need is met by something that is well, and nothing that is wrong. */
    private static Optional<List<Finding>> unmet(
            Check check, Map<String, CompletableFuture<List<Finding>>> done) {
        for (String need : check.needs()) {
            List<Finding> findings = requireNonNull(done.get(need)).join();
            boolean met =
                    findings.stream().anyMatch(finding -> finding.state() == State.OK)
                            && findings.stream().noneMatch(f -> f.state() == State.FAIL);
            if (!met) {
                boolean failed = findings.stream().anyMatch(f -> f.state() == State.FAIL);
                return Optional.of(
                        List.of(
                                Finding.skipped(
                                        check.name(),
                                        need + (failed ? " failed" : " found nothing to go by"))));
            }
        }
        return Optional.empty();
    }

    private static CompletableFuture<List<Finding>> look(Check check, ExecutorService threads) {
        CompletableFuture<List<Finding>> found = new CompletableFuture<>();
        var task =
                threads.submit(
                        () -> {
                            try {
                                found.complete(check.look().look());
                            } catch (Exception e) {
                                found.completeExceptionally(e);
                            }
                        });
        return found.orTimeout(check.deadline().toMillis(), TimeUnit.MILLISECONDS)
                .exceptionally(
                        failure -> {
                            task.cancel(true);
                            return List.of(failed(check, failure));
                        });
    }

    private static Finding failed(Check check, Throwable failure) {
        if (failure instanceof TimeoutException && failure.getMessage() == null) {
            return late(check.name(), check.deadline(), Load.now());
        }
        return Finding.fail(check.name(), Reasons.of(failure), "", "");
    }

    /** A machine that has no time for its own threads says nothing of what they asked. */
    static Finding late(String name, Duration deadline, Load load) {
        return load.heavy()
                ? Finding.fail(
                        name,
                        "no answer within %s, on a machine with %s"
                                .formatted(seconds(deadline), load),
                        "nothing can be said of others from here",
                        "ask again when there is less to do here")
                : Finding.fail(
                        name,
                        "no answer within " + seconds(deadline),
                        "",
                        "see whether it is overloaded, or the way there blocked");
    }

    private static String seconds(Duration time) {
        return time.toMillis() / 1000.0 + " s";
    }
}
