package io.signalbox.applier.core.plan;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;

/**
 * What may differ between wanted and running, and why a reload is due. Reasons stay until a plan
 * that looked at their service finds them gone. One owner thread.
 */
public final class Touched {
    private final NavigableSet<String> services = new TreeSet<>();
    private final Set<ReloadReason> reasons = new LinkedHashSet<>();
    private boolean everything;

    /** These services may differ. */
    public void add(Collection<String> names) {
        services.addAll(names);
    }

    /** Everything may differ. */
    public void addEverything() {
        everything = true;
    }

    /** Something but commands must be done: a reload, for that reason. */
    public void add(ReloadReason reason) {
        reasons.add(reason);
    }

    /** Whether there is anything to plan for. */
    public boolean any() {
        return everything || !services.isEmpty();
    }

    /** The plan for what may differ. */
    public Plan plan(Wanted wanted, Running running, Waits waits) {
        return everything
                ? ApplyPlanner.planAll(wanted, running, waits)
                : ApplyPlanner.plan(wanted, running, services, waits);
    }

    /** The services that the plan is for. */
    public NavigableSet<String> names(Wanted wanted) {
        NavigableSet<String> names = new TreeSet<>(services);
        if (everything) {
            names.addAll(wanted.services().keySet());
        }
        return names;
    }

    /** The plan was carried out as far as it can be without a reload. */
    public void planned(Plan plan) {
        reasons.removeIf(this::looksAgain);
        if (plan instanceof Plan.Reload(List<ReloadReason> found, List<Step> _)) {
            reasons.addAll(found);
        }
        services.clear();
        everything = false;
    }

    private boolean looksAgain(ReloadReason reason) {
        return switch (reason.kind()) {
            case FRAME, SPARES -> true;
            case SERVICE_TEXT, ROUTING_RULES, SERVER_OPTIONS, SERVER_COOKIE, NO_SPARE ->
                    everything || services.contains(reason.detail());
            case CERTIFICATES, USERS, REFUSED, UNKNOWN -> false;
        };
    }

    /**
     * A reload begins, which ends these reasons if it succeeds. Those that come up meanwhile are
     * reasons for the next one: it may have begun too early for them.
     */
    public List<ReloadReason> take() {
        List<ReloadReason> taken = List.copyOf(reasons);
        reasons.clear();
        return taken;
    }

    /** The reload put everything in force that was wanted when it began. */
    public void reloaded() {
        services.clear();
        everything = true;
    }

    /** The reasons for which a reload is due; empty for none. */
    public List<ReloadReason> reasons() {
        return List.copyOf(reasons);
    }

    /** Whether something is not in force until a reload. */
    public boolean urgent() {
        return reasons.stream().anyMatch(ReloadReason::urgent);
    }
}
