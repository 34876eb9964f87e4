package io.signalbox.process;

import java.lang.management.ManagementFactory;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether a process does its work, as named conditions that its shell sets. It is ready when every
 * condition holds. Safe for all threads.
 */
public final class Readiness {
    private static final Logger log = LoggerFactory.getLogger(Readiness.class);

    private final String process;
    private final Map<String, Condition> conditions = new LinkedHashMap<>();
    private boolean saidReady;

    /** The readiness of a process, without conditions yet. */
    public Readiness(String process) {
        this.process = process;
    }

    /**
     * The condition of that name, such as {@code kafka}; a new one does not hold, because of {@code
     * starting}.
     */
    public synchronized Condition condition(String name) {
        return conditions.computeIfAbsent(name, Condition::new);
    }

    /** Whether all conditions hold. */
    public boolean ready() {
        return causes().isEmpty();
    }

    /** The cause of each condition that does not hold, by name, in order of declaration. */
    public synchronized Map<String, String> causes() {
        Map<String, String> causes = new LinkedHashMap<>();
        conditions.forEach(
                (name, condition) -> condition.cause().ifPresent(cause -> causes.put(name, cause)));
        return causes;
    }

    private synchronized void changed() {
        boolean ready = causes().isEmpty();
        if (ready && !saidReady) {
            log.atInfo()
                    .addKeyValue("process", process)
                    .addKeyValue("uptimeMs", ManagementFactory.getRuntimeMXBean().getUptime())
                    .log("ready");
        }
        saidReady = ready;
    }

    /** One condition of being ready. Safe for all threads. */
    public final class Condition {
        private final String name;
        private volatile Optional<String> cause = Optional.of("starting");

        private Condition(String name) {
            this.name = name;
        }

        /** Its name. */
        public String name() {
            return name;
        }

        /** Why it does not hold; empty if it holds. */
        public Optional<String> cause() {
            return cause;
        }

        /** It holds from now on. */
        public void holds() {
            cause = Optional.empty();
            changed();
        }

        /** It does not hold from now on, and why. */
        public void fails(String why) {
            cause = Optional.of(why);
            changed();
        }
    }
}
