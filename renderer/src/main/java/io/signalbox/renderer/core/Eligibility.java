package io.signalbox.renderer.core;

import io.signalbox.schemas.ConfigRecord.Note;
import io.signalbox.schemas.Container.Health;
import io.signalbox.schemas.Container.State;
import io.signalbox.schemas.ServiceState.Instance;
import java.util.Locale;
import java.util.Optional;

/**
 * Whether a container is to be sent requests: it runs, is healthy where it has a health check, and
 * is no one-off of Compose. One that is stopping still counts, so that it can be drained.
 */
final class Eligibility {
    private static final String ONE_OFF = "com.docker.compose.oneoff";

    private Eligibility() {}

    /** Why it is not; empty when it is. */
    static Optional<Note> against(Instance instance) {
        String subject = subject(instance);
        if ("true".equalsIgnoreCase(instance.labels().get(ONE_OFF))) {
            return Optional.of(Notes.oneOff(subject));
        }
        return switch (instance.state()) {
            case PAUSED -> Optional.of(Notes.paused(subject));
            case CREATED, RESTARTING, REMOVING, EXITED, DEAD, UNKNOWN ->
                    Optional.of(Notes.notRunning(subject, lower(instance.state())));
            case RUNNING -> unhealthy(instance, subject);
        };
    }

    private static Optional<Note> unhealthy(Instance instance, String subject) {
        return instance.health() == Health.NONE || instance.health() == Health.HEALTHY
                ? Optional.empty()
                : Optional.of(Notes.notHealthy(subject, lower(instance.health())));
    }

    static boolean runs(Instance instance) {
        return !instance.gone() && instance.state() == State.RUNNING;
    }

    static String subject(Instance instance) {
        return instance.host() + "/" + instance.container();
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
