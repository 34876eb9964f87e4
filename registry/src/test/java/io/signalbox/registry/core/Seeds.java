package io.signalbox.registry.core;

import java.util.Random;
import java.util.function.Consumer;

/**
 * Runs a property over seeded random inputs. A failure names its seed; {@code
 * -Dsignalbox.seed=<seed>} repeats that one.
 */
final class Seeds {
    private Seeds() {}

    static void forEach(int count, Consumer<Random> property) {
        Long only = Long.getLong("signalbox.seed");
        if (only != null) {
            property.accept(new Random(only));
            return;
        }
        for (long seed = 0; seed < count; seed++) {
            try {
                property.accept(new Random(seed));
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("with -Dsignalbox.seed=" + seed + ": " + e, e);
            }
        }
    }
}
