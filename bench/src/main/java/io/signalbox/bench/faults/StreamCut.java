package io.signalbox.bench.faults;

import java.time.Duration;

/**
 * What the engine sends is cut off after a random byte, again and again, while containers change.
 */
record StreamCut() implements FaultCase {
    private static final int CUTS = 8;
    private static final int LONGEST_PIECE = 3_000;

    @Override
    public String name() {
        return "stream-cut";
    }

    @Override
    public String about() {
        return "every connection to the engine is cut after a random byte, 8 times; serves the truth within 1 s of the last";
    }

    @Override
    public Duration limit() {
        return Duration.ofSeconds(1);
    }

    @Override
    public void round(Rig rig) throws Exception {
        for (int cut = 0; cut < CUTS; cut++) {
            rig.engineProxy().slice(1 + rig.random().nextInt(600));
            rig.engineProxy().cutAfter(rig.random().nextInt(LONGEST_PIECE));
            rig.injected("stream cut");
            rig.churn().step();
        }
        rig.engineProxy().cut();
        rig.engineProxy().cutAfter(Long.MAX_VALUE);
        rig.engineProxy().slice(Integer.MAX_VALUE);
        rig.converge(System.nanoTime());
    }
}
