package io.signalbox.haproxy;

/** What HAProxy's answer to a command means. */
public sealed interface Reply {

    /** The answer without the empty lines around it. */
    String text();

    /** It was done; for questions, the answer. */
    record Ok(String text) implements Reply {}

    /** It was not done, and HAProxy says why. */
    record Refused(Reason reason, String text) implements Reply {}

    /** Not one of the known answers: it may or may not have been done. Read back. */
    record Unknown(String text) implements Reply {}

    /** Why HAProxy refuses. */
    enum Reason {
        /** Connections are still attached: try again later. */
        STILL_IN_USE,
        /** Only servers in maintenance can be deleted. */
        NOT_IN_MAINTENANCE,
        /** Something in the file points to the server: needs a reload. */
        REFERENCED,
        /** The name is taken in that backend. */
        NAME_TAKEN,
        /** The id is taken in that backend. */
        ID_TAKEN,
        NO_SUCH_BACKEND,
        NO_SUCH_SERVER,
        NO_SUCH_MAP,
        /** No such key in the map. */
        NO_SUCH_KEY,
        /** No such version of the map, or one that is over. */
        NO_SUCH_VERSION,
        /** The server was added without check. */
        NO_CHECK,
        /** The command does not exist in this version. */
        UNKNOWN_COMMAND,
        /** The condition did not come in time. */
        TIMED_OUT,
        /** The reload failed; the old worker goes on. */
        RELOAD_FAILED,
        /** The line or its payload was too long. */
        TOO_LONG,
        /** Refused in words that have no case of their own. */
        OTHER
    }
}
