package io.signalbox.schemas;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What an applier made of a manifest.
 *
 * @param applier the applier's id, unique in its group
 * @param host the host it runs on
 * @param how by which way, with the reason for a reload
 * @param reach from where this applier's HAProxy stands: its host and the ids of the networks it is
 *     attached to
 * @param textHash SHA-256 of the configuration file as it now stands
 * @param backends which spare backend serves a service; every other service has the backend of its
 *     own name
 * @param pending servers whose application did not answer yet
 * @param leftOut what of the manifest is not in force, and why
 * @param causes of the manifest, so that the time from event to effect can be read here
 */
public record ApplyResult(
        String group,
        String applier,
        String host,
        long epoch,
        long generation,
        Outcome outcome,
        How how,
        String reason,
        String haproxyVersion,
        Reach reach,
        String textHash,
        Map<String, String> backends,
        List<String> pending,
        List<ConfigRecord.Note> leftOut,
        List<Cause> causes,
        Instant manifestAppendedAt,
        Instant receivedAt,
        Instant appliedAt) {

    public ApplyResult {
        backends = Container.sorted(backends);
        pending = List.copyOf(pending);
        leftOut = List.copyOf(leftOut);
        causes = List.copyOf(causes);
    }

    /** How it ended. */
    public enum Outcome {
        APPLIED,
        REJECTED,
        FAILED,
        INCOMPLETE
    }

    /** The way a change took. */
    public enum How {
        NONE,
        RUNTIME,
        RELOAD,
        START
    }

    /** From where an HAProxy stands. */
    public record Reach(String host, List<String> networks) {
        public Reach {
            networks = List.copyOf(networks);
        }
    }
}
