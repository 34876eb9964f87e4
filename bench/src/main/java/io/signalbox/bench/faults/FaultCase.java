package io.signalbox.bench.faults;

import java.time.Duration;

/** One kind of fault, and what must hold under it. */
interface FaultCase {
    /** What a case allows. */
    enum Loss {
        /** No request may fail. */
        NONE,
        /** No request may fail; they may wait while their service has no container that answers. */
        NONE_BUT_MAY_WAIT,
        /** HAProxy itself is hit: requests may fail until it is back. */
        WHILE_HAPROXY_IS_AWAY,
        /** The case judges requests itself. */
        JUDGED_BY_THE_CASE
    }

    /** The word for {@code --case}. */
    String name();

    /** One line: the fault, and the criterion. */
    String about();

    /** How long it may take until HAProxy serves what the engine runs, from when it could. */
    Duration limit();

    /** Which requests may fail. */
    default Loss loss() {
        return Loss.NONE;
    }

    /** Whether facts may go, because the case itself deletes them. */
    default boolean deletesFacts() {
        return false;
    }

    /** What its Signalbox needs. */
    default Installation.Needs needs() {
        return Installation.Needs.NOTHING;
    }

    /** Rounds when nobody says how many. */
    default int rounds() {
        return 3;
    }

    /** Injects the fault once and judges. */
    void round(Rig rig) throws Exception;
}
