package io.signalbox.schemas;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One record of {@code container-events}: a fact and who says it.
 *
 * @param subject the record's key: a host id, {@code endpoint/<id>} or {@code service/<name>}
 * @param session for a watcher's fact the log offset of the watcher's {@code SessionOpened} record;
 *     {@link #NO_SESSION} in that record itself and in facts of the registry
 * @param seq 1, 2, 3 … inside a session; 0 where there is no session
 * @param observedAt the writer's clock when it saw the fact; for people and metrics, never for
 *     decisions
 * @param dockerTime the engine's {@code timeNano} of the event that led to this fact, if one did
 * @param source the source that saw it ({@code docker}, {@code registry}, …)
 * @param fact what happened
 */
public record Event(
        String subject,
        long session,
        long seq,
        Instant observedAt,
        @Nullable Instant dockerTime,
        String source,
        Fact fact) {

    /** The source of what a Docker engine shows. */
    public static final String DOCKER = "docker";

    /** The source of what a Swarm's manager shows of its services. */
    public static final String SWARM = "swarm";

    /** The source of what static files show. */
    public static final String FILE = "file";

    /** The source of what DNS names show. */
    public static final String DNS = "dns";

    /** The session of a fact that belongs to none. */
    public static final long NO_SESSION = -1;
}
