package io.signalbox.schemas;

import java.util.List;

/**
 * How a subject of the schema registry stands.
 *
 * @param versions how many versions of its schema this build has
 * @param registered whether the newest of them is registered
 * @param level the compatibility that the registry enforces; empty where none is set for it
 * @param refusals why the registry would refuse the newest, asked without registering it; empty if
 *     it would take it, or has it
 */
public record SubjectState(
        String subject, int versions, boolean registered, String level, List<String> refusals) {

    /** The compatibility that every subject must have. */
    public static final String LEVEL = "FULL_TRANSITIVE";

    /** Copies the refusals. */
    public SubjectState {
        refusals = List.copyOf(refusals);
    }
}
