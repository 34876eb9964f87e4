package io.signalbox.schemas;

/** One record of {@code liveness}. */
public sealed interface Liveness {

    /** A watcher's beat, once a second. Key {@code host/<id>}. */
    record HostBeat(String host, long session) implements Liveness {}

    /** An applier's beat, once a second. Key {@code applier/<group>/<id>}. */
    record ApplierBeat(String group, String applier, String host, long epoch, long generation)
            implements Liveness {}

    /** A registered endpoint was renewed. Key {@code endpoint/<id>}. */
    record EndpointRenewed(String endpointId) implements Liveness {}

    /** A second passed, says the registry that owns this partition. Key {@code tick}. */
    record Tick(String registry) implements Liveness {}
}
