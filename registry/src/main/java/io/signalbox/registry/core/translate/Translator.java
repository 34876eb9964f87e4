package io.signalbox.registry.core.translate;

import io.signalbox.schemas.Container;
import io.signalbox.schemas.Dialect;
import java.util.Optional;

/** Reads one foreign dialect. Pure: the same container always gives the same translation. */
public interface Translator {

    /** The dialect that it reads. */
    Dialect dialect();

    /** What the container says in this dialect; empty if it does not speak it. Never throws. */
    Optional<Translation> translate(Container container);
}
