package io.signalbox.bench.simulation;

/** What may go wrong in a run; each seed draws its own set of these. */
enum Fault {
    /** A process dies; what it had sent lands in part, and late. */
    CRASH,
    /** A process stands still for some seconds and goes on as if nothing had happened. */
    FREEZE,
    /** It stands still for up to 80 seconds. */
    LONG_FREEZE,
    /** A send fails; what came after it fails too. */
    FAILED_SEND,
    /** A record lands and its acknowledgement does not come. */
    LOST_ACKNOWLEDGEMENT,
    /** What a closed producer had under way still lands, some time. */
    LATE_RECORDS,
    /** A record lands twice. */
    REPEATED_RECORD,
    /** A fact cannot be read by anybody. */
    POISON,
    /** Compaction removes all that it may. */
    COMPACTION,
    /** The broker takes and gives nothing for a while. */
    BROKER_PAUSE,
    /** {@code service-state} is created again, empty, as the operator may have to do. */
    STATE_LOST,
    /** A group's topic is created again, empty, and the operator lets the appliers take it. */
    GROUP_LOST,
    /** The coordinator gives partitions and groups to others. */
    MOVE,
    /** The engine drops an event. */
    LOST_EVENT,
    /** The engine says an event twice. */
    REPEATED_EVENT,
    /** The engine swaps two events. */
    REORDERED_EVENT,
    /** A watcher's event stream ends. */
    CUT_STREAM,
    /** The engine does not answer for a while; containers may end meanwhile, unseen. */
    ENGINE_AWAY,
    /** Another engine without containers stands under the host's id. */
    ENGINE_REPLACED,
    /** A second machine says that it is this host. */
    HOST_TWICE,
    /** The host's advertised address changes. */
    ADDRESS_CHANGED,
    /** The host's clock steps back: a later run began earlier. */
    CLOCK_BACK,
    /** Containers ignore their stop signal. */
    STUBBORN,
    /** HAProxy dies with all its workers. */
    HAPROXY_CRASH,
    /** HAProxy refuses a command. */
    REFUSED_COMMAND,
    /** A reload does not come up. */
    RELOAD_FAILS,
    /** Somebody else reloads HAProxy. */
    FOREIGN_RELOAD,
    /** The newest configuration on the disk is torn when its writer dies. */
    TORN_WRITE,
    /** A broker that has just begun to lead tells an end of the log that lies behind. */
    LAGGING_END,
    /** A renderer claims a group that it was given for a moment only. */
    STRAY_CLAIM,
    /** All renderers are dead for longer than compaction lets a record lie. */
    RENDERERS_AWAY,
    /** Containers are removed while nobody watches their engine. */
    UNSEEN_REMOVALS
}
