package io.signalbox.bench.simulation;

import io.signalbox.registry.core.Verdict;
import io.signalbox.schemas.Fact;
import io.signalbox.schemas.Keys;
import io.signalbox.schemas.Liveness;
import io.signalbox.schemas.Partitions;
import io.signalbox.schemas.Topic;
import java.util.List;

/** Silence removes nothing before its time: counts the ticks that a verdict stands on. */
final class Silence {
    private static final int SUSPECTED = 4;
    private static final int LOST = 8;
    private static final int EXPIRED = 28;

    private Silence() {}

    /**
     * A verdict is about to be recorded.
     *
     * @param read the offset of {@code liveness} that led to it
     */
    static void check(World world, Verdict verdict, long read) {
        switch (verdict.fact()) {
            case Fact.HostSuspected(long session) ->
                    atLeast(SUSPECTED, session, world, verdict, read);
            case Fact.HostLost(long session) -> atLeast(LOST, session, world, verdict, read);
            case Fact.HostExpired(long session) -> atLeast(EXPIRED, session, world, verdict, read);
            case Fact.Decided _ -> {}
        }
    }

    private static void atLeast(int ticks, long session, World world, Verdict verdict, long read) {
        String host = verdict.subject();
        int partition = Partitions.of(Keys.hostBeat(host), Topic.LIVENESS.partitions());
        Log<Liveness> log = world.liveness.get(partition);
        List<Log.Entry<Liveness>> all =
                log == null ? List.of() : log.read(0, Integer.MAX_VALUE / 2);
        int silent = 0;
        for (Log.Entry<Liveness> entry : all) {
            if (entry.offset() > read) {
                break;
            }
            if (entry.value() instanceof Liveness.Tick) {
                silent++;
            } else if (new Liveness.HostBeat(host, session).equals(entry.value())) {
                silent = 0;
            }
        }
        if (silent < ticks) {
            throw new Violation(
                    "hasty-verdict",
                    "%s after %d silent ticks: %s".formatted(host, silent, verdict.fact()));
        }
    }
}
