package io.signalbox.applier.core.plan;

import io.signalbox.applier.core.plan.WantedServer.Run;

/**
 * The same answers for every server.
 *
 * @param answers whether applications have answered
 * @param held whether a service without a server is held
 * @param resting whether servers that have left must stay
 */
record WaitsFor(boolean answers, boolean held, boolean resting) implements Waits {
    static final Waits ANSWERED = new WaitsFor(true, false, false);
    static final Waits SILENT = new WaitsFor(false, true, false);

    @Override
    public boolean answered(Run run) {
        return answers;
    }

    @Override
    public boolean holds(String backend) {
        return held;
    }

    @Override
    public boolean rests(String backend, String server) {
        return resting;
    }
}
