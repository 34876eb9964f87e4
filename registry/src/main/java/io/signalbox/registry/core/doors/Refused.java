package io.signalbox.registry.core.doors;

/** Ends the work on a request that is not followed; carries what its sender is told. */
public final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Problem problem;

    Refused(Problem problem) {
        super(problem.detail(), null, false, false);
        this.problem = problem;
    }

    /** What the sender is told. */
    public Problem problem() {
        return problem;
    }
}
