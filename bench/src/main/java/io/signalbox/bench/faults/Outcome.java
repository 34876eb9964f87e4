package io.signalbox.bench.faults;

import io.signalbox.cli.load.LoadTally;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What one case came to.
 *
 * @param name the case
 * @param line its figures, in one line
 * @param remarks worth to be known
 * @param violations what must not be; none if it passed
 */
public record Outcome(String name, String line, List<String> remarks, List<String> violations) {
    private static final double LONGEST_GAP_MS = 1_000;
    private static final int SHOWN_FAILURES = 5;

    public Outcome {
        remarks = List.copyOf(remarks);
        violations = List.copyOf(violations);
    }

    /** Whether the case met its criterion. */
    public boolean good() {
        return violations.isEmpty();
    }

    /** All of it, for people. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add("  " + line);
        remarks.forEach(remark -> lines.add("  " + remark));
        violations.forEach(violation -> lines.add("  FAILED " + violation));
        return lines;
    }

    static Outcome of(
            FaultCase one, Findings findings, LoadTally load, Ledger.Balance facts, int slack) {
        List<String> violations = new ArrayList<>(findings.violations());
        switch (one.loss()) {
            case NONE -> {
                failures(load, violations);
                if (load.longestGapMs() > LONGEST_GAP_MS * slack) {
                    violations.add(
                            String.format(
                                    Locale.ROOT, "no answer for %.0f ms", load.longestGapMs()));
                }
            }
            case NONE_BUT_MAY_WAIT -> failures(load, violations);
            case WHILE_HAPROXY_IS_AWAY, JUDGED_BY_THE_CASE -> {}
        }
        if (!one.deletesFacts()) {
            if (facts.lost() > 0) {
                violations.add(facts.lost() + " acknowledged facts are lost");
            }
            facts.mistakes().stream().limit(SHOWN_FAILURES).forEach(violations::add);
        }
        String line =
                String.format(
                        Locale.ROOT,
                        "%d faults %s, converged p50 %s max %s ms, requests %d sent %d failed longest gap %.0f slowest %.0f ms,"
                                + " facts %d acknowledged %d lost, %d restarts",
                        findings.faults(),
                        findings.byFault(),
                        ms(findings.times(), 0.5),
                        ms(findings.times(), 1),
                        load.answered() + load.failed(),
                        load.failed(),
                        load.longestGapMs(),
                        load.slowestMs(),
                        facts.acknowledged(),
                        facts.lost(),
                        findings.restarts());
        return new Outcome(one.name(), line, findings.remarks(), violations);
    }

    private static void failures(LoadTally load, List<String> violations) {
        load.failures().stream().limit(SHOWN_FAILURES).forEach(violations::add);
    }

    static Outcome broken(FaultCase one, Findings findings, Exception why) {
        List<String> violations = new ArrayList<>(findings.violations());
        violations.add("the case broke off: " + why);
        return new Outcome(one.name(), "no figures", findings.remarks(), violations);
    }

    private static String ms(List<Duration> sorted, double share) {
        return sorted.isEmpty()
                ? "-"
                : Long.toString(
                        sorted.get(Math.max(0, (int) Math.ceil(share * sorted.size()) - 1))
                                .toMillis());
    }
}
