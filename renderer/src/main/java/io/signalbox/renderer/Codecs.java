package io.signalbox.renderer;

import io.signalbox.process.SchemaWatch;
import io.signalbox.schemas.Codec;
import io.signalbox.schemas.ConfigRecord;
import io.signalbox.schemas.Decoded;
import io.signalbox.schemas.GroupRecord;
import io.signalbox.schemas.ServiceState;
import org.jspecify.annotations.Nullable;

/**
 * What the renderer reads and writes, with the patience to wait for the schema registry: nothing is
 * ever skipped because it is away.
 */
record Codecs(
        Codec<ServiceState> state,
        Codec<GroupRecord> groups,
        Codec<ConfigRecord> configs,
        Codec<ConfigRecord> history,
        Patience patience) {

    static Codecs of(SchemaWatch schemas) {
        return new Codecs(
                schemas.codecs().serviceState(),
                schemas.codecs().groups(),
                schemas.codecs().configs("any"),
                schemas.codecs().history(),
                schemas::patiently);
    }

    /** Waits while the schema registry is away. */
    interface Patience {
        /** Does the work, as often as it takes. */
        <T> T patiently(java.util.function.Supplier<T> work) throws InterruptedException;
    }

    <T> Decoded<T> decode(Codec<T> codec, byte @Nullable [] bytes) throws InterruptedException {
        return patience.patiently(() -> codec.decode(bytes));
    }

    byte[] encode(Codec<ConfigRecord> codec, ConfigRecord value) throws InterruptedException {
        return patience.patiently(() -> codec.encode(value));
    }
}
