package io.signalbox.registry.core.dialect;

import io.signalbox.schemas.Container;

/** All dialects together: what any of them makes of a container. */
public final class Dialects {
    private Dialects() {}

    /** What the container declares, the same for the same container everywhere and always. */
    public static Declared declare(Container container) {
        return SignalboxDialect.declare(container);
    }
}
