package io.signalbox.applier;

import io.signalbox.schemas.GroupDefinition.Listen;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether HAProxy may have its statistics page where the group wants it: not where somebody else
 * listens already. Safe for all threads.
 */
final class StatisticsPort implements Predicate<Listen> {
    private static final Logger log = LoggerFactory.getLogger(StatisticsPort.class);

    private @Nullable Listen held;
    private @Nullable Listen refused;

    /** The HAProxy that serves has its page there. */
    synchronized void hold(Listen listen) {
        held = listen;
    }

    @Override
    public synchronized boolean test(Listen listen) {
        if (listen.equals(held)) {
            return true;
        }
        Optional<String> obstacle = PortCheck.obstacle(listen);
        if (obstacle.isEmpty()) {
            held = listen;
            refused = null;
            return true;
        }
        if (!listen.equals(refused)) {
            refused = listen;
            log.atWarn()
                    .addKeyValue("listen", PortCheck.name(listen))
                    .addKeyValue("error", obstacle.get())
                    .log("HAProxy has no statistics page: its address is occupied");
        }
        return false;
    }
}
