package io.signalbox.applier;

import io.signalbox.schemas.ApplyResult;
import io.signalbox.schemas.Liveness.ApplierBeat;

/** Where the applier says what it did. Takes values at once and never blocks. */
public interface Reports {
    /** What was made of a manifest. */
    void result(ApplyResult result);

    /** The applier lives. */
    void beat(ApplierBeat beat);
}
